-- scope: tenant
-- The phones at which people take calls themselves.

-- name: save_rep_phone
-- Whoever had one has this one from now on.
INSERT INTO rep_phones (workspace_id, user_id, phone, call_id, asked_at, confirmed_at)
VALUES ($workspace, $1, $2, $3, $4, $5)
ON CONFLICT (workspace_id, user_id) DO UPDATE
SET phone = excluded.phone, call_id = excluded.call_id, asked_at = excluded.asked_at,
    confirmed_at = excluded.confirmed_at;

-- name: rep_phone_of
SELECT user_id, phone, call_id, asked_at, confirmed_at
FROM rep_phones
WHERE workspace_id = $workspace AND user_id = $1;

-- name: confirm_rep_phone
-- As long as it is still the one that this call rang.
UPDATE rep_phones
SET confirmed_at = $3
WHERE workspace_id = $workspace AND user_id = $1 AND call_id = $2 AND confirmed_at IS NULL;

-- name: forget_rep_phone
DELETE FROM rep_phones
WHERE workspace_id = $workspace AND user_id = $1;
