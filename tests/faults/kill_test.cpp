// kill -9 in the middle of groups of units, again and again on the same store.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <random>
#include <set>

#include "tests/faults/units.h"
#include "tests/faults/victim.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr int kills = 50;
constexpr int answers_max = 200;                // before a kill
constexpr std::uint64_t units_a_run = 1 << 20;  // more than any run gets to

std::uint32_t a_seed() {
  const char* given = std::getenv("RINGDOWN_TEST_SEED");
  const auto seed = given ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device{}();
  std::printf("RINGDOWN_TEST_SEED=%u\n", seed);
  return seed;
}

std::string where(const FreshStore& store) {
  return store.kind() == StoreKind::postgres ? PostgresServer::shared().app_url(store.database())
                                             : store.database();
}

// Kills after so many answers; hands over every unit that was answered, also on the way to its death.
std::set<std::uint64_t> answered_before_kill(const FreshStore& store, std::uint64_t first, int answers) {
  Victim victim({"write", store.kind() == StoreKind::postgres ? "postgres" : "sqlite", where(store),
                 std::to_string(first)});
  REQUIRE(victim.line() == "open");
  std::set<std::uint64_t> answered;
  while (const auto line = victim.line()) {
    if (!answered.insert(std::stoull(*line)).second) FAIL("answered twice: " << *line);
    if (static_cast<int>(answered.size()) == answers) victim.kill();
  }
  return answered;
}

// Units that are half there, or that took themselves back, or that were answered and are not there.
std::vector<std::uint64_t> wrong(const FreshStore& store, const std::set<std::uint64_t>& answered) {
  const auto parts = parts_in(store);
  std::vector<std::uint64_t> units;
  for (const auto& [n, part] : parts) {
    if (part != Part::whole || comes_to_nothing(n)) units.push_back(n);
  }
  std::ranges::copy_if(answered, std::back_inserter(units),
                       [&](std::uint64_t n) { return !parts.contains(n); });
  return units;
}

}  // namespace

TEST_CASE("after kill -9 every answered unit is there, none twice, none half") {
  const std::uint32_t seed = a_seed();
  CAPTURE(seed);
  std::mt19937 chance(seed);
  std::uniform_int_distribution<int> how_many(1, answers_max);
  for (const StoreKind kind : {StoreKind::sqlite, StoreKind::postgres}) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    make_workspace(*store.open(1));
    std::set<std::uint64_t> answered;
    for (std::uint64_t run = 0; run < kills; ++run) {
      answered.merge(answered_before_kill(store, run * units_a_run, how_many(chance)));
      REQUIRE(wrong(store, answered) == std::vector<std::uint64_t>{});
    }

    CHECK(answered.size() > kills);
    if (kind == StoreKind::sqlite) CHECK(look(store, "PRAGMA integrity_check") == TextRows{{"ok"}});
  }
}
