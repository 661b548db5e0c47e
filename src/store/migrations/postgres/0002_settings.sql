-- expand

CREATE TABLE settings (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  key          text COLLATE "C" NOT NULL,
  value        jsonb NOT NULL,
  changed_at   timestamptz NOT NULL,
  changed_by   uuid REFERENCES users (id),
  PRIMARY KEY (workspace_id, key)
);

-- Sealed with a key that is not in here; the hint is what may be shown.
CREATE TABLE secrets (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  name         text COLLATE "C" NOT NULL,
  sealed       bytea NOT NULL,
  hint         text,
  changed_at   timestamptz NOT NULL,
  changed_by   uuid REFERENCES users (id),
  PRIMARY KEY (workspace_id, name)
);

-- Who a user is to another sign-in service; its subjects are texts of its own making.
CREATE TABLE user_identities (
  id         uuid NOT NULL PRIMARY KEY,
  issuer     text NOT NULL,
  subject    text NOT NULL,
  user_id    uuid NOT NULL REFERENCES users (id),
  created_at timestamptz NOT NULL,
  UNIQUE (issuer, subject)
);

CREATE INDEX identities_of_user ON user_identities (user_id);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['settings', 'secrets', 'user_identities'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['settings', 'secrets'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ringdown_tenant', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ringdown_tenant USING (workspace_id = '
                   '(SELECT nullif(current_setting(''ringdown.workspace'', true), '''')::uuid))', name);
  END LOOP;
  GRANT SELECT, INSERT, DELETE ON user_identities TO ringdown_instance;
  CREATE POLICY instance ON user_identities TO ringdown_instance USING (true);
END
$$;
