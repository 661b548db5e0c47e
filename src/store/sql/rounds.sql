-- scope: instance
-- Whether the engine of each node goes round, and work that somebody hurries.

-- name: note_round
INSERT INTO engine_rounds (node, kind, heard_at, next_by)
VALUES ($1, $2, $3, $4)
ON CONFLICT (node, kind) DO UPDATE
SET heard_at = excluded.heard_at, next_by = excluded.next_by;

-- name: rounds_of_nodes
-- A bounded number, the freshest first.
SELECT node, kind, heard_at, next_by
FROM engine_rounds
ORDER BY heard_at DESC, node, kind
LIMIT $1;

-- name: rounds_of_node
SELECT node, kind, heard_at, next_by
FROM engine_rounds
WHERE node = $1
ORDER BY kind;

-- name: forget_rounds
DELETE FROM engine_rounds
WHERE heard_at < $1;

-- name: hurry_work
-- What waits until later in the workspaces behind $2 up to $3 waits no longer.
UPDATE due
SET ready_at = $4
WHERE kind = $1 AND workspace_id > $2 AND workspace_id <= $3 AND ready_at > $4;
