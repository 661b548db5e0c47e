-- scope: tenant
-- How often what happened to calls, for those who measure.

-- name: count_call
INSERT INTO call_counts (workspace_id, what, outcome, shard, times)
VALUES ($workspace, $1, $2, $3, 1)
ON CONFLICT (workspace_id, what, outcome, shard) DO UPDATE
SET times = call_counts.times + 1;

-- name: call_counts
-- sqlite:
SELECT what, outcome, sum(times) AS times
FROM call_counts
WHERE workspace_id = $workspace
GROUP BY what, outcome
ORDER BY what, outcome;
-- postgres:
SELECT what, outcome, sum(times)::bigint AS times
FROM call_counts
WHERE workspace_id = $workspace
GROUP BY what, outcome
ORDER BY what, outcome;
