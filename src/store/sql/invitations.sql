-- scope: instance
-- Who was asked into a workspace and has not come yet.

-- name: add_invitation
INSERT INTO invitations (workspace_id, id, hash, email, role, invited_by, created_at, ends_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: invitation_by_hash
SELECT workspace_id, id, email, role, invited_by, created_at, ends_at, used_at
FROM invitations
WHERE hash = $1;

-- name: open_invitations
SELECT workspace_id, id, email, role, invited_by, created_at, ends_at, used_at
FROM invitations
WHERE workspace_id = $1 AND used_at IS NULL AND ends_at > $2
ORDER BY created_at, id;

-- name: use_invitation
UPDATE invitations
SET used_at = $3
WHERE workspace_id = $1 AND id = $2 AND used_at IS NULL AND ends_at > $3;

-- name: drop_invitation
DELETE FROM invitations
WHERE workspace_id = $1 AND id = $2 AND used_at IS NULL;

-- name: drop_invitations_of
-- Those of one address, when it is asked anew.
DELETE FROM invitations
WHERE workspace_id = $1 AND email = $2 AND used_at IS NULL;
