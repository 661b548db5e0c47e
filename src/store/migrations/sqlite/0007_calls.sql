-- expand

-- Who carries calls: the pace each account allows, and how well it does. next_send_at is the first moment that no
-- request has taken yet.
CREATE TABLE carrier_accounts (
  workspace_id     BLOB NOT NULL REFERENCES workspaces (id),
  id               BLOB NOT NULL CHECK (length(id) = 16),
  kind             TEXT NOT NULL,
  name             TEXT NOT NULL,
  caller_ids       TEXT NOT NULL CHECK (json_valid(caller_ids)),
  calls_per_second INTEGER NOT NULL,
  live_calls_max   INTEGER NOT NULL,
  next_send_at     INTEGER NOT NULL,
  troubles         INTEGER NOT NULL DEFAULT 0,
  pauses           INTEGER NOT NULL DEFAULT 0,
  paused_until     INTEGER,
  created_at       INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

-- Standing rules by which leads are called.
CREATE TABLE campaigns (
  workspace_id    BLOB NOT NULL REFERENCES workspaces (id),
  id              BLOB NOT NULL CHECK (length(id) = 16),
  is_default      INTEGER NOT NULL,
  state           TEXT NOT NULL,
  rules           TEXT NOT NULL CHECK (json_valid(rules)),
  pipeline_id     BLOB,
  rank            INTEGER NOT NULL,
  problem         TEXT,
  reserved_micros INTEGER NOT NULL DEFAULT 0,
  spent_micros    INTEGER NOT NULL DEFAULT 0,
  planned_to      BLOB,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, pipeline_id) REFERENCES pipelines (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX campaigns_default ON campaigns (workspace_id) WHERE is_default = 1;

-- One attempt each to reach one number.
CREATE TABLE calls (
  workspace_id       BLOB NOT NULL REFERENCES workspaces (id),
  id                 BLOB NOT NULL CHECK (length(id) = 16),
  lead_id            BLOB,
  campaign_id        BLOB,
  account_id         BLOB,
  direction          TEXT NOT NULL,
  phone              TEXT NOT NULL,
  caller_id          TEXT,
  status             TEXT NOT NULL,
  outcome            TEXT,
  priority           TEXT NOT NULL,
  purpose            TEXT NOT NULL,
  voice              TEXT NOT NULL,
  message            TEXT,
  scheduled_for      INTEGER,
  asked_for          INTEGER NOT NULL,
  call_sid           TEXT,
  cause              TEXT,
  answered_by        TEXT,
  agreement          TEXT,
  callback_at        INTEGER,
  problem            TEXT,
  counts             INTEGER NOT NULL,
  attempt_at         INTEGER,
  lead_status_before TEXT,
  deliveries         INTEGER NOT NULL,
  turned_away        INTEGER NOT NULL,
  lost               INTEGER NOT NULL,
  lookups            INTEGER NOT NULL,
  end_asked          INTEGER NOT NULL,
  end_sent_at        INTEGER,
  node               BLOB,
  send_by            INTEGER,
  lease_until        INTEGER,
  reserved_micros    INTEGER NOT NULL,
  cost_micros        INTEGER,
  duration_s         INTEGER,
  created_at         INTEGER NOT NULL,
  created_by         BLOB REFERENCES users (id),
  placing_at         INTEGER,
  ringing_at         INTEGER,
  answered_at        INTEGER,
  ended_at           INTEGER,
  updated_at         INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

-- The last line of defence: one live outbound call per number.
CREATE UNIQUE INDEX calls_live ON calls (workspace_id, phone)
  WHERE direction = 'outbound' AND status IN ('placing', 'ringing', 'in_progress', 'unknown');
CREATE INDEX calls_leased ON calls (workspace_id, lease_until)
  WHERE status IN ('placing', 'ringing', 'in_progress', 'unknown');
CREATE INDEX calls_of_phone ON calls (workspace_id, phone, attempt_at) WHERE counts = 1;
CREATE INDEX calls_queued ON calls (workspace_id, phone) WHERE status = 'queued';
CREATE UNIQUE INDEX calls_by_sid ON calls (workspace_id, call_sid) WHERE call_sid IS NOT NULL;
CREATE INDEX calls_of_lead ON calls (workspace_id, lead_id, id) WHERE lead_id IS NOT NULL;

-- Everything that happened to a call, as it was recorded. What has a key is recorded once.
CREATE TABLE call_events (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  id           BLOB NOT NULL CHECK (length(id) = 16),
  call_id      BLOB NOT NULL,
  key          TEXT,
  kind         TEXT NOT NULL,
  body         TEXT NOT NULL CHECK (json_valid(body)),
  at           INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX call_events_of_call ON call_events (workspace_id, call_id, id);
CREATE UNIQUE INDEX call_events_once ON call_events (workspace_id, call_id, key) WHERE key IS NOT NULL;

-- Who waits to be called. A lane is a campaign's, with leads as its subjects, or that of calls somebody asked for. A
-- place in it is waiting, not to be looked at before ready_at; ready, in the order of rank and turn; out, while its call
-- runs; refused by a rule; or done.
CREATE TABLE line (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  lane         BLOB NOT NULL CHECK (length(lane) = 16),
  subject      BLOB NOT NULL CHECK (length(subject) = 16),
  lead_id      BLOB,
  call_id      BLOB,
  phone        TEXT NOT NULL,
  state        TEXT NOT NULL,
  rank         INTEGER NOT NULL,
  turn         INTEGER NOT NULL,
  ready_at     INTEGER NOT NULL,
  rule         TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, lane, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX line_of_lead ON line (workspace_id, lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX line_of_phone ON line (workspace_id, phone);
CREATE INDEX line_waiting ON line (workspace_id, ready_at) WHERE state = 'waiting';
CREATE INDEX line_ready ON line (workspace_id, lane, rank, turn, subject) WHERE state = 'ready';

-- What is kept of a number besides its calls.
CREATE TABLE held_numbers (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  phone        TEXT NOT NULL,
  until        INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, phone)
) STRICT, WITHOUT ROWID;

-- What the gate said, for ever: at every placing, at every refusal of a call somebody asked for, and whenever its word
-- about a lead changed.
CREATE TABLE decisions (
  workspace_id BLOB NOT NULL REFERENCES workspaces (id),
  id           BLOB NOT NULL CHECK (length(id) = 16),
  lead_id      BLOB,
  call_id      BLOB,
  lane         BLOB NOT NULL,
  decision     TEXT NOT NULL,
  until        INTEGER,
  rule         TEXT NOT NULL,
  says         TEXT NOT NULL,
  rulebook     TEXT NOT NULL,
  calling_at   INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX decisions_of_lead ON decisions (workspace_id, lead_id, id) WHERE lead_id IS NOT NULL;
CREATE INDEX decisions_of_call ON decisions (workspace_id, call_id) WHERE call_id IS NOT NULL;

-- Taken by every unit that places calls or forbids them, so that they stand one after the other.
CREATE TABLE dial_turns (
  workspace_id BLOB NOT NULL PRIMARY KEY REFERENCES workspaces (id),
  turn         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What time it is for calls in a rehearsal: it runs from calling_from at real_from, so many times as fast.
CREATE TABLE calling_clocks (
  workspace_id BLOB NOT NULL PRIMARY KEY REFERENCES workspaces (id),
  real_from    INTEGER NOT NULL,
  calling_from INTEGER NOT NULL,
  speed        REAL NOT NULL
) STRICT, WITHOUT ROWID;
