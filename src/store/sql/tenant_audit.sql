-- scope: tenant
-- A workspace's own audit trail.

-- name: add_audit
INSERT INTO audit (workspace_id, id, user_id, via, what, target, address, at)
VALUES ($workspace, $1, $2, $3, $4, $5, $6, $7);

-- name: audit_page
-- Newest first, behind the id the last page ended with.
SELECT id, user_id, via, what, target, address, at
FROM audit
WHERE workspace_id = $workspace AND id < $1
ORDER BY id DESC
LIMIT $2;
