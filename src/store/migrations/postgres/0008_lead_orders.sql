-- expand

-- Computed: when a lead was called last, or the beginning of time; the city in small letters, those of ASCII as SQLite
-- has them. Indexes over the expressions would not be used: row-level security comes before what they might give away.
ALTER TABLE leads
  ADD COLUMN last_called_key timestamptz NOT NULL
    GENERATED ALWAYS AS (coalesce(last_called_at, 'epoch'::timestamptz)) STORED,
  ADD COLUMN city_key text COLLATE "C" GENERATED ALWAYS AS (lower(city COLLATE "C")) STORED;

-- Lists sorted by who waits longest for a call; by name there is none, it would nearly double what a row of an import
-- costs. With a condition it would be taken for next to empty, and used where it does not serve: see `kept` in
-- sql/leads.sql.
CREATE INDEX leads_by_call_age ON leads (workspace_id, last_called_key, id);

-- Where leads say that a city lies.
CREATE INDEX leads_by_city ON leads (workspace_id, city_key, id) WHERE city_key IS NOT NULL AND latitude IS NOT NULL;
