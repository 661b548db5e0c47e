-- expand

-- Lists sorted by name, and by who waits longest for a call. IS TRUE keeps the conditions of the indexes apart: see
-- `kept` in sql/leads.sql.
CREATE INDEX leads_by_contact_name ON leads (workspace_id, name_key, id) WHERE (deleted_at IS NULL) IS TRUE;
CREATE INDEX leads_by_call_age ON leads (workspace_id, (coalesce(last_called_at, 'epoch'::timestamptz)), id)
  WHERE (deleted_at IS NULL) IS TRUE;

-- Where leads say that a city lies. Only the case of ASCII letters is passed over, as SQLite does.
CREATE INDEX leads_by_city ON leads (workspace_id, (lower(city COLLATE "C")), id)
  WHERE city IS NOT NULL AND latitude IS NOT NULL AND (deleted_at IS NULL) IS TRUE;
