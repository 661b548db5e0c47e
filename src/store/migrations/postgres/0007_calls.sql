-- expand

-- Who carries calls: the pace each account allows, and how well it does. next_send_at is the first moment that no
-- request has taken yet.
CREATE TABLE carrier_accounts (
  workspace_id     uuid NOT NULL REFERENCES workspaces (id),
  id               uuid NOT NULL,
  kind             text NOT NULL,
  name             text NOT NULL,
  caller_ids       jsonb NOT NULL,
  calls_per_second integer NOT NULL,
  live_calls_max   integer NOT NULL,
  next_send_at     timestamptz NOT NULL,
  troubles         integer NOT NULL DEFAULT 0,
  pauses           integer NOT NULL DEFAULT 0,
  paused_until     timestamptz,
  created_at       timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);

-- Standing rules by which leads are called.
CREATE TABLE campaigns (
  workspace_id    uuid NOT NULL REFERENCES workspaces (id),
  id              uuid NOT NULL,
  is_default      boolean NOT NULL,
  state           text COLLATE "C" NOT NULL,
  rules           jsonb NOT NULL,
  pipeline_id     uuid,
  rank            integer NOT NULL,
  problem         text,
  reserved_micros bigint NOT NULL DEFAULT 0,
  spent_micros    bigint NOT NULL DEFAULT 0,
  planned_to      uuid,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, pipeline_id) REFERENCES pipelines (workspace_id, id)
);

CREATE UNIQUE INDEX campaigns_default ON campaigns (workspace_id) WHERE is_default;

-- One attempt each to reach one number.
CREATE TABLE calls (
  workspace_id       uuid NOT NULL REFERENCES workspaces (id),
  id                 uuid NOT NULL,
  lead_id            uuid,
  campaign_id        uuid,
  account_id         uuid,
  direction          text NOT NULL,
  phone              text COLLATE "C" NOT NULL,
  caller_id          text,
  status             text NOT NULL,
  outcome            text,
  priority           text NOT NULL,
  purpose            text NOT NULL,
  voice              text NOT NULL,
  message            text,
  scheduled_for      timestamptz,
  asked_for          boolean NOT NULL,
  call_sid           text,
  cause              text,
  answered_by        text,
  agreement          text,
  callback_at        timestamptz,
  problem            text,
  counts             boolean NOT NULL,
  attempt_at         timestamptz,
  lead_status_before text,
  deliveries         integer NOT NULL,
  turned_away        integer NOT NULL,
  lost               boolean NOT NULL,
  lookups            integer NOT NULL,
  end_asked          boolean NOT NULL,
  end_sent_at        timestamptz,
  node               uuid,
  send_by            timestamptz,
  lease_until        timestamptz,
  reserved_micros    bigint NOT NULL,
  cost_micros        bigint,
  duration_s         integer,
  created_at         timestamptz NOT NULL,
  created_by         uuid REFERENCES users (id),
  placing_at         timestamptz,
  ringing_at         timestamptz,
  answered_at        timestamptz,
  ended_at           timestamptz,
  updated_at         timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);

-- The last line of defence: one live outbound call per number.
CREATE UNIQUE INDEX calls_live ON calls (workspace_id, phone)
  WHERE direction = 'outbound' AND status IN ('placing', 'ringing', 'in_progress', 'unknown');
CREATE INDEX calls_leased ON calls (workspace_id, lease_until)
  WHERE status IN ('placing', 'ringing', 'in_progress', 'unknown');
CREATE INDEX calls_of_phone ON calls (workspace_id, phone, attempt_at) WHERE counts;
CREATE INDEX calls_queued ON calls (workspace_id, phone) WHERE status = 'queued';
CREATE UNIQUE INDEX calls_by_sid ON calls (workspace_id, call_sid) WHERE call_sid IS NOT NULL;
CREATE INDEX calls_of_lead ON calls (workspace_id, lead_id, id) WHERE lead_id IS NOT NULL;

-- Everything that happened to a call, as it was recorded. What has a key is recorded once.
CREATE TABLE call_events (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  id           uuid NOT NULL,
  call_id      uuid NOT NULL,
  key          text,
  kind         text NOT NULL,
  body         jsonb NOT NULL,
  at           timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);

CREATE INDEX call_events_of_call ON call_events (workspace_id, call_id, id);
CREATE UNIQUE INDEX call_events_once ON call_events (workspace_id, call_id, key) WHERE key IS NOT NULL;

-- Who waits to be called. A lane is a campaign's, with leads as its subjects, or that of calls somebody asked for. A
-- place in it is waiting, not to be looked at before ready_at; ready, in the order of rank and turn; out, while its call
-- runs; refused by a rule; or done.
CREATE TABLE line (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  lane         uuid NOT NULL,
  subject      uuid NOT NULL,
  lead_id      uuid,
  call_id      uuid,
  phone        text COLLATE "C" NOT NULL,
  state        text COLLATE "C" NOT NULL,
  rank         integer NOT NULL,
  turn         timestamptz NOT NULL,
  ready_at     timestamptz NOT NULL,
  rule         text COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (workspace_id, lane, subject)
);

CREATE INDEX line_of_lead ON line (workspace_id, lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX line_of_phone ON line (workspace_id, phone);
CREATE INDEX line_waiting ON line (workspace_id, ready_at) WHERE state = 'waiting';
CREATE INDEX line_ready ON line (workspace_id, lane, rank, turn, subject) WHERE state = 'ready';

-- What is kept of a number besides its calls.
CREATE TABLE held_numbers (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  phone        text COLLATE "C" NOT NULL,
  until        timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, phone)
);

-- What the gate said, for ever: at every placing, at every refusal of a call somebody asked for, and whenever its word
-- about a lead changed.
CREATE TABLE decisions (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  id           uuid NOT NULL,
  lead_id      uuid,
  call_id      uuid,
  lane         uuid NOT NULL,
  decision     text NOT NULL,
  until        timestamptz,
  rule         text COLLATE "C" NOT NULL,
  says         text NOT NULL,
  rulebook     text NOT NULL,
  calling_at   timestamptz NOT NULL,
  at           timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);

CREATE INDEX decisions_of_lead ON decisions (workspace_id, lead_id, id) WHERE lead_id IS NOT NULL;
CREATE INDEX decisions_of_call ON decisions (workspace_id, call_id) WHERE call_id IS NOT NULL;

-- Taken by every unit that places calls or forbids them, so that they stand one after the other.
CREATE TABLE dial_turns (
  workspace_id uuid NOT NULL PRIMARY KEY REFERENCES workspaces (id),
  turn         bigint NOT NULL
);

-- What time it is for calls in a rehearsal: it runs from calling_from at real_from, so many times as fast.
CREATE TABLE calling_clocks (
  workspace_id uuid NOT NULL PRIMARY KEY REFERENCES workspaces (id),
  real_from    timestamptz NOT NULL,
  calling_from timestamptz NOT NULL,
  speed        double precision NOT NULL
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['carrier_accounts', 'campaigns', 'calls', 'call_events',
                              'line', 'held_numbers', 'decisions', 'dial_turns', 'calling_clocks'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ringdown_tenant', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ringdown_tenant USING (workspace_id = '
                   '(SELECT nullif(current_setting(''ringdown.workspace'', true), '''')::uuid))', name);
  END LOOP;
END
$$;
