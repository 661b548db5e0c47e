// What must hold in every simulated world, whatever happened in it: judged by the carrier's ledger and what
// the database says at the end, after faults have stopped and everything had time to come to its end.
#pragma once

#include "domain/call.h"
#include "domain/line.h"
#include "sim/house.h"
#include "sim/ledger.h"

namespace ringdown::sim {

// What is left of a world.
struct Remains {
  const Ledger& ledger;
  const House& house;
  Time ended_at;
  std::vector<Call> calls;
  std::vector<Lead> leads;
  std::vector<LinePlace> line;
  Campaign campaign;
};

using Broken = std::vector<std::string>;

// ---- of requests, by the ledger ----
void only_lawful_requests(const Remains&, Broken&);     // consent, list, hours where the called person is
void no_request_under_a_ban(const Remains&, Broken&);   // pauses, cancellations, opt-outs
void one_request_per_attempt(const Remains&, Broken&);  // but where the carrier said: not now
void one_live_call_per_number(const Remains&, Broken&);
void gaps_and_caps_are_kept(const Remains&, Broken&);  // those whose end is unknown count
void pace_is_kept(const Remains&, Broken&);            // rate, concurrency, spend

// ---- of what is known at the end ----
void every_ring_is_known(const Remains&,
                         Broken&);  // each call of the ledger is one attempt of ours, and ended so
void nothing_stays_open(const Remains&, Broken&);
void every_lead_counts_once(const Remains&, Broken&);
void nobody_is_forgotten(const Remains&, Broken&);  // who may still be called has a place in the line
void money_adds_up(const Remains&, Broken&);

Broken broken_invariants(const Remains&);

// Calls that rang although a pause, a cancellation or an opt-out was in force by then: asked for before it.
int late_rings(const Remains&);

}  // namespace ringdown::sim
