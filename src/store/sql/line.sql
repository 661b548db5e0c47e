-- scope: tenant
-- Who waits to be called.

-- fragment: place
lane, subject, lead_id, call_id, phone, state, rank, turn, ready_at, rule

-- fragment: newcomers
-- sqlite:
INSERT INTO line (workspace_id, lane, subject, lead_id, phone, state, rank, turn, ready_at)
VALUES ($workspace, $1, $2, $2, $3, 'waiting', $4, $5, $6)
-- postgres:
INSERT INTO line (workspace_id, lane, subject, lead_id, phone, state, rank, turn, ready_at)
SELECT $workspace, new.lane, new.lead, new.lead, new.phone, 'waiting', new.rank, new.turn, new.ready_at
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::integer[], $5::timestamptz[], $6::timestamptz[])
     AS new (lane, lead, phone, rank, turn, ready_at)

-- name: leads_to_line_up
-- A page of the leads that a campaign calls, behind $1, of the pipeline $2 or of any.
-- sqlite:
SELECT id, phone, last_called_at
FROM leads
WHERE workspace_id = $workspace AND id > $1 AND deleted_at IS NULL AND (pipeline_id = $2 OR $2 IS NULL)
  AND status IN ('pending', 'callback')
ORDER BY id
LIMIT $3;
-- postgres:
SELECT id, phone, last_called_at
FROM leads
WHERE workspace_id = $workspace AND id > $1 AND (deleted_at IS NULL) IS TRUE
  AND (pipeline_id = $2 OR $2::uuid IS NULL) AND status IN ('pending', 'callback')
ORDER BY id
LIMIT $3;

-- name: line_up
-- Leads into a campaign's line, as far as they do not stand there.
{newcomers}
ON CONFLICT DO NOTHING
RETURNING subject;

-- name: line_up_anew
-- The same, and those that stand there are judged anew, unless they are out, or ready with this number.
{newcomers}
ON CONFLICT (workspace_id, lane, subject) DO UPDATE
SET state = 'waiting', phone = excluded.phone, rank = excluded.rank, turn = excluded.turn, ready_at = excluded.ready_at
WHERE line.state IN ('waiting', 'refused', 'done') OR (line.state = 'ready' AND line.phone <> excluded.phone)
RETURNING subject;

-- name: put_in_line
-- One that has a call already: asked for, or to be handed over once more.
INSERT INTO line (workspace_id, {place})
VALUES ($workspace, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (workspace_id, lane, subject) DO UPDATE
SET call_id = excluded.call_id, state = excluded.state, ready_at = excluded.ready_at;

-- name: due_in_line
-- sqlite:
SELECT {place}
FROM line INDEXED BY line_waiting
WHERE workspace_id = $workspace AND state = 'waiting' AND ready_at <= $1
ORDER BY ready_at
LIMIT $2;
-- postgres:
SELECT {place}
FROM line
WHERE workspace_id = $workspace AND state = 'waiting' AND ready_at <= $1
ORDER BY ready_at
LIMIT $2
FOR UPDATE SKIP LOCKED;

-- name: ready_in_line
-- Whose turn it is in a lane.
-- sqlite:
SELECT {place}
FROM line INDEXED BY line_ready
WHERE workspace_id = $workspace AND lane = $1 AND state = 'ready'
ORDER BY rank, turn, subject
LIMIT $2;
-- postgres:
SELECT {place}
FROM line
WHERE workspace_id = $workspace AND lane = $1 AND state = 'ready'
ORDER BY rank, turn, subject
LIMIT $2
FOR UPDATE SKIP LOCKED;

-- name: move_places
-- sqlite:
UPDATE line
SET state = $3, ready_at = $4, rule = $5
WHERE workspace_id = $workspace AND lane = $1 AND subject = $2
RETURNING subject;
-- postgres:
UPDATE line
SET state = moved.state, ready_at = moved.ready_at, rule = moved.rule
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[])
     AS moved (lane, subject, state, ready_at, rule)
WHERE line.workspace_id = $workspace AND line.lane = moved.lane AND line.subject = moved.subject
RETURNING line.subject;

