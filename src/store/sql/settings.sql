-- scope: tenant
-- What a workspace has set, and the secrets it keeps, which are sealed before they come here.

-- name: put_setting
INSERT INTO settings (workspace_id, key, value, changed_at, changed_by)
VALUES ($workspace, $1, $2, $3, $4)
ON CONFLICT (workspace_id, key) DO UPDATE
SET value = excluded.value,
    changed_at = excluded.changed_at,
    changed_by = excluded.changed_by;

-- name: all_settings
SELECT key, value
FROM settings
WHERE workspace_id = $workspace
ORDER BY key;

-- name: put_secret
INSERT INTO secrets (workspace_id, name, sealed, hint, changed_at, changed_by)
VALUES ($workspace, $1, $2, $3, $4, $5)
ON CONFLICT (workspace_id, name) DO UPDATE
SET sealed = excluded.sealed,
    hint = excluded.hint,
    changed_at = excluded.changed_at,
    changed_by = excluded.changed_by;

-- name: reseal_secret
-- The same secret under another key: nobody changed it.
UPDATE secrets
SET sealed = $2
WHERE workspace_id = $workspace AND name = $1;

-- name: sealed_secret
SELECT sealed
FROM secrets
WHERE workspace_id = $workspace AND name = $1;

-- name: sealed_secrets
-- A page of them behind the name the last one ended with.
SELECT name, sealed
FROM secrets
WHERE workspace_id = $workspace AND name > $1
ORDER BY name
LIMIT $2;

-- name: secret_notes
-- What may be shown of the secrets that are set.
SELECT name, hint, changed_at, changed_by
FROM secrets
WHERE workspace_id = $workspace
ORDER BY name;

-- name: remove_secret
DELETE FROM secrets
WHERE workspace_id = $workspace AND name = $1;
