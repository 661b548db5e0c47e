-- expand

-- Named lists of leads.
CREATE TABLE pipelines (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  id           uuid NOT NULL,
  name         text COLLATE "C" NOT NULL,
  name_key     text COLLATE "C" NOT NULL,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name_key)
);

-- People and companies to call. A deleted one stays, so that what was said about its number is not forgotten.
CREATE TABLE leads (
  workspace_id         uuid NOT NULL REFERENCES workspaces (id),
  id                   uuid NOT NULL,
  phone                text COLLATE "C" NOT NULL,
  name_key             text COLLATE "C" NOT NULL,
  extension            text,
  contact_name         text,
  company_name         text,
  email                text,
  external_id          text COLLATE "C",
  pipeline_id          uuid,
  status               text NOT NULL,
  tier                 text,
  tags                 jsonb NOT NULL,
  interests            jsonb NOT NULL,
  city                 text,
  state                text,
  postal_code          text,
  country              text,
  latitude             double precision,
  longitude            double precision,
  timezone             text,
  notes                text,
  undialable           text,
  call_sid             text,
  call_attempts        integer NOT NULL DEFAULT 0,
  last_called_at       timestamptz,
  next_attempt_at      timestamptz,
  cal_booking_uid      text,
  follow_up_email_sent boolean NOT NULL DEFAULT false,
  created_at           timestamptz NOT NULL,
  updated_at           timestamptz NOT NULL,
  deleted_at           timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, pipeline_id) REFERENCES pipelines (workspace_id, id)
);

-- Who is who: an id of another system's where there is one, else the number and the name. The second finds all leads
-- of a number as well. IS TRUE keeps the conditions of the indexes apart: see `kept` in sql/leads.sql.
CREATE UNIQUE INDEX leads_by_external ON leads (workspace_id, external_id)
  WHERE external_id IS NOT NULL AND (deleted_at IS NULL) IS TRUE;
CREATE UNIQUE INDEX leads_by_phone ON leads (workspace_id, phone, name_key, coalesce(external_id, ''))
  WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX leads_by_call ON leads (workspace_id, call_sid)
  WHERE call_sid IS NOT NULL AND (deleted_at IS NULL) IS TRUE;
CREATE UNIQUE INDEX leads_by_booking ON leads (workspace_id, cal_booking_uid) WHERE cal_booking_uid IS NOT NULL;
CREATE INDEX leads_of_pipeline ON leads (workspace_id, pipeline_id, id) WHERE pipeline_id IS NOT NULL;
CREATE INDEX leads_deleted ON leads (workspace_id, phone) WHERE deleted_at IS NOT NULL;

-- What was agreed to, by number.
CREATE TABLE consents (
  workspace_id   uuid NOT NULL REFERENCES workspaces (id),
  id             uuid NOT NULL,
  phone          text COLLATE "C" NOT NULL,
  text_shown     text NOT NULL,
  given_at       timestamptz NOT NULL,
  method         text NOT NULL,
  scope          text NOT NULL CHECK (scope = 'marketing' OR scope = 'information'),
  written        boolean NOT NULL,
  ai_named       boolean NOT NULL,
  proof          text,
  created_at     timestamptz NOT NULL,
  created_by     uuid REFERENCES users (id),
  revoked_at     timestamptz,
  revoked_by     uuid REFERENCES users (id),
  revoked_reason text,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, phone, given_at, scope, method)
);

-- Numbers that are not called; one taken off the list stays, with the reason.
CREATE TABLE dnc (
  workspace_id   uuid NOT NULL REFERENCES workspaces (id),
  phone          text COLLATE "C" NOT NULL,
  source         text NOT NULL,
  reason         text,
  added_at       timestamptz NOT NULL,
  added_by       uuid REFERENCES users (id),
  removed_at     timestamptz,
  removed_by     uuid REFERENCES users (id),
  removed_reason text,
  PRIMARY KEY (workspace_id, phone)
);

-- What is left of a lead that was erased: that it was, when, by whom and why, and what the number can be recognised
-- by, but not read from.
CREATE TABLE erasures (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  id           uuid NOT NULL,
  lead_id      uuid NOT NULL,
  fingerprint  bytea NOT NULL,
  consents     integer NOT NULL,
  reason       text NOT NULL,
  erased_at    timestamptz NOT NULL,
  erased_by    uuid REFERENCES users (id),
  PRIMARY KEY (workspace_id, id)
);

-- Files of leads: how far each one is read, in bytes of the file, is written with what came of these bytes.
CREATE TABLE imports (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  id           uuid NOT NULL,
  state        text NOT NULL,
  file_name    text NOT NULL,
  pipeline_id  uuid,
  dry_run      boolean NOT NULL,
  mapping      jsonb NOT NULL,
  region       text NOT NULL,
  bytes_total  bigint NOT NULL DEFAULT 0,
  bytes_read   bigint NOT NULL DEFAULT 0,
  reader       jsonb NOT NULL DEFAULT '{}',
  rows_read    bigint NOT NULL DEFAULT 0,
  created      bigint NOT NULL DEFAULT 0,
  updated      bigint NOT NULL DEFAULT 0,
  duplicate    bigint NOT NULL DEFAULT 0,
  invalid      bigint NOT NULL DEFAULT 0,
  problem      text,
  runner       uuid,
  runner_until timestamptz,
  created_at   timestamptz NOT NULL,
  created_by   uuid REFERENCES users (id),
  finished_at  timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, pipeline_id) REFERENCES pipelines (workspace_id, id)
);

CREATE TABLE import_chunks (
  workspace_id uuid NOT NULL,
  import_id    uuid NOT NULL,
  seq          integer NOT NULL,
  bytes        bytea NOT NULL,
  PRIMARY KEY (workspace_id, import_id, seq),
  FOREIGN KEY (workspace_id, import_id) REFERENCES imports (workspace_id, id)
);

CREATE TABLE import_reports (
  workspace_id uuid NOT NULL,
  import_id    uuid NOT NULL,
  seq          integer NOT NULL,
  rows         text NOT NULL,
  PRIMARY KEY (workspace_id, import_id, seq),
  FOREIGN KEY (workspace_id, import_id) REFERENCES imports (workspace_id, id)
);

-- Which column of a file is what, as it was settled the last time that a file had these headers.
CREATE TABLE import_mappings (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  headers      text COLLATE "C" NOT NULL,
  mapping      jsonb NOT NULL,
  used_at      timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, headers)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['pipelines', 'leads', 'consents', 'dnc', 'erasures',
                              'imports', 'import_chunks', 'import_reports', 'import_mappings'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ringdown_tenant', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ringdown_tenant USING (workspace_id = '
                   '(SELECT nullif(current_setting(''ringdown.workspace'', true), '''')::uuid))', name);
  END LOOP;
END
$$;
