-- scope: instance
-- Lists of places that were imported beside the built-in one.

-- name: begin_place_list
INSERT INTO place_lists (id, file_name, begun_at)
VALUES ($1, $2, $3);

-- name: add_places
INSERT INTO places (list_id, seq, rows)
VALUES ($1, $2, $3);

-- name: place_list_is_whole
UPDATE place_lists
SET places = $2, whole_at = $3
WHERE id = $1 AND whole_at IS NULL;

-- name: place_list_in_force
SELECT id, file_name, places, begun_at, whole_at
FROM place_lists
WHERE whole_at IS NOT NULL
ORDER BY whole_at DESC, id DESC
LIMIT 1;

-- name: places_of_list
SELECT rows
FROM places
WHERE list_id = $1
ORDER BY seq;

-- name: place_lists_left_over
-- Those that were whole before $1, and those that were begun before $2 and never whole.
SELECT id
FROM place_lists
WHERE whole_at < $1 OR (whole_at IS NULL AND begun_at < $2)
ORDER BY id
LIMIT 100;

-- name: forget_places
DELETE FROM places
WHERE list_id = $1 AND seq IN (SELECT seq FROM places WHERE list_id = $1 ORDER BY seq LIMIT 64);

-- name: forget_place_list
DELETE FROM place_lists
WHERE id = $1;
