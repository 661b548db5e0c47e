-- expand
-- When each of a node's rounds was last heard of, and by when it will be again unless it stands still.

CREATE TABLE engine_rounds (
  node     BLOB NOT NULL CHECK (length(node) = 16),
  kind     TEXT NOT NULL,
  heard_at INTEGER NOT NULL,
  next_by  INTEGER NOT NULL,
  PRIMARY KEY (node, kind)
) STRICT, WITHOUT ROWID;

-- How often what happened in a workspace; the sum over shards, so that many may count at once.
CREATE TABLE call_counts (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  what         TEXT NOT NULL,
  outcome      TEXT NOT NULL,
  shard        INTEGER NOT NULL,
  times        INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, what, outcome, shard)
) STRICT, WITHOUT ROWID;
