-- expand
-- A call's legs to the phones of those who talk on it, and which phones these are; what mailboxes are told.

ALTER TABLE calls
  ADD COLUMN kind text COLLATE "C" NOT NULL DEFAULT 'call',
  ADD COLUMN leg_of uuid,
  ADD COLUMN rep_id uuid REFERENCES users (id),
  ADD COLUMN code text COLLATE "C",
  ADD COLUMN wrong_codes integer NOT NULL DEFAULT 0,
  ADD COLUMN joined_at timestamptz,
  ADD COLUMN voicemail_message text,
  ADD COLUMN mailbox_told_at timestamptz;

CREATE INDEX calls_legs ON calls (workspace_id, leg_of, id) WHERE leg_of IS NOT NULL;

CREATE TABLE rep_phones (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  user_id      uuid NOT NULL REFERENCES users (id),
  phone        text COLLATE "C" NOT NULL,
  call_id      uuid NOT NULL,
  asked_at     timestamptz NOT NULL,
  confirmed_at timestamptz,
  PRIMARY KEY (workspace_id, user_id)
);

ALTER TABLE rep_phones ENABLE ROW LEVEL SECURITY;
ALTER TABLE rep_phones FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON rep_phones TO ringdown_tenant;
CREATE POLICY tenant ON rep_phones TO ringdown_tenant USING (workspace_id =
  (SELECT nullif(current_setting('ringdown.workspace', true), '')::uuid));
