-- expand
-- A call's legs to the phones of those who talk on it, and which phones these are; what mailboxes are told.

ALTER TABLE calls ADD COLUMN kind TEXT NOT NULL DEFAULT 'call';
ALTER TABLE calls ADD COLUMN leg_of BLOB;
ALTER TABLE calls ADD COLUMN rep_id BLOB REFERENCES users (id);
ALTER TABLE calls ADD COLUMN code TEXT;
ALTER TABLE calls ADD COLUMN wrong_codes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE calls ADD COLUMN joined_at INTEGER;
ALTER TABLE calls ADD COLUMN voicemail_message TEXT;
ALTER TABLE calls ADD COLUMN mailbox_told_at INTEGER;

CREATE INDEX calls_legs ON calls (workspace_id, leg_of, id) WHERE leg_of IS NOT NULL;

CREATE TABLE rep_phones (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  user_id      BLOB NOT NULL REFERENCES users (id),
  phone        TEXT NOT NULL,
  call_id      BLOB NOT NULL,
  asked_at     INTEGER NOT NULL,
  confirmed_at INTEGER,
  PRIMARY KEY (workspace_id, user_id)
) STRICT, WITHOUT ROWID;
