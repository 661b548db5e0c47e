-- expand
-- When each of a node's rounds was last heard of, and by when it will be again unless it stands still.

CREATE TABLE engine_rounds (
  node     uuid NOT NULL,
  kind     text COLLATE "C" NOT NULL,
  heard_at timestamptz NOT NULL,
  next_by  timestamptz NOT NULL,
  PRIMARY KEY (node, kind)
);

ALTER TABLE engine_rounds ENABLE ROW LEVEL SECURITY;
ALTER TABLE engine_rounds FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON engine_rounds TO ringdown_instance;
CREATE POLICY instance ON engine_rounds TO ringdown_instance USING (true);

-- How often what happened in a workspace; the sum over shards, so that many may count at once.
CREATE TABLE call_counts (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  what         text COLLATE "C" NOT NULL,
  outcome      text COLLATE "C" NOT NULL,
  shard        integer NOT NULL,
  times        bigint NOT NULL,
  PRIMARY KEY (workspace_id, what, outcome, shard)
);

ALTER TABLE call_counts ENABLE ROW LEVEL SECURITY;
ALTER TABLE call_counts FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON call_counts TO ringdown_tenant;
CREATE POLICY tenant ON call_counts TO ringdown_tenant USING (workspace_id =
  (SELECT nullif(current_setting('ringdown.workspace', true), '')::uuid));
