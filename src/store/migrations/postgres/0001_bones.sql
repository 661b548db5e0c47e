-- expand
-- Two roles without login do all the product's work: ringdown_tenant sees one workspace's rows, ringdown_instance
-- only the instance's own tables. The product's login is a member of both and takes one per unit of work. Every
-- table has row-level security, FORCEd so that it binds the owner too.

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['ringdown_tenant', 'ringdown_instance'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      END IF;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN
        NULL;  -- another database of this cluster was migrated at the same moment
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'role % is missing and % may not make it; have an administrator run: CREATE ROLE % NOLOGIN',
                        wanted, current_user, wanted;
    END;
  END LOOP;
END
$$;

GRANT USAGE ON SCHEMA ringdown TO ringdown_tenant, ringdown_instance;
GRANT SELECT ON migrations TO ringdown_instance;
ALTER TABLE migrations ENABLE ROW LEVEL SECURITY;
ALTER TABLE migrations FORCE ROW LEVEL SECURITY;
CREATE POLICY instance_reads ON migrations FOR SELECT TO ringdown_instance USING (true);
DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner_migrates ON migrations TO %I USING (true)', current_user);
END
$$;

-- Texts that people sort by collate "C", so that pages turn the same way on both databases.

CREATE TABLE workspaces (
  id         uuid NOT NULL PRIMARY KEY,
  name       text COLLATE "C" NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('live', 'rehearsal')),
  created_at timestamptz NOT NULL
);

CREATE TABLE users (
  id            uuid NOT NULL PRIMARY KEY,
  email         text COLLATE "C" NOT NULL UNIQUE,
  name          text COLLATE "C" NOT NULL,
  password_hash text,
  created_at    timestamptz NOT NULL,
  disabled_at   timestamptz
);

CREATE TABLE memberships (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  user_id      uuid NOT NULL REFERENCES users (id),
  role         text COLLATE "C" NOT NULL CHECK (role IN ('owner', 'admin', 'rep')),
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, user_id)
);

CREATE INDEX memberships_of_user ON memberships (user_id);

CREATE TABLE api_keys (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  id           uuid NOT NULL,
  hash         bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  name         text NOT NULL,
  scopes       text NOT NULL,
  created_by   uuid NOT NULL REFERENCES users (id),
  created_at   timestamptz NOT NULL,
  used_at      timestamptz,
  revoked_at   timestamptz,
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE sessions (
  hash       bytea NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
  user_id    uuid NOT NULL REFERENCES users (id),
  created_at timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL,
  ends_at    timestamptz NOT NULL
);

CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (ends_at);

-- One named thing that one holder at a time may do; the fence grows with every new holder.
CREATE TABLE leases (
  name   text NOT NULL PRIMARY KEY,
  holder uuid NOT NULL,
  fence  bigint NOT NULL,
  until  timestamptz NOT NULL
);

-- How much of a limit is used up in the window that is running.
CREATE TABLE quotas (
  name         text NOT NULL PRIMARY KEY,
  window_start timestamptz NOT NULL,
  used         bigint NOT NULL
);

-- Where work of a kind waits, so that a round need not look into every workspace.
CREATE TABLE due (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  kind         text NOT NULL,
  ready_at     timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, kind)
);

CREATE INDEX due_by_moment ON due (kind, ready_at);

-- What changed, for live events and other nodes: which thing, never what it says. Ids are taken before COMMIT and so
-- do not say who came first; readers go by (tx, id) and stop at the oldest transaction that still runs.
CREATE TABLE changes (
  id           bigint GENERATED ALWAYS AS IDENTITY,
  tx           bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  topic        text NOT NULL,
  entity       uuid,
  at           timestamptz NOT NULL,
  PRIMARY KEY (tx, id)
);

CREATE TABLE changes_trimmed (
  only_row integer NOT NULL PRIMARY KEY CHECK (only_row = 1),
  tx       bigint NOT NULL,
  id       bigint NOT NULL
);

INSERT INTO changes_trimmed (only_row, tx, id) VALUES (1, 0, 0);

-- What is to be done in the world outside, each exactly once as far as the other side allows it.
CREATE TABLE outbox (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  id           uuid NOT NULL,
  kind         text NOT NULL,
  dedupe       text,
  payload      jsonb NOT NULL,
  state        text NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'given-up')),
  tries        integer NOT NULL DEFAULT 0,
  ready_at     timestamptz NOT NULL,
  lease        uuid,
  problem      text,
  created_at   timestamptz NOT NULL,
  closed_at    timestamptz,
  PRIMARY KEY (workspace_id, id)
);

CREATE INDEX outbox_line ON outbox (workspace_id, ready_at) WHERE state IN ('waiting', 'leased');
CREATE UNIQUE INDEX outbox_once ON outbox (workspace_id, kind, dedupe) WHERE dedupe IS NOT NULL;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['workspaces', 'users', 'memberships', 'api_keys', 'sessions', 'leases', 'quotas', 'due',
                              'changes', 'changes_trimmed', 'outbox'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['workspaces', 'users', 'memberships', 'api_keys', 'sessions', 'leases', 'quotas', 'due',
                              'changes', 'changes_trimmed'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ringdown_instance', name);
    EXECUTE format('CREATE POLICY instance ON %I TO ringdown_instance USING (true)', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['outbox', 'due'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ringdown_tenant', name);
  END LOOP;
  -- A tenant adds changes and reads none; where a change stands among all others is not for it to choose.
  GRANT INSERT (workspace_id, topic, entity, at) ON changes TO ringdown_tenant;
  FOREACH name IN ARRAY ARRAY['outbox', 'due', 'changes'] LOOP
    EXECUTE format('CREATE POLICY tenant ON %I TO ringdown_tenant USING (workspace_id = '
                   '(SELECT nullif(current_setting(''ringdown.workspace'', true), '''')::uuid))', name);
  END LOOP;
END
$$;
