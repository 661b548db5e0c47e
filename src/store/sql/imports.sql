-- scope: tenant
-- Files of leads on their way in: their bytes, how far they are read, and what came of each row.

-- fragment: import
id, state, file_name, pipeline_id, dry_run, mapping, region, bytes_total, bytes_read, reader, rows_read, created,
       updated, duplicate, invalid, problem, runner, runner_until, created_at, created_by, finished_at

-- name: add_import
INSERT INTO imports (workspace_id, id, state, file_name, pipeline_id, dry_run, mapping, region, created_at, created_by)
VALUES ($workspace, $1, 'uploading', $2, $3, $4, $5, $6, $7, $8);

-- name: add_import_chunk
INSERT INTO import_chunks (workspace_id, import_id, seq, bytes)
VALUES ($workspace, $1, $2, $3);

-- name: import_is_whole
-- The file is here to its last byte.
UPDATE imports
SET state = 'waiting', bytes_total = $2, mapping = $3, pipeline_id = $4, dry_run = $5, file_name = $6
WHERE workspace_id = $workspace AND id = $1 AND state = 'uploading';

-- name: drop_upload
DELETE FROM imports
WHERE workspace_id = $workspace AND id = $1 AND state = 'uploading';

-- name: import_by_id
SELECT {import}
FROM imports
WHERE workspace_id = $workspace AND id = $1;

-- name: imports_page
-- Newest first.
SELECT {import}
FROM imports
WHERE workspace_id = $workspace AND id < $1
ORDER BY id DESC
LIMIT $2;

-- name: take_import
-- The oldest one that nobody works at; whoever takes it has it until $3.
-- sqlite:
UPDATE imports
SET state = 'running', runner = $1, runner_until = $3
WHERE workspace_id = $workspace
  AND id = (SELECT id FROM imports
            WHERE workspace_id = $workspace
              AND (state = 'waiting' OR (state = 'running' AND (runner_until <= $2 OR runner = $1)))
            ORDER BY id LIMIT 1)
RETURNING {import};
-- postgres:
UPDATE imports
SET state = 'running', runner = $1, runner_until = $3
WHERE workspace_id = $workspace
  AND id = (SELECT id FROM imports
            WHERE workspace_id = $workspace
              AND (state = 'waiting' OR (state = 'running' AND (runner_until <= $2 OR runner = $1)))
            ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING {import};

-- name: advance_import
-- From $2 on to $3, by whoever still has it: nobody's rows are written twice.
UPDATE imports
SET bytes_read = $3, reader = $4, rows_read = rows_read + $5, created = created + $6, updated = updated + $7,
    duplicate = duplicate + $8, invalid = invalid + $9, runner_until = $10, mapping = $12
WHERE workspace_id = $workspace AND id = $1 AND bytes_read = $2 AND state = 'running' AND runner = $11;

-- name: restart_import
-- A rehearsal of an import has nothing but its counts: it begins anew where nobody remembers what it saw.
UPDATE imports
SET bytes_read = 0, reader = '{}', rows_read = 0, created = 0, updated = 0, duplicate = 0, invalid = 0
WHERE workspace_id = $workspace AND id = $1;

-- name: forget_import_reports
DELETE FROM import_reports
WHERE workspace_id = $workspace AND import_id = $1;

-- name: end_import
UPDATE imports
SET state = $2, problem = $3, finished_at = $4, runner = NULL, runner_until = NULL
WHERE workspace_id = $workspace AND id = $1 AND (state = 'waiting' OR state = 'running' OR state = 'uploading');

-- name: import_chunk
SELECT bytes
FROM import_chunks
WHERE workspace_id = $workspace AND import_id = $1 AND seq = $2;

-- name: forget_import_chunks
DELETE FROM import_chunks
WHERE workspace_id = $workspace AND import_id = $1;

-- name: add_import_report
INSERT INTO import_reports (workspace_id, import_id, seq, rows)
SELECT $workspace, $1, coalesce(max(seq), 0) + 1, $2
FROM import_reports
WHERE workspace_id = $workspace AND import_id = $1;

-- name: import_report
-- The next part behind $2.
SELECT seq, rows
FROM import_reports
WHERE workspace_id = $workspace AND import_id = $1 AND seq > $2
ORDER BY seq
LIMIT 1;

-- name: stale_uploads
-- Files whose sender went away.
SELECT id
FROM imports
WHERE workspace_id = $workspace AND state = 'uploading' AND created_at < $1
LIMIT 100;

-- name: imports_left
-- Is there one to be worked at, now or later?
SELECT id
FROM imports
WHERE workspace_id = $workspace AND (state = 'waiting' OR state = 'running')
LIMIT 1;

-- name: put_mapping
INSERT INTO import_mappings (workspace_id, headers, mapping, used_at)
VALUES ($workspace, $1, $2, $3)
ON CONFLICT (workspace_id, headers) DO UPDATE
SET mapping = excluded.mapping, used_at = excluded.used_at;

-- name: mapping_for
SELECT mapping
FROM import_mappings
WHERE workspace_id = $workspace AND headers = $1;
