-- scope: instance
-- Workspaces, users and who is what where; keys and sessions by the hash of their secret.

-- name: add_workspace
INSERT INTO workspaces (id, name, kind, created_at)
VALUES ($1, $2, $3, $4);

-- name: workspace_by_id
SELECT id, name, kind, created_at
FROM workspaces
WHERE id = $1;

-- name: lock_workspace
-- Whoever changes the same workspace's people waits until we are done: no two units each remove the other's last owner.
UPDATE workspaces
SET name = name
WHERE id = $1;

-- name: workspaces_after
-- For walks over all workspaces: the next ones behind an id.
SELECT id
FROM workspaces
WHERE id > $1
ORDER BY id
LIMIT $2;

-- name: add_user
-- Changes nothing when the address is taken.
INSERT INTO users (id, email, name, password_hash, created_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (email) DO NOTHING;

-- name: user_by_email
SELECT id, email, name, password_hash, created_at, disabled_at, totp_secret, totp_pending, totp_step, signed_in_at
FROM users
WHERE email = $1;

-- name: user_by_id
SELECT id, email, name, password_hash, created_at, disabled_at, totp_secret, totp_pending, totp_step, signed_in_at
FROM users
WHERE id = $1;

-- name: count_users
SELECT count(*) AS users
FROM users;

-- name: set_password
UPDATE users
SET password_hash = $2
WHERE id = $1;

-- name: disable_user
UPDATE users
SET disabled_at = $2
WHERE id = $1 AND disabled_at IS NULL;

-- name: users_page
-- Every user, for the command line, behind the address the last page ended with.
SELECT id, email, name, password_hash, created_at, disabled_at, totp_secret, totp_pending, totp_step, signed_in_at
FROM users
WHERE email > $1
ORDER BY email
LIMIT $2;

-- name: put_membership
-- Makes somebody a member, or gives a member another role.
INSERT INTO memberships (workspace_id, user_id, role, created_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (workspace_id, user_id) DO UPDATE
SET role = excluded.role;

-- name: remove_membership
DELETE FROM memberships
WHERE workspace_id = $1 AND user_id = $2;

-- name: role_of
SELECT role
FROM memberships
WHERE workspace_id = $1 AND user_id = $2;

-- name: workspaces_of
-- Where a user is a member, oldest workspace first.
SELECT w.id, w.name, w.kind, m.role
FROM memberships m
JOIN workspaces w ON w.id = m.workspace_id
WHERE m.user_id = $1
ORDER BY w.created_at, w.id;

-- name: members_page
-- A page of a workspace's members behind the one the last page ended with ('' and a nil id for the first page).
-- order: email = u.email, name = u.name, role = m.role
SELECT u.id, u.email, u.name, m.role, m.created_at AS since, {order} AS sort_key
FROM memberships m
JOIN users u ON u.id = m.user_id
WHERE m.workspace_id = $1 AND ({order}, u.id) > ($2, $3)
ORDER BY {order}, u.id
LIMIT $4;

-- name: count_owners
-- Owners who can still sign in.
SELECT count(*) AS owners
FROM memberships m
JOIN users u ON u.id = m.user_id
WHERE m.workspace_id = $1 AND m.role = 'owner' AND u.disabled_at IS NULL;

-- name: add_api_key
INSERT INTO api_keys (workspace_id, id, hash, name, scopes, created_by, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: api_key_by_hash
SELECT workspace_id, id, name, scopes, created_by, created_at, used_at, revoked_at
FROM api_keys
WHERE hash = $1;

-- name: api_keys_of
-- Those in force first, then the newest.
SELECT workspace_id, id, name, scopes, created_by, created_at, used_at, revoked_at
FROM api_keys
WHERE workspace_id = $1
ORDER BY (revoked_at IS NOT NULL), created_at DESC, id DESC
LIMIT 500;

-- name: touch_api_key
UPDATE api_keys
SET used_at = $3
WHERE workspace_id = $1 AND id = $2;

-- name: revoke_api_key
UPDATE api_keys
SET revoked_at = $3
WHERE workspace_id = $1 AND id = $2 AND revoked_at IS NULL;

-- name: revoke_api_keys_of
-- Those that one person made in a workspace.
UPDATE api_keys
SET revoked_at = $3
WHERE workspace_id = $1 AND created_by = $2 AND revoked_at IS NULL;

-- name: caller_by_key
-- What a key that is in force stands for.
SELECT k.workspace_id, w.kind, k.id, k.scopes, k.created_by, k.used_at
FROM api_keys k
JOIN workspaces w ON w.id = k.workspace_id
JOIN users u ON u.id = k.created_by
WHERE k.hash = $1 AND k.revoked_at IS NULL AND u.disabled_at IS NULL;

-- name: add_session
INSERT INTO sessions (hash, user_id, created_at, seen_at, ends_at)
VALUES ($1, $2, $3, $3, $4);

-- name: session_by_hash
SELECT hash, user_id, created_at, seen_at, ends_at
FROM sessions
WHERE hash = $1;

-- name: caller_by_session
-- Whose session it is, unless it is past its end, unused since $3, or its user was disabled.
SELECT s.user_id, s.seen_at
FROM sessions s
JOIN users u ON u.id = s.user_id
WHERE s.hash = $1 AND s.ends_at > $2 AND s.seen_at > $3 AND u.disabled_at IS NULL;

-- name: touch_session
UPDATE sessions
SET seen_at = $2
WHERE hash = $1 AND seen_at < $2;

-- name: end_session
DELETE FROM sessions
WHERE hash = $1;

-- name: end_sessions_of
DELETE FROM sessions
WHERE user_id = $1;

-- name: end_stale_sessions
-- Those past their end, and those nobody used since $2.
DELETE FROM sessions
WHERE ends_at <= $1 OR seen_at <= $2;
