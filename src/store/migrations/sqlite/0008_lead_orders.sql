-- expand

-- When a lead was called last, or the beginning of time: SQLite takes a page of those behind a pair of values from an
-- index only if both are columns.
ALTER TABLE leads ADD COLUMN last_called_key INTEGER NOT NULL
  GENERATED ALWAYS AS (coalesce(last_called_at, 0)) VIRTUAL;

-- Lists sorted by name, and by who waits longest for a call.
CREATE INDEX leads_by_contact_name ON leads (workspace_id, name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_by_call_age ON leads (workspace_id, last_called_key, id) WHERE deleted_at IS NULL;

-- Where leads say that a city lies.
CREATE INDEX leads_by_city ON leads (workspace_id, city COLLATE NOCASE, id)
  WHERE city IS NOT NULL AND latitude IS NOT NULL AND deleted_at IS NULL;
