-- scope: instance
-- What is true of the whole instance, and where its story begins.

-- name: fact
SELECT says, since
FROM instance_facts
WHERE name = $1;

-- name: state_fact
INSERT INTO instance_facts (name, says, since)
VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE
SET says = excluded.says, since = excluded.since;

-- name: withdraw_fact
DELETE FROM instance_facts
WHERE name = $1;

-- name: forget_past_changes
-- Every position of a reader up to now is from before a restore: such readers begin anew.
-- sqlite:
UPDATE changes_trimmed
SET tx = 0, id = $1;
-- postgres:
UPDATE changes_trimmed
SET tx = pg_current_xact_id()::text::bigint, id = $1;

-- name: begin_changes_behind
-- SQLite counts its changes on from $1; PostgreSQL orders them by transaction, where there is nothing to be done.
-- sqlite:
INSERT INTO sqlite_sequence (name, seq)
VALUES ('changes', $1);
-- postgres:
SELECT $1::bigint AS id;
