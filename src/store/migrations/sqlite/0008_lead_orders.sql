-- expand

-- Computed: when a lead was called last, or the beginning of time; the city in small letters. SQLite takes a page of
-- those behind a pair of values from an index only if both are columns.
ALTER TABLE leads ADD COLUMN last_called_key INTEGER NOT NULL
  GENERATED ALWAYS AS (coalesce(last_called_at, 0)) VIRTUAL;
ALTER TABLE leads ADD COLUMN city_key TEXT GENERATED ALWAYS AS (lower(city)) VIRTUAL;

-- Lists sorted by who waits longest for a call; by name there is none, it would nearly double what a row of an import
-- costs.
CREATE INDEX leads_by_call_age ON leads (workspace_id, last_called_key, id);

-- Where leads say that a city lies.
CREATE INDEX leads_by_city ON leads (workspace_id, city_key, id) WHERE city_key IS NOT NULL AND latitude IS NOT NULL;
