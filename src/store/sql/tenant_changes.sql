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

-- name: due_anyway
-- A row when work of a kind is ready by $2 and no round has taken it. Whoever takes it waits for this unit.
-- sqlite:
SELECT ready_at
FROM due
WHERE workspace_id = $workspace AND kind = $1 AND ready_at <= $2 AND NOT taken;
-- postgres:
SELECT ready_at
FROM due
WHERE workspace_id = $workspace AND kind = $1 AND ready_at <= $2 AND NOT taken
FOR SHARE;

-- name: make_due_by
-- Written even when it changes nothing: a round that has not seen this unit must not write over it.
INSERT INTO due (workspace_id, kind, ready_at)
VALUES ($workspace, $1, $2)
ON CONFLICT (workspace_id, kind) DO UPDATE
SET ready_at = CASE WHEN due.ready_at < excluded.ready_at THEN due.ready_at ELSE excluded.ready_at END;

-- name: take_due
-- On PostgreSQL it sets the unit's COMMIT free from waiting for the disk: what is lost with the machine is due again.
-- sqlite:
UPDATE due
SET ready_at = $3, taken = TRUE
WHERE workspace_id = $workspace AND kind = $1 AND ready_at <= $2;
-- postgres:
UPDATE due
SET ready_at = $3, taken = set_config('synchronous_commit', 'off', true) = 'off'
WHERE workspace_id = $workspace AND kind = $1 AND ready_at <= $2;

-- name: put_off_due
UPDATE due
SET ready_at = $2, taken = FALSE
WHERE workspace_id = $workspace AND kind = $1 AND taken;

-- name: no_longer_due
DELETE FROM due
WHERE workspace_id = $workspace AND kind = $1 AND taken;
