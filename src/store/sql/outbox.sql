-- scope: tenant
-- Messages to the world outside: waiting → leased → done, back to waiting after a failure, given up at the end.

-- name: put_message
-- Changes nothing when a message of this kind with the same dedupe was ever put.
INSERT INTO outbox (workspace_id, id, kind, dedupe, payload, state, ready_at, created_at)
VALUES ($workspace, $1, $2, $3, $4, 'waiting', $5, $6)
ON CONFLICT (workspace_id, kind, dedupe) WHERE dedupe IS NOT NULL DO NOTHING;

-- name: claim_messages
-- Leases what is ready, and what was leased by somebody who never came back.
-- sqlite:
UPDATE outbox
SET state = 'leased', tries = tries + 1, lease = $3, ready_at = $2
WHERE workspace_id = $workspace
  AND id IN (SELECT id FROM outbox
             WHERE workspace_id = $workspace AND state IN ('waiting', 'leased') AND ready_at <= $1
             ORDER BY ready_at
             LIMIT $4)
RETURNING id, kind, payload, tries;
-- postgres:
WITH ready AS MATERIALIZED (
  SELECT id FROM outbox
  WHERE workspace_id = $workspace AND state IN ('waiting', 'leased') AND ready_at <= $1
  ORDER BY ready_at
  LIMIT $4
  FOR UPDATE SKIP LOCKED
)
UPDATE outbox
SET state = 'leased', tries = tries + 1, lease = $3, ready_at = $2
FROM ready
WHERE outbox.workspace_id = $workspace AND outbox.id = ready.id
RETURNING outbox.id, kind, payload, tries;

-- name: finish_message
UPDATE outbox
SET state = 'done', lease = NULL, problem = NULL, closed_at = $3
WHERE workspace_id = $workspace AND id = $1 AND lease = $2 AND state = 'leased';

-- name: retry_message
UPDATE outbox
SET state = 'waiting', lease = NULL, ready_at = $3, problem = $4
WHERE workspace_id = $workspace AND id = $1 AND lease = $2 AND state = 'leased';

-- name: give_up_message
UPDATE outbox
SET state = 'given-up', lease = NULL, problem = $4, closed_at = $3
WHERE workspace_id = $workspace AND id = $1 AND lease = $2 AND state = 'leased';

-- name: next_message_at
SELECT ready_at
FROM outbox
WHERE workspace_id = $workspace AND state IN ('waiting', 'leased')
ORDER BY ready_at
LIMIT 1;

-- name: messages_page
-- The outbox as people look at it, oldest first, behind the id the last page ended with.
SELECT id, kind, state, tries, ready_at, problem, created_at, closed_at
FROM outbox
WHERE workspace_id = $workspace AND id > $1
ORDER BY id
LIMIT $2;
