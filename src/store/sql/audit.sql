-- scope: instance
-- What is written down about accounts, in the workspace it concerns or in none.

-- name: add_instance_audit
INSERT INTO audit (id, workspace_id, user_id, via, what, target, address, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: instance_audit_page
-- What concerns no workspace, newest first, behind the id the last page ended with.
SELECT id, user_id, via, what, target, address, at
FROM audit
WHERE workspace_id IS NULL AND id < $1
ORDER BY id DESC
LIMIT $2;
