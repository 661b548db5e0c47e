-- scope: tenant
-- Calls, what happened to them, and what the gate said about them.

-- fragment: call
id, lead_id, campaign_id, account_id, direction, phone, caller_id, status, outcome, priority, purpose, voice, message,
       scheduled_for, asked_for, call_sid, cause, answered_by, agreement, callback_at, problem, counts, attempt_at,
       lead_status_before, deliveries, turned_away, lost, lookups, end_asked, end_sent_at, node, send_by, lease_until,
       reserved_micros, cost_micros, duration_s, created_at, created_by, placing_at, ringing_at, answered_at, ended_at,
       updated_at, kind, leg_of, rep_id, code, wrong_codes, joined_at, voicemail_message, mailbox_told_at

-- fragment: live
status IN ('placing', 'ringing', 'in_progress', 'unknown')

-- fragment: live_calls
-- SQLite, which keeps no statistics, would rather read every call that the workspace ever made. The same goes for what
-- happened to one call, and for what the gate said.
-- sqlite:
calls INDEXED BY calls_leased
-- postgres:
calls

-- fragment: events_by_call
-- sqlite:
call_events INDEXED BY call_events_of_call
-- postgres:
call_events

-- fragment: decisions_by_lead
-- sqlite:
decisions INDEXED BY decisions_of_lead
-- postgres:
decisions

-- fragment: decisions_by_call
-- sqlite:
decisions INDEXED BY decisions_of_call
-- postgres:
decisions

-- name: save_call
-- A new one, or all that is known by now of one that exists.
INSERT INTO calls (workspace_id, {call})
VALUES ($workspace, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
        $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44,
        $45, $46, $47, $48, $49, $50, $51)
ON CONFLICT (workspace_id, id) DO UPDATE
SET account_id = excluded.account_id, caller_id = excluded.caller_id, status = excluded.status,
    outcome = excluded.outcome, call_sid = excluded.call_sid, cause = excluded.cause,
    answered_by = excluded.answered_by, agreement = excluded.agreement, callback_at = excluded.callback_at,
    problem = excluded.problem, counts = excluded.counts, attempt_at = excluded.attempt_at,
    lead_status_before = excluded.lead_status_before, deliveries = excluded.deliveries,
    turned_away = excluded.turned_away, lost = excluded.lost, lookups = excluded.lookups,
    end_asked = excluded.end_asked, end_sent_at = excluded.end_sent_at, node = excluded.node,
    send_by = excluded.send_by, lease_until = excluded.lease_until, reserved_micros = excluded.reserved_micros,
    cost_micros = excluded.cost_micros, duration_s = excluded.duration_s, placing_at = excluded.placing_at,
    ringing_at = excluded.ringing_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at,
    updated_at = excluded.updated_at, code = excluded.code, wrong_codes = excluded.wrong_codes,
    joined_at = excluded.joined_at, mailbox_told_at = excluded.mailbox_told_at;

-- name: call_by_id
SELECT {call}
FROM calls
WHERE workspace_id = $workspace AND id = $1;

-- name: call_to_change
-- The same, kept from others to the end of the unit.
-- sqlite:
SELECT {call}
FROM calls
WHERE workspace_id = $workspace AND id = $1;
-- postgres:
SELECT {call}
FROM calls
WHERE workspace_id = $workspace AND id = $1
FOR UPDATE;

-- name: call_by_sid
SELECT {call}
FROM calls
WHERE workspace_id = $workspace AND call_sid = $1;

-- name: calls_page
-- Newest first, without what only leads to one; what is NULL lets everything pass.
-- sqlite:
SELECT {call}
FROM calls
WHERE workspace_id = $workspace AND id < $1 AND kind = 'call' AND ($2 IS NULL OR lead_id = $2) AND ($3 IS NULL OR campaign_id = $3)
  AND ($4 IS NULL OR status = $4) AND ($5 IS NULL OR outcome = $5)
ORDER BY id DESC
LIMIT $6;
-- postgres:
SELECT {call}
FROM calls
WHERE workspace_id = $workspace AND id < $1 AND kind = 'call' AND ($2::uuid IS NULL OR lead_id = $2)
  AND ($3::uuid IS NULL OR campaign_id = $3) AND ($4::text IS NULL OR status = $4)
  AND ($5::text IS NULL OR outcome = $5)
ORDER BY id DESC
LIMIT $6;

-- name: legs_of_call
-- Of its rep, first to last.
-- sqlite:
SELECT {call}
FROM calls INDEXED BY calls_legs
WHERE workspace_id = $workspace AND leg_of = $1
ORDER BY id;
-- postgres:
SELECT {call}
FROM calls
WHERE workspace_id = $workspace AND leg_of = $1
ORDER BY id;

