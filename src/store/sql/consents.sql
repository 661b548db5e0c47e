-- scope: tenant
-- What was agreed to, and what must not be called: by number.

-- fragment: consent
id, phone, text_shown, given_at, method, scope, written, ai_named, proof, created_at, created_by, revoked_at,
       revoked_by, revoked_reason

-- fragment: blocked
phone, source, reason, added_at, added_by, removed_at, removed_by, removed_reason

-- name: add_consents
-- Nothing for those that are known already.
-- sqlite:
INSERT INTO consents (workspace_id, id, phone, text_shown, given_at, method, scope, written, ai_named, proof,
                      created_at, created_by)
VALUES ($workspace, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT DO NOTHING;
-- postgres:
INSERT INTO consents (workspace_id, id, phone, text_shown, given_at, method, scope, written, ai_named, proof,
                      created_at, created_by)
SELECT $workspace, new.*
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::boolean[],
            $8::boolean[], $9::text[], $10::timestamptz[], $11::uuid[]) AS new
ON CONFLICT DO NOTHING;

-- name: revoke_consent
UPDATE consents
SET revoked_at = $2, revoked_by = $3, revoked_reason = $4
WHERE workspace_id = $workspace AND id = $1 AND revoked_at IS NULL;

-- name: consent_by_id
SELECT {consent}
FROM consents
WHERE workspace_id = $workspace AND id = $1;

-- name: consents_page
-- Newest first.
SELECT {consent}
FROM consents
WHERE workspace_id = $workspace AND id < $1
ORDER BY id DESC
LIMIT $2;

-- name: consents_of_phone
-- The same of one number.
SELECT {consent}
FROM consents
WHERE workspace_id = $workspace AND phone = $2 AND id < $1
ORDER BY id DESC
LIMIT $3;

-- name: forget_consents
-- Of a number that is erased.
DELETE FROM consents
WHERE workspace_id = $workspace AND phone = $1;

-- name: block_numbers
-- Onto the list, or back onto it; changes nothing for those that are on it. Where a set names a number twice, the
-- first word counts.
-- sqlite:
INSERT INTO dnc (workspace_id, phone, source, reason, added_at, added_by)
VALUES ($workspace, $1, $2, $3, $4, $5)
ON CONFLICT (workspace_id, phone) DO UPDATE
SET source = excluded.source, reason = excluded.reason, added_at = excluded.added_at, added_by = excluded.added_by,
    removed_at = NULL, removed_by = NULL, removed_reason = NULL
WHERE dnc.removed_at IS NOT NULL
RETURNING phone;
-- postgres:
INSERT INTO dnc (workspace_id, phone, source, reason, added_at, added_by)
SELECT DISTINCT ON (phone) $workspace, phone, source, reason, at, by
FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::uuid[])
     WITH ORDINALITY AS new (phone, source, reason, at, by, place)
ORDER BY phone, place
ON CONFLICT (workspace_id, phone) DO UPDATE
SET source = excluded.source, reason = excluded.reason, added_at = excluded.added_at, added_by = excluded.added_by,
    removed_at = NULL, removed_by = NULL, removed_reason = NULL
WHERE dnc.removed_at IS NOT NULL
RETURNING phone;

-- name: unblock_number
UPDATE dnc
SET removed_at = $2, removed_by = $3, removed_reason = $4
WHERE workspace_id = $workspace AND phone = $1 AND removed_at IS NULL;

-- name: blocked_number
SELECT {blocked}
FROM dnc
WHERE workspace_id = $workspace AND phone = $1;

-- name: blocked_numbers_page
-- In the order of the numbers, those taken off the list too.
SELECT {blocked}
FROM dnc
WHERE workspace_id = $workspace AND phone > $1
ORDER BY phone
LIMIT $2;
