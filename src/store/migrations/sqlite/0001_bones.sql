-- expand
-- Uuids are 16-byte blobs, moments are microseconds since 1970 in UTC, truth is 0 or 1.

CREATE TABLE workspaces (
  id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('live', 'rehearsal')),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  id            BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  email         TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  password_hash TEXT,
  created_at    INTEGER NOT NULL,
  disabled_at   INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  user_id      BLOB NOT NULL REFERENCES users (id),
  role         TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'rep')),
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_of_user ON memberships (user_id);

CREATE TABLE api_keys (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  id           BLOB NOT NULL CHECK (length(id) = 16),
  hash         BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  name         TEXT NOT NULL,
  scopes       TEXT NOT NULL,
  created_by   BLOB NOT NULL REFERENCES users (id),
  created_at   INTEGER NOT NULL,
  used_at      INTEGER,
  revoked_at   INTEGER,
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  hash       BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
  user_id    BLOB NOT NULL REFERENCES users (id),
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (ends_at);

-- One named thing that one holder at a time may do; the fence grows with every new holder.
CREATE TABLE leases (
  name   TEXT NOT NULL PRIMARY KEY,
  holder BLOB NOT NULL CHECK (length(holder) = 16),
  fence  INTEGER NOT NULL,
  until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How much of a limit is used up in the window that is running.
CREATE TABLE quotas (
  name         TEXT NOT NULL PRIMARY KEY,
  window_start INTEGER NOT NULL,
  used         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where work of a kind waits, so that a round need not look into every workspace.
CREATE TABLE due (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  kind         TEXT NOT NULL,
  ready_at     INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX due_by_moment ON due (kind, ready_at);

-- What changed, for live events and other nodes: which thing, never what it says. SQLite commits in the order of id;
-- tx is PostgreSQL's, and 0 here.
CREATE TABLE changes (
  id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  tx           INTEGER NOT NULL DEFAULT 0,
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  topic        TEXT NOT NULL,
  entity       BLOB,
  at           INTEGER NOT NULL
) STRICT;

CREATE TABLE changes_trimmed (
  only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
  tx       INTEGER NOT NULL,
  id       INTEGER NOT NULL
) STRICT;

INSERT INTO changes_trimmed (only_row, tx, id) VALUES (1, 0, 0);

-- What is to be done in the world outside, each exactly once as far as the other side allows it.
CREATE TABLE outbox (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  id           BLOB NOT NULL CHECK (length(id) = 16),
  kind         TEXT NOT NULL,
  dedupe       TEXT,
  payload      TEXT NOT NULL CHECK (json_valid(payload)),
  state        TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'given-up')),
  tries        INTEGER NOT NULL DEFAULT 0,
  ready_at     INTEGER NOT NULL,
  lease        BLOB,
  problem      TEXT,
  created_at   INTEGER NOT NULL,
  closed_at    INTEGER,
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_line ON outbox (workspace_id, ready_at) WHERE state IN ('waiting', 'leased');
CREATE UNIQUE INDEX outbox_once ON outbox (workspace_id, kind, dedupe) WHERE dedupe IS NOT NULL;
