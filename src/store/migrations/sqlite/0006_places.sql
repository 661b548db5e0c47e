-- expand

-- Lists of places that were imported beside the built-in one. The newest that is whole counts.
CREATE TABLE place_lists (
  id        BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  file_name TEXT NOT NULL,
  places    INTEGER NOT NULL DEFAULT 0,
  begun_at  INTEGER NOT NULL,
  whole_at  INTEGER
) STRICT, WITHOUT ROWID;

-- What they hold: a line for a place, many lines in a row.
CREATE TABLE places (
  list_id BLOB NOT NULL REFERENCES place_lists (id),
  seq     INTEGER NOT NULL,
  rows    TEXT NOT NULL,
  PRIMARY KEY (list_id, seq)
) STRICT;
