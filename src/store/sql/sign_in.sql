-- scope: instance
-- What stands between a person and a session: set-up code, second factor, devices.

-- name: put_setup_code
-- The newest code is the one that counts.
INSERT INTO setup_code (only_row, hash, made_at)
VALUES (1, $1, $2)
ON CONFLICT (only_row) DO UPDATE
SET hash = excluded.hash, made_at = excluded.made_at;

-- name: take_setup_code
DELETE FROM setup_code
WHERE hash = $1;

-- name: drop_setup_code
DELETE FROM setup_code;

-- name: count_all_owners
-- Owners of any workspace, whether they may sign in or not: an instance is set up once.
SELECT count(*) AS owners
FROM memberships
WHERE role = 'owner';

-- name: note_sign_in
-- Fails when the account was closed or its password changed since it was looked at, and makes whoever changes either
-- at this moment wait for us.
UPDATE users
SET signed_in_at = $3
WHERE id = $1 AND password_hash = $2 AND disabled_at IS NULL;

-- name: use_totp_step
-- Changes nothing when this code, or a later one, was used before.
UPDATE users
SET totp_step = $2
WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2);

-- name: propose_totp
UPDATE users
SET totp_pending = $2
WHERE id = $1;

-- name: confirm_totp
UPDATE users
SET totp_secret = totp_pending, totp_pending = NULL, totp_step = $3
WHERE id = $1 AND totp_pending = $2;

-- name: drop_totp
UPDATE users
SET totp_secret = NULL, totp_pending = NULL, totp_step = NULL
WHERE id = $1 AND totp_secret IS NOT NULL;

-- name: add_recovery_code
INSERT INTO recovery_codes (user_id, hash)
VALUES ($1, $2);

-- name: use_recovery_code
DELETE FROM recovery_codes
WHERE user_id = $1 AND hash = $2;

-- name: count_recovery_codes
SELECT count(*) AS codes
FROM recovery_codes
WHERE user_id = $1;

-- name: drop_recovery_codes
DELETE FROM recovery_codes
WHERE user_id = $1;

-- name: add_device
INSERT INTO devices (hash, user_id, seen_at)
VALUES ($1, $2, $3);

-- name: device_of_user
SELECT count(*) AS devices
FROM devices
WHERE hash = $1 AND user_id = $2;

-- name: touch_device
UPDATE devices
SET seen_at = $3
WHERE hash = $1 AND user_id = $2;

-- name: trim_devices
-- Keeps the $2 seen last.
DELETE FROM devices
WHERE user_id = $1
  AND hash NOT IN (SELECT hash FROM devices WHERE user_id = $1 ORDER BY seen_at DESC, hash LIMIT $2);

-- name: drop_devices
DELETE FROM devices
WHERE user_id = $1;