-- name: leave_line
DELETE FROM line
WHERE workspace_id = $workspace AND lane = $1 AND subject = $2;

-- name: move_lead_in_line
-- In every campaign: where it waits, or that it is done, once a call with it is over.
UPDATE line
SET state = $2, ready_at = $3, turn = $4, call_id = NULL, rule = ''
WHERE workspace_id = $workspace AND lead_id = $1 AND lane <> $5;

-- name: wake_phones
-- What decides about these numbers has changed: whoever was judged is judged again. The ready ones are when their turn
-- comes anyway, and those that no rule put off wait for a moment of somebody's choice.
-- sqlite:
UPDATE line INDEXED BY line_of_phone
SET state = 'waiting', ready_at = $2
WHERE workspace_id = $workspace AND phone = $1 AND (state = 'refused' OR (state = 'waiting' AND rule <> ''))
RETURNING subject;
-- postgres:
UPDATE line
SET state = 'waiting', ready_at = woken.at
FROM (SELECT DISTINCT phone, at FROM unnest($1::text[], $2::timestamptz[]) AS given (phone, at)) AS woken
WHERE line.workspace_id = $workspace AND line.phone = woken.phone
  AND (line.state = 'refused' OR (line.state = 'waiting' AND line.rule <> ''))
RETURNING line.subject;

-- name: next_in_line
SELECT ready_at
FROM line
WHERE workspace_id = $workspace AND state = 'waiting'
ORDER BY ready_at
LIMIT 1;

-- name: place_of_call
SELECT {place}
FROM line
WHERE workspace_id = $workspace AND call_id = $1;

-- name: places_ahead
-- How many stand ready in a lane before rank $2, turn $3, subject $4.
SELECT count(*) AS places
FROM line
WHERE workspace_id = $workspace AND lane = $1 AND state = 'ready' AND (rank, turn, subject) < ($2, $3, $4);

-- name: line_counts
-- How a lane stands: by state and rule, and when the first of each gets due.
SELECT state, rule, count(*) AS places, min(ready_at) AS first_ready_at
FROM line
WHERE workspace_id = $workspace AND lane = $1
GROUP BY state, rule
ORDER BY state, rule;

-- name: wake_lane
-- The same for all whom a rule put off in a lane.
UPDATE line
SET ready_at = $2
WHERE workspace_id = $workspace AND lane = $1 AND state = 'waiting' AND rule <> '' AND ready_at > $2;

-- name: due_by_hour
-- When those who wait in a lane get due, the next hours first.
-- sqlite:
SELECT min(ready_at) AS at, count(*) AS leads
FROM line
WHERE workspace_id = $workspace AND lane = $1 AND state = 'waiting'
GROUP BY ready_at / 3600000000
ORDER BY at
LIMIT $2;
-- postgres:
SELECT min(ready_at) AS at, count(*) AS leads
FROM line
WHERE workspace_id = $workspace AND lane = $1 AND state = 'waiting'
GROUP BY date_trunc('hour', ready_at, 'UTC')
ORDER BY at
LIMIT $2;

-- name: places_in_state
-- How many there are, counted up to $2.
SELECT count(*) AS places
FROM (SELECT 1 AS one
      FROM line
      WHERE workspace_id = $workspace AND state = $1
      LIMIT $2) AS counted;

-- name: count_leads_to_line_up
-- How many leads a campaign of the pipeline $1, or of any, would call, counted up to $2.
-- sqlite:
SELECT count(*) AS leads
FROM (SELECT 1 AS one
      FROM leads
      WHERE workspace_id = $workspace AND deleted_at IS NULL AND (pipeline_id = $1 OR $1 IS NULL)
        AND status IN ('pending', 'callback')
      LIMIT $2) AS counted;
-- postgres:
SELECT count(*) AS leads
FROM (SELECT 1 AS one
      FROM leads
      WHERE workspace_id = $workspace AND (deleted_at IS NULL) IS TRUE AND (pipeline_id = $1 OR $1::uuid IS NULL)
        AND status IN ('pending', 'callback')
      LIMIT $2) AS counted;
