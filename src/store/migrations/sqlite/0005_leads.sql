-- expand

-- Named lists of leads.
CREATE TABLE pipelines (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  id           BLOB NOT NULL CHECK (length(id) = 16),
  name         TEXT NOT NULL,
  name_key     TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name_key)
) STRICT, WITHOUT ROWID;

-- People and companies to call. A deleted one stays, so that what was said about its number is not forgotten.
CREATE TABLE leads (
  workspace_id         BLOB NOT NULL REFERENCES workspaces (id),
  id                   BLOB NOT NULL CHECK (length(id) = 16),
  phone                TEXT NOT NULL,
  name_key             TEXT NOT NULL,
  extension            TEXT,
  contact_name         TEXT,
  company_name         TEXT,
  email                TEXT,
  external_id          TEXT,
  pipeline_id          BLOB,
  status               TEXT NOT NULL,
  tier                 TEXT,
  tags                 TEXT NOT NULL,
  interests            TEXT NOT NULL,
  city                 TEXT,
  state                TEXT,
  postal_code          TEXT,
  country              TEXT,
  latitude             REAL,
  longitude            REAL,
  timezone             TEXT,
  notes                TEXT,
  undialable           TEXT,
  call_sid             TEXT,
  call_attempts        INTEGER NOT NULL DEFAULT 0,
  last_called_at       INTEGER,
  next_attempt_at      INTEGER,
  cal_booking_uid      TEXT,
  follow_up_email_sent INTEGER NOT NULL DEFAULT 0,
  created_at           INTEGER NOT NULL,
  updated_at           INTEGER NOT NULL,
  deleted_at           INTEGER,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, pipeline_id) REFERENCES pipelines (workspace_id, id)
) STRICT, WITHOUT ROWID;

-- Who is who: an id of another system's where there is one, else the number and the name. The second finds all leads
-- of a number as well.
CREATE UNIQUE INDEX leads_by_external ON leads (workspace_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE UNIQUE INDEX leads_by_phone ON leads (workspace_id, phone, name_key, coalesce(external_id, ''))
  WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX leads_by_call ON leads (workspace_id, call_sid)
  WHERE call_sid IS NOT NULL AND deleted_at IS NULL;
CREATE UNIQUE INDEX leads_by_booking ON leads (workspace_id, cal_booking_uid) WHERE cal_booking_uid IS NOT NULL;
CREATE INDEX leads_of_pipeline ON leads (workspace_id, pipeline_id, id) WHERE pipeline_id IS NOT NULL;
CREATE INDEX leads_deleted ON leads (workspace_id, phone) WHERE deleted_at IS NOT NULL;

-- What was agreed to, by number.
CREATE TABLE consents (
  workspace_id   BLOB NOT NULL REFERENCES workspaces (id),
  id             BLOB NOT NULL CHECK (length(id) = 16),
  phone          TEXT NOT NULL,
  text_shown     TEXT NOT NULL,
  given_at       INTEGER NOT NULL,
  method         TEXT NOT NULL,
  scope          TEXT NOT NULL CHECK (scope = 'marketing' OR scope = 'information'),
  written        INTEGER NOT NULL,
  ai_named       INTEGER NOT NULL,
  proof          TEXT,
  created_at     INTEGER NOT NULL,
  created_by     BLOB REFERENCES users (id),
  revoked_at     INTEGER,
  revoked_by     BLOB REFERENCES users (id),
  revoked_reason TEXT,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, phone, given_at, scope, method)
) STRICT, WITHOUT ROWID;

-- Numbers that are not called; one taken off the list stays, with the reason.
CREATE TABLE dnc (
  workspace_id   BLOB NOT NULL REFERENCES workspaces (id),
  phone          TEXT NOT NULL,
  source         TEXT NOT NULL,
  reason         TEXT,
  added_at       INTEGER NOT NULL,
  added_by       BLOB REFERENCES users (id),
  removed_at     INTEGER,
  removed_by     BLOB REFERENCES users (id),
  removed_reason TEXT,
  PRIMARY KEY (workspace_id, phone)
) STRICT, WITHOUT ROWID;

-- What is left of a lead that was erased: that it was, when, by whom and why, and what the number can be recognised
-- by, but not read from.
CREATE TABLE erasures (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  id           BLOB NOT NULL CHECK (length(id) = 16),
  lead_id      BLOB NOT NULL CHECK (length(lead_id) = 16),
  fingerprint  BLOB NOT NULL,
  consents     INTEGER NOT NULL,
  reason       TEXT NOT NULL,
  erased_at    INTEGER NOT NULL,
  erased_by    BLOB REFERENCES users (id),
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

-- Files of leads: how far each one is read, in bytes of the file, is written with what came of these bytes.
CREATE TABLE imports (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  id           BLOB NOT NULL CHECK (length(id) = 16),
  state        TEXT NOT NULL,
  file_name    TEXT NOT NULL,
  pipeline_id  BLOB,
  dry_run      INTEGER NOT NULL,
  mapping      TEXT NOT NULL CHECK (json_valid(mapping)),
  region       TEXT NOT NULL,
  bytes_total  INTEGER NOT NULL DEFAULT 0,
  bytes_read   INTEGER NOT NULL DEFAULT 0,
  reader       TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(reader)),
  rows_read    INTEGER NOT NULL DEFAULT 0,
  created      INTEGER NOT NULL DEFAULT 0,
  updated      INTEGER NOT NULL DEFAULT 0,
  duplicate    INTEGER NOT NULL DEFAULT 0,
  invalid      INTEGER NOT NULL DEFAULT 0,
  problem      TEXT,
  runner       BLOB,
  runner_until INTEGER,
  created_at   INTEGER NOT NULL,
  created_by   BLOB REFERENCES users (id),
  finished_at  INTEGER,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, pipeline_id) REFERENCES pipelines (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_chunks (
  workspace_id BLOB NOT NULL,
  import_id    BLOB NOT NULL,
  seq          INTEGER NOT NULL,
  bytes        BLOB NOT NULL,
  PRIMARY KEY (workspace_id, import_id, seq),
  FOREIGN KEY (workspace_id, import_id) REFERENCES imports (workspace_id, id)
) STRICT;

CREATE TABLE import_reports (
  workspace_id BLOB NOT NULL,
  import_id    BLOB NOT NULL,
  seq          INTEGER NOT NULL,
  rows         TEXT NOT NULL,
  PRIMARY KEY (workspace_id, import_id, seq),
  FOREIGN KEY (workspace_id, import_id) REFERENCES imports (workspace_id, id)
) STRICT;

-- Which column of a file is what, as it was settled the last time that a file had these headers.
CREATE TABLE import_mappings (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  headers      TEXT NOT NULL,
  mapping      TEXT NOT NULL CHECK (json_valid(mapping)),
  used_at      INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, headers)
) STRICT, WITHOUT ROWID;
