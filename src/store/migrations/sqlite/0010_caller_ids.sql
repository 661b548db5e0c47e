-- expand
-- How many calls each of an account's numbers may make within an hour; nothing: any.

ALTER TABLE carrier_accounts ADD COLUMN number_calls_an_hour INTEGER;

CREATE INDEX calls_of_caller_id ON calls (workspace_id, caller_id, attempt_at) WHERE counts = 1;
