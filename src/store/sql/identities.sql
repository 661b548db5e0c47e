-- scope: instance
-- Whom other sign-in services mean: their subject → our user.

-- name: link_identity
-- Changes nothing when the subject is somebody's already.
INSERT INTO user_identities (id, issuer, subject, user_id, created_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (issuer, subject) DO NOTHING;

-- name: user_by_identity
-- Nobody while the user is disabled.
SELECT i.user_id
FROM user_identities i
JOIN users u ON u.id = i.user_id
WHERE i.issuer = $1 AND i.subject = $2 AND u.disabled_at IS NULL;

-- name: identity_by_subject
SELECT id, issuer, subject, user_id, created_at
FROM user_identities
WHERE issuer = $1 AND subject = $2;

-- name: identities_of
SELECT id, issuer, subject, user_id, created_at
FROM user_identities
WHERE user_id = $1
ORDER BY created_at, id;

-- name: unlink_identity
DELETE FROM user_identities
WHERE user_id = $1 AND id = $2;
