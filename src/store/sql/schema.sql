-- scope: instance
-- What the schema says of itself.

-- name: newest_migration
SELECT name
FROM migrations
ORDER BY number DESC
LIMIT 1;
