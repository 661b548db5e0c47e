// What dials: rounds that plan, place and look after calls. They run on the engine's loop of every node; what
// they agree on is in the store, so any of them may stop at any moment.
#pragma once

#include "domain/atlas.h"
#include "domain/call_event.h"
#include "domain/rulebook.h"
#include "ports/carrier.h"
#include "ports/chance.h"
#include "ports/clock.h"
#include "ports/db.h"

namespace ringdown::flow {

// The bounds of the engine, and its assumptions about the world.
struct EnginePolicy {
  int judged_per_unit = 100;           // rows of the line, when what is due gets ready
  int claimed_per_unit = 32;           // calls placed by one transaction
  int looked_at_per_unit = 64;         // ready rows among which those are found
  int workspaces_per_round = 16;
  int leads_per_plan_unit = 500;
  Span send_after = 250ms;             // a request begins no sooner after its claim: COMMIT takes time
  Span send_tolerance = 100ms;         // nor later than this after its moment
  Span placing_lease = 30s;            // until somebody looks what became of a request
  Span ring_grace = 60s;               // the same after ringing and after talking have to be over
  Span creation_delay_max = 10min;     // the carrier lists a call it made within that time
  Span lookup_every = 60s;             // while nobody knows what became of a request
  Span queued_at_carrier_max = 5min;   // then a call that does not ring yet is taken back
  Span nap = 1s;                       // between rounds without work
  Span round_lease = 5s;               // then a round that does not end is anybody's
  Span plan_every = 5min;
  Span blind = 60s;                    // however little is known, work is looked at again
  Span beat_every = 2s;                // between two notes that the engine goes round
  Span stalls_after = 8s;              // a round of which nothing is heard for so long stands still
  Span carrier_patience = 60s;         // the same while it waits for the carrier's answer
  int deliveries_max = 3;
  double rehearsal_speed = 1;          // of the calling clock of rehearsals
};

class Pulse;

struct Engine {
  Db& db;
  Clock& clock;
  Chance& chance;
  Carrier& carrier;
  const Atlas& atlas;
  const Rulebook& rules;
  Uuid node;
  EnginePolicy policy{};
  Pulse* pulse = nullptr;  // where its rounds say that they go on
};

// Rounds without end.
Task<void> keep_planning(Engine);
Task<void> keep_dialing(Engine);
Task<void> keep_reconciling(Engine);

// All of them, each beside the others on its own loop.
std::vector<Task<void>> rounds_of(const Engine&);

}  // namespace ringdown::flow
