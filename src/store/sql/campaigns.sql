-- scope: tenant
-- Campaigns and the carrier accounts through which they call.

-- fragment: campaign
id, is_default, state, rules, problem, reserved_micros, spent_micros, created_at, updated_at

-- fragment: account
id, kind, name, caller_ids, calls_per_second, live_calls_max, number_calls_an_hour, next_send_at, troubles, pauses,
       paused_until, created_at

-- name: add_campaign
-- Changes nothing where there is a default one already.
INSERT INTO campaigns (workspace_id, {campaign}, pipeline_id, rank)
VALUES ($workspace, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT DO NOTHING;

-- name: save_campaign
UPDATE campaigns
SET state = $2, rules = $3, problem = $4, updated_at = $5, pipeline_id = $6, rank = $7
WHERE workspace_id = $workspace AND id = $1;

-- name: campaign_by_id
SELECT {campaign}
FROM campaigns
WHERE workspace_id = $workspace AND id = $1;

-- name: campaign_to_change
-- sqlite:
SELECT {campaign}
FROM campaigns
WHERE workspace_id = $workspace AND id = $1;
-- postgres:
SELECT {campaign}
FROM campaigns
WHERE workspace_id = $workspace AND id = $1
FOR UPDATE;

-- name: default_campaign
SELECT {campaign}
FROM campaigns
WHERE workspace_id = $workspace AND is_default;

-- name: campaigns_page
SELECT {campaign}
FROM campaigns
WHERE workspace_id = $workspace AND id > $1
ORDER BY id
LIMIT $2;

-- name: running_campaigns
-- In the order in which they are served.
SELECT {campaign}
FROM campaigns
WHERE workspace_id = $workspace AND state = 'running'
ORDER BY rank, id
LIMIT $1;

-- name: campaign_of_pipeline
SELECT id
FROM campaigns
WHERE workspace_id = $workspace AND pipeline_id = $1
LIMIT 1;

-- name: settle_campaign
UPDATE campaigns
SET reserved_micros = reserved_micros + $2, spent_micros = spent_micros + $3
WHERE workspace_id = $workspace AND id = $1;

-- name: stop_campaign
UPDATE campaigns
SET state = 'stopped', problem = $2, updated_at = $3
WHERE workspace_id = $workspace AND id = $1 AND state = 'running';

-- name: planned_to
SELECT planned_to
FROM campaigns
WHERE workspace_id = $workspace AND id = $1 AND planned_to IS NOT NULL;

-- name: plan_from
-- NULL: from the first lead on.
UPDATE campaigns
SET planned_to = $2
WHERE workspace_id = $workspace AND id = $1;

-- name: add_account
INSERT INTO carrier_accounts (workspace_id, {account})
VALUES ($workspace, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT DO NOTHING;

-- name: accounts
SELECT {account}
FROM carrier_accounts
WHERE workspace_id = $workspace
ORDER BY id
LIMIT 100;

-- name: save_account
UPDATE carrier_accounts
SET name = $2, caller_ids = $3, calls_per_second = $4, live_calls_max = $5, number_calls_an_hour = $6
WHERE workspace_id = $workspace AND id = $1;

-- name: pace_account
UPDATE carrier_accounts
SET next_send_at = $2
WHERE workspace_id = $workspace AND id = $1;

-- name: save_health
UPDATE carrier_accounts
SET troubles = $2, pauses = $3, paused_until = $4
WHERE workspace_id = $workspace AND id = $1;