-- name: calls_to_look_after
-- Live ones whose lease is over, longest first.
SELECT {call}
FROM calls
WHERE workspace_id = $workspace AND {live} AND lease_until <= $1
ORDER BY lease_until
LIMIT $2;

-- name: next_lease
SELECT lease_until
FROM calls
WHERE workspace_id = $workspace AND {live} AND lease_until IS NOT NULL
ORDER BY lease_until
LIMIT 1;

-- name: calls_to_end
-- Live ones that the carrier knows and is to end, and was not told to since $1.
SELECT {call}
FROM {live_calls}
WHERE workspace_id = $workspace AND {live} AND end_asked AND call_sid IS NOT NULL
  AND (end_sent_at IS NULL OR end_sent_at <= $1)
LIMIT $2;

-- name: mailboxes_to_tell
-- Those that listen by now, and were not told yet.
SELECT {call}
FROM {live_calls}
WHERE workspace_id = $workspace AND {live} AND status = 'in_progress' AND answered_by = 'machine' AND NOT end_asked
  AND voicemail_message IS NOT NULL AND mailbox_told_at IS NULL AND call_sid IS NOT NULL
LIMIT $1;

-- name: live_calls
-- How many each account and campaign has out.
SELECT account_id, campaign_id, count(*) AS calls
FROM {live_calls}
WHERE workspace_id = $workspace AND {live} AND direction = 'outbound'
GROUP BY account_id, campaign_id;

-- name: requests_under_way
-- Claimed, and nobody has said what came of the request: it may still begin.
SELECT {call}
FROM {live_calls}
WHERE workspace_id = $workspace AND {live} AND status = 'placing' AND call_sid IS NULL AND send_by > $1;

-- name: expire_requests
-- Of a node that begins anew: whatever it was sending, it is sending no more.
UPDATE {live_calls}
SET lease_until = $2
WHERE workspace_id = $workspace AND {live} AND status = 'placing' AND call_sid IS NULL AND node = $1;

-- name: calls_of_campaign_to_stop
-- Out, and not ringing yet, as far as anybody knows.
SELECT {call}
FROM {live_calls}
WHERE workspace_id = $workspace AND {live} AND status IN ('placing', 'unknown') AND campaign_id = $1;

-- name: calls_of_phones_to_stop
-- Out or waiting, and nobody talks yet.
-- sqlite:
SELECT {call}
FROM calls INDEXED BY calls_live
WHERE workspace_id = $workspace AND phone = $1 AND direction = 'outbound' AND {live} AND status <> 'in_progress'
UNION ALL
SELECT {call}
FROM calls INDEXED BY calls_queued
WHERE workspace_id = $workspace AND phone = $1 AND direction = 'outbound' AND status = 'queued';
-- postgres:
SELECT {call}
FROM calls
WHERE workspace_id = $workspace AND phone = ANY ($1::text[]) AND direction = 'outbound'
  AND status IN ('queued', 'placing', 'ringing', 'unknown');

-- name: attempts_of_phones
-- Those of the time that caps look at, since $2, and those that are out.
-- sqlite:
SELECT phone, attempt_at
FROM calls INDEXED BY calls_of_phone
WHERE workspace_id = $workspace AND phone = $1 AND counts = 1 AND attempt_at > $2;
-- postgres:
SELECT found.phone, found.attempt_at
FROM unnest($1::text[], $2::timestamptz[]) AS asked (asked_phone, since),
  LATERAL (SELECT phone, attempt_at
           FROM calls
           WHERE workspace_id = $workspace AND phone = asked_phone AND counts AND attempt_at > since
           OFFSET 0) AS found;

-- name: last_attempts_of_phones
-- sqlite:
SELECT phone, attempt_at
FROM calls INDEXED BY calls_of_phone
WHERE workspace_id = $workspace AND phone = $1 AND counts = 1
ORDER BY attempt_at DESC
LIMIT 1;
-- postgres:
SELECT found.phone, found.attempt_at
FROM unnest($1::text[]) AS asked (asked_phone),
  LATERAL (SELECT phone, attempt_at
           FROM calls
           WHERE workspace_id = $workspace AND phone = asked_phone AND counts
           ORDER BY attempt_at DESC
           LIMIT 1) AS found;

-- name: live_calls_of_phones
-- sqlite:
SELECT phone, lease_until
FROM calls INDEXED BY calls_live
WHERE workspace_id = $workspace AND phone = $1 AND direction = 'outbound' AND {live};
-- postgres:
SELECT found.phone, found.lease_until
FROM unnest($1::text[]) AS asked (asked_phone),
  LATERAL (SELECT phone, lease_until
           FROM calls
           WHERE workspace_id = $workspace AND phone = asked_phone AND direction = 'outbound' AND {live}
           OFFSET 0) AS found;

