-- scope: tenant
-- What a workspace's own units say about their work.

-- name: add_change
INSERT INTO changes (workspace_id, topic, entity, at)
VALUES ($workspace, $1, $2, $3);

-- name: due_at
SELECT ready_at
FROM due
WHERE workspace_id = $workspace AND kind = $1;

-- name: make_due
INSERT INTO due (workspace_id, kind, ready_at)
VALUES ($workspace, $1, $2)
ON CONFLICT (workspace_id, kind) DO UPDATE
SET ready_at = excluded.ready_at;

-- name: not_due
DELETE FROM due
WHERE workspace_id = $workspace AND kind = $1;
