-- expand
-- What was recorded of calls; the sound itself lies in the data folder, sealed.

CREATE TABLE recordings (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  id           uuid NOT NULL,
  call_id      uuid NOT NULL,
  account_id   uuid NOT NULL,
  sid          text COLLATE "C",
  stage        text COLLATE "C" NOT NULL,
  at_carrier   boolean NOT NULL,
  tries        integer NOT NULL,
  ready_at     timestamptz,
  duration_s   integer,
  size         bigint,
  sha256       bytea,
  problem      text,
  created_at   timestamptz NOT NULL,
  kept_at      timestamptz,
  PRIMARY KEY (workspace_id, id)
);

CREATE INDEX recordings_of_call ON recordings (workspace_id, call_id, id);
CREATE INDEX recordings_due ON recordings (workspace_id, (stage = 'wanted'), ready_at) WHERE ready_at IS NOT NULL;

ALTER TABLE recordings ENABLE ROW LEVEL SECURITY;
ALTER TABLE recordings FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON recordings TO ringdown_tenant;
CREATE POLICY tenant ON recordings TO ringdown_tenant USING (workspace_id =
  (SELECT nullif(current_setting('ringdown.workspace', true), '')::uuid));
