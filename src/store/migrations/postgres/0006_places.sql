-- expand

-- Lists of places that were imported beside the built-in one. The newest that is whole counts.
CREATE TABLE place_lists (
  id        uuid NOT NULL PRIMARY KEY,
  file_name text NOT NULL,
  places    bigint NOT NULL DEFAULT 0,
  begun_at  timestamptz NOT NULL,
  whole_at  timestamptz
);

-- What they hold: a line for a place, many lines in a row.
CREATE TABLE places (
  list_id uuid NOT NULL REFERENCES place_lists (id),
  seq     integer NOT NULL,
  rows    text NOT NULL,
  PRIMARY KEY (list_id, seq)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['place_lists', 'places'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ringdown_instance', name);
    EXECUTE format('CREATE POLICY instance ON %I TO ringdown_instance USING (true)', name);
  END LOOP;
END
$$;
