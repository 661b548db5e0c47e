-- scope: instance
-- Who may do a thing now: leases with a fence, limits per window, and where work is due.

-- name: take_lease
-- Takes a free or lapsed lease, or keeps one's own; no row when somebody else holds it.
INSERT INTO leases (name, holder, fence, until)
VALUES ($1, $2, 1, $4)
ON CONFLICT (name) DO UPDATE
SET holder = excluded.holder,
    until = excluded.until,
    fence = CASE WHEN leases.holder = excluded.holder AND leases.until > $3
                 THEN leases.fence
                 ELSE leases.fence + 1 END
WHERE leases.holder = excluded.holder OR leases.until <= $3
RETURNING fence;

-- name: release_lease
-- Lets go at once, unless the lease has passed on.
UPDATE leases
SET until = $4
WHERE name = $1 AND holder = $2 AND fence = $3 AND until > $4;

-- name: holds_lease
-- A row while it does. It stays locked to the end of the unit: nobody takes the lease between question and COMMIT.
-- sqlite:
SELECT fence
FROM leases
WHERE name = $1 AND holder = $2 AND fence = $3 AND until > $4;
-- postgres:
SELECT fence
FROM leases
WHERE name = $1 AND holder = $2 AND fence = $3 AND until > $4
FOR SHARE;

-- name: take_quota
-- Uses up one of $3 in the window that began at $2; changes nothing when none is left.
INSERT INTO quotas (name, window_start, used)
VALUES ($1, $2, 1)
ON CONFLICT (name) DO UPDATE
SET used = CASE WHEN quotas.window_start = excluded.window_start THEN quotas.used + 1 ELSE 1 END,
    window_start = excluded.window_start
WHERE quotas.window_start < excluded.window_start
   OR (quotas.window_start = excluded.window_start AND quotas.used < $3);

-- name: forget_quotas
DELETE FROM quotas
WHERE window_start < $1;

-- name: due_now
-- Workspaces in which work of a kind is ready, longest waiting first.
SELECT workspace_id
FROM due
WHERE kind = $1 AND ready_at <= $2
ORDER BY ready_at, workspace_id
LIMIT $3;

-- name: next_due
-- When the next work of a kind gets ready; no row while there is none.
SELECT ready_at
FROM due
WHERE kind = $1
ORDER BY ready_at
LIMIT 1;
