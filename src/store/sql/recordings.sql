-- scope: tenant
-- What was recorded of calls, and how far it is on its way to us.

-- fragment: recording
id, call_id, account_id, sid, stage, at_carrier, tries, ready_at, duration_s, size, sha256, problem, created_at, kept_at

-- fragment: calls_by_lead
-- SQLite, which keeps no statistics, would rather read every call.
-- sqlite:
calls INDEXED BY calls_of_lead
-- postgres:
calls

-- name: save_recording
-- A new one, or all that is known by now of one that exists.
INSERT INTO recordings (workspace_id, {recording})
VALUES ($workspace, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (workspace_id, id) DO UPDATE
SET sid = excluded.sid, stage = excluded.stage, at_carrier = excluded.at_carrier, tries = excluded.tries,
    ready_at = excluded.ready_at, duration_s = excluded.duration_s, size = excluded.size, sha256 = excluded.sha256,
    problem = excluded.problem, kept_at = excluded.kept_at;

-- name: recording_by_id
SELECT {recording}
FROM recordings
WHERE workspace_id = $workspace AND id = $1;

-- name: recordings_of_call
SELECT {recording}
FROM recordings
WHERE workspace_id = $workspace AND call_id = $1
ORDER BY id;

-- name: recordings_of_lead
-- Newest first.
SELECT {recording}
FROM recordings
WHERE workspace_id = $workspace
  AND call_id IN (SELECT id FROM {calls_by_lead} WHERE workspace_id = $workspace AND lead_id = $1)
ORDER BY id DESC
LIMIT $2;

-- name: recordings_due
SELECT {recording}
FROM recordings
WHERE workspace_id = $workspace AND (stage = 'wanted') = $1 AND ready_at <= $2
ORDER BY ready_at
LIMIT $3;

-- name: next_recording_due
SELECT ready_at
FROM recordings
WHERE workspace_id = $workspace AND (stage = 'wanted') = $1 AND ready_at IS NOT NULL
ORDER BY ready_at
LIMIT 1;

-- name: let_recordings_go
UPDATE recordings
SET stage = 'leaving', tries = 0, ready_at = $2
WHERE workspace_id = $workspace AND stage <> 'gone'
  AND call_id IN (SELECT id FROM {calls_by_lead} WHERE workspace_id = $workspace AND lead_id = $1);
