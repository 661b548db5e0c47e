-- expand

CREATE TABLE settings (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  key          TEXT NOT NULL,
  value        TEXT NOT NULL CHECK (json_valid(value)),
  changed_at   INTEGER NOT NULL,
  changed_by   BLOB REFERENCES users (id),
  PRIMARY KEY (workspace_id, key)
) STRICT, WITHOUT ROWID;

-- Sealed with a key that is not in here; the hint is what may be shown.
CREATE TABLE secrets (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  name         TEXT NOT NULL,
  sealed       BLOB NOT NULL,
  hint         TEXT,
  changed_at   INTEGER NOT NULL,
  changed_by   BLOB REFERENCES users (id),
  PRIMARY KEY (workspace_id, name)
) STRICT, WITHOUT ROWID;

-- Who a user is to another sign-in service; its subjects are texts of its own making.
CREATE TABLE user_identities (
  id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  issuer     TEXT NOT NULL,
  subject    TEXT NOT NULL,
  user_id    BLOB NOT NULL REFERENCES users (id),
  created_at INTEGER NOT NULL,
  UNIQUE (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_of_user ON user_identities (user_id);
