-- scope: instance
-- What is written down about accounts, in the workspace it concerns or in none.

-- name: add_audit_of_workspace
-- For the workspace to read as its own.
INSERT INTO audit (workspace_id, id, user_id, via, what, target, address, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: add_instance_audit
INSERT INTO instance_audit (id, user_id, via, what, target, address, at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: instance_audit_page
-- Newest first, behind the id the last page ended with.
SELECT id, user_id, via, what, target, address, at
FROM instance_audit
WHERE id < $1
ORDER BY id DESC
LIMIT $2;
