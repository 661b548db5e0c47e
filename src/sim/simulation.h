// One seed, from its first call to its verdict: builds the world and its house, lets the real engine run in
// it, stops the faults, waits for the end of everything, and judges.
#pragma once

#include "domain/atlas.h"
#include "domain/rulebook.h"
#include "sim/invariants.h"
#include "sim/world.h"

namespace ringdown::sim {

// Texts of assets, made for the simulator: its people have numbers that are reserved for films, so these may
// ring.
std::string where_films_are_real(std::string numbering_toml);

struct SimulationOptions {
  std::uint64_t seed = 1;
  int leads = 100;
  int days = 3;
  std::optional<Span> lasts{};  // instead of days
  Span settles_for = 3h;        // after the faults: leases, look-ups, calls that wait at the carrier
  std::string faults = "all";   // as Faults::read takes it
  Span creation_delay_max = 9min;
  Trace::Reader reader{};
  WorldOptions::FateMaker fate{};  // another one than the seed's
};

struct Totals {
  std::int64_t requests = 0;
  std::int64_t calls = 0;  // that the carrier made
  std::int64_t rings = 0;
  int late_rings = 0;
  int deaths = 0;
  std::int64_t commits = 0;
  std::int64_t statements = 0;
  std::map<std::string, std::int64_t> outcomes;
  std::map<std::string, std::int64_t> leads;    // by their state
  std::map<std::string, std::int64_t> why_not;  // places in the line, by the rule that holds them
};

struct Outlook {
  std::string faults;
  Totals totals;
  std::string trace_hash;
  Broken broken;
};

Result<Outlook> simulate(const SimulationOptions&, const Atlas&, const Rulebook&);

std::string replay_command(const SimulationOptions&);

}  // namespace ringdown::sim