-- name: note_event
-- No row changes when the key was recorded before.
INSERT INTO call_events (workspace_id, id, call_id, key, kind, body, at)
VALUES ($workspace, $1, $2, $3, $4, $5, $6)
ON CONFLICT (workspace_id, call_id, key) WHERE key IS NOT NULL DO NOTHING;

-- name: events_of_call
-- In the order in which they were recorded.
SELECT id, call_id, key, kind, body, at
FROM {events_by_call}
WHERE workspace_id = $workspace AND call_id = $1 AND id > $2
ORDER BY id
LIMIT $3;

-- name: use_of_number
-- How often one of ours called since $2, and when first.
-- sqlite:
SELECT count(*) AS calls, min(attempt_at) AS first_at
FROM calls INDEXED BY calls_of_caller_id
WHERE workspace_id = $workspace AND caller_id = $1 AND counts = 1 AND attempt_at > $2;
-- postgres:
SELECT count(*) AS calls, min(attempt_at) AS first_at
FROM calls
WHERE workspace_id = $workspace AND caller_id = $1 AND counts AND attempt_at > $2;

-- name: hold_number
INSERT INTO held_numbers (workspace_id, phone, until)
VALUES ($workspace, $1, $2)
ON CONFLICT (workspace_id, phone) DO UPDATE
SET until = excluded.until
WHERE held_numbers.until < excluded.until;

-- name: held_phones
-- sqlite:
SELECT phone, until
FROM held_numbers
WHERE workspace_id = $workspace AND phone = $1;
-- postgres:
SELECT phone, until
FROM held_numbers
WHERE workspace_id = $workspace AND phone = ANY ($1::text[]);

-- name: add_decisions
-- sqlite:
INSERT INTO decisions (workspace_id, id, lead_id, call_id, lane, decision, until, rule, says, rulebook, calling_at, at)
VALUES ($workspace, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
RETURNING id;
-- postgres:
INSERT INTO decisions (workspace_id, id, lead_id, call_id, lane, decision, until, rule, says, rulebook, calling_at, at)
SELECT $workspace, new.*
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[], $7::text[], $8::text[],
            $9::text[], $10::timestamptz[], $11::timestamptz[]) AS new
RETURNING id;

-- name: decision_before
-- The last word about a lead that was kept before $2 of the calling clock.
SELECT id, lead_id, call_id, lane, decision, until, rule, says, rulebook, calling_at, at
FROM {decisions_by_lead}
WHERE workspace_id = $workspace AND lead_id = $1 AND calling_at <= $2
ORDER BY id DESC
LIMIT 1;

-- name: decisions_of_call
SELECT id, lead_id, call_id, lane, decision, until, rule, says, rulebook, calling_at, at
FROM {decisions_by_call}
WHERE workspace_id = $workspace AND call_id = $1
ORDER BY id
LIMIT $2;

-- name: dnc_of_phones
-- Those on the list.
-- sqlite:
SELECT phone
FROM dnc
WHERE workspace_id = $workspace AND phone = $1 AND removed_at IS NULL;
-- postgres:
SELECT phone
FROM dnc
WHERE workspace_id = $workspace AND phone = ANY ($1::text[]) AND removed_at IS NULL;

-- name: consents_of_phones
-- sqlite:
SELECT phone, scope, written, ai_named, given_at, revoked_at
FROM consents
WHERE workspace_id = $workspace AND phone = $1
ORDER BY given_at DESC
LIMIT 20;
-- postgres:
SELECT found.phone, found.scope, found.written, found.ai_named, found.given_at, found.revoked_at
FROM unnest($1::text[]) AS asked (asked_phone),
  LATERAL (SELECT phone, scope, written, ai_named, given_at, revoked_at
           FROM consents
           WHERE workspace_id = $workspace AND phone = asked_phone
           ORDER BY given_at DESC
           LIMIT 20) AS found;

-- name: move_lead
-- What calls make of a lead.
UPDATE leads
SET status = $2, call_sid = $3, call_attempts = $4, last_called_at = $5, next_attempt_at = $6, notes = $7,
    updated_at = $8
WHERE workspace_id = $workspace AND id = $1;

-- name: take_turn
-- Units that place or forbid calls stand one after the other: on PostgreSQL all but one run again.
INSERT INTO dial_turns (workspace_id, turn)
VALUES ($workspace, 1)
ON CONFLICT (workspace_id) DO UPDATE
SET turn = dial_turns.turn + 1;

-- name: calling_clock
SELECT real_from, calling_from, speed
FROM calling_clocks
WHERE workspace_id = $workspace;

-- name: set_calling_clock
INSERT INTO calling_clocks (workspace_id, real_from, calling_from, speed)
VALUES ($workspace, $1, $2, $3)
ON CONFLICT (workspace_id) DO UPDATE
SET real_from = excluded.real_from, calling_from = excluded.calling_from, speed = excluded.speed;
