-- expand
-- What people need to get in and what is written down about it: the second factor, the set-up code, invitations,
-- devices, the audit trail.

ALTER TABLE users
  ADD COLUMN totp_secret  text,
  ADD COLUMN totp_pending text,
  ADD COLUMN totp_step    bigint,
  ADD COLUMN signed_in_at timestamptz;

CREATE TABLE recovery_codes (
  user_id uuid NOT NULL REFERENCES users (id),
  hash    bytea NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (user_id, hash)
);

-- What makes the first owner, while there is none.
CREATE TABLE setup_code (
  only_row integer NOT NULL PRIMARY KEY CHECK (only_row = 1),
  hash     bytea NOT NULL CHECK (length(hash) = 32),
  made_at  timestamptz NOT NULL
);

CREATE TABLE invitations (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  id           uuid NOT NULL,
  hash         bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  email        text COLLATE "C" NOT NULL,
  role         text NOT NULL CHECK (role IN ('owner', 'admin', 'rep')),
  invited_by   uuid REFERENCES users (id),
  created_at   timestamptz NOT NULL,
  ends_at      timestamptz NOT NULL,
  used_at      timestamptz,
  PRIMARY KEY (workspace_id, id)
);

-- Browsers in which somebody has signed in before; sign-in limits treat them apart from strangers.
CREATE TABLE devices (
  hash    bytea NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
  user_id uuid NOT NULL REFERENCES users (id),
  seen_at timestamptz NOT NULL
);

CREATE INDEX devices_of_user ON devices (user_id, seen_at);

-- Who did what: nobody changes or removes a row.
CREATE TABLE audit (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  id           uuid NOT NULL,
  user_id      uuid,
  via          text NOT NULL,
  what         text NOT NULL,
  target       text,
  address      text,
  at           timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);

-- The same about no workspace: sign-ins, accounts, keys of the instance.
CREATE TABLE instance_audit (
  id      uuid NOT NULL PRIMARY KEY,
  user_id uuid,
  via     text NOT NULL,
  what    text NOT NULL,
  target  text,
  address text,
  at      timestamptz NOT NULL
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['recovery_codes', 'setup_code', 'invitations', 'devices', 'audit',
                              'instance_audit'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY instance ON %I TO ringdown_instance USING (true)', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['recovery_codes', 'setup_code', 'invitations', 'devices'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ringdown_instance', name);
  END LOOP;
END
$$;

GRANT SELECT, INSERT ON audit TO ringdown_tenant;
GRANT SELECT, INSERT ON instance_audit TO ringdown_instance;
GRANT INSERT ON audit TO ringdown_instance;
CREATE POLICY tenant ON audit TO ringdown_tenant USING (workspace_id =
  (SELECT nullif(current_setting('ringdown.workspace', true), '')::uuid));
