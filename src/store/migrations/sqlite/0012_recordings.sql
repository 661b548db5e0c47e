-- expand
-- What was recorded of calls; the sound itself lies in the data folder, sealed.

CREATE TABLE recordings (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  id           BLOB NOT NULL CHECK (length(id) = 16),
  call_id      BLOB NOT NULL,
  account_id   BLOB NOT NULL,
  sid          TEXT,
  stage        TEXT NOT NULL,
  at_carrier   INTEGER NOT NULL,
  tries        INTEGER NOT NULL,
  ready_at     INTEGER,
  duration_s   INTEGER,
  size         INTEGER,
  sha256       BLOB,
  problem      TEXT,
  created_at   INTEGER NOT NULL,
  kept_at      INTEGER,
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX recordings_of_call ON recordings (workspace_id, call_id, id);
CREATE INDEX recordings_due ON recordings (workspace_id, (stage = 'wanted'), ready_at) WHERE ready_at IS NOT NULL;
