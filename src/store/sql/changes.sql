-- scope: instance
-- What changed, read in the order in which it became visible.

-- name: changes_after
-- The next changes behind a position, up to the oldest transaction that may still add some.
-- sqlite:
SELECT tx, id, workspace_id, topic, entity, at
FROM changes
WHERE (tx, id) > ($1, $2)
ORDER BY tx, id
LIMIT $3;
-- postgres:
SELECT tx, id, workspace_id, topic, entity, at
FROM changes
WHERE (tx, id) > ($1, $2)
  AND tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
ORDER BY tx, id
LIMIT $3;

-- name: changes_held_back
-- Is something committed that readers may not see yet?
-- sqlite:
SELECT 0 AS held_back;
-- postgres:
SELECT EXISTS (SELECT FROM changes
               WHERE tx >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint) AS held_back;

-- name: changes_end
-- The last change that readers may see by now; no row when there is none.
-- sqlite:
SELECT tx, id
FROM changes
ORDER BY tx DESC, id DESC
LIMIT 1;
-- postgres:
SELECT tx, id
FROM changes
WHERE tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
ORDER BY tx DESC, id DESC
LIMIT 1;

-- name: changes_trimmed
SELECT tx, id
FROM changes_trimmed;

-- name: last_change_before
-- Everything up to it may be forgotten; never what readers may not see yet.
-- sqlite:
SELECT tx, id
FROM changes
WHERE at < $1
ORDER BY tx DESC, id DESC
LIMIT 1;
-- postgres:
SELECT tx, id
FROM changes
WHERE at < $1
  AND tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
ORDER BY tx DESC, id DESC
LIMIT 1;

-- name: note_trimmed_changes
UPDATE changes_trimmed
SET tx = $1, id = $2
WHERE (tx, id) < ($1, $2);

-- name: trim_changes
DELETE FROM changes
WHERE (tx, id) <= ($1, $2);
