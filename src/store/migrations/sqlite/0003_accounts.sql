-- expand
-- What people need to get in and what is written down about it: the second factor, the set-up code, invitations,
-- devices, the audit trail.

ALTER TABLE users ADD COLUMN totp_secret TEXT;
ALTER TABLE users ADD COLUMN totp_pending TEXT;
ALTER TABLE users ADD COLUMN totp_step INTEGER;
ALTER TABLE users ADD COLUMN signed_in_at INTEGER;

CREATE TABLE recovery_codes (
  user_id BLOB NOT NULL REFERENCES users (id),
  hash    BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (user_id, hash)
) STRICT, WITHOUT ROWID;

-- What makes the first owner, while there is none.
CREATE TABLE setup_code (
  only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
  hash     BLOB NOT NULL CHECK (length(hash) = 32),
  made_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE invitations (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  id           BLOB NOT NULL CHECK (length(id) = 16),
  hash         BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  email        TEXT NOT NULL,
  role         TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'rep')),
  invited_by   BLOB REFERENCES users (id),
  created_at   INTEGER NOT NULL,
  ends_at      INTEGER NOT NULL,
  used_at      INTEGER,
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

-- Browsers in which somebody has signed in before; sign-in limits treat them apart from strangers.
CREATE TABLE devices (
  hash    BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
  user_id BLOB NOT NULL REFERENCES users (id),
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX devices_of_user ON devices (user_id, seen_at);

-- Who did what: nobody changes or removes a row.
CREATE TABLE audit (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  id           BLOB NOT NULL CHECK (length(id) = 16),
  user_id      BLOB,
  via          TEXT NOT NULL,
  what         TEXT NOT NULL,
  target       TEXT,
  address      TEXT,
  at           INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

-- The same about no workspace: sign-ins, accounts, keys of the instance.
CREATE TABLE instance_audit (
  id      BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  user_id BLOB,
  via     TEXT NOT NULL,
  what    TEXT NOT NULL,
  target  TEXT,
  address TEXT,
  at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
