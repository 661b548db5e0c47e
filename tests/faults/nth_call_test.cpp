// A failure at every single call that the units of a day make to the store.
#include <doctest/doctest.h>

#include <set>

#include "tests/faults/scenario.h"
#include "tests/support/watched_db.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

// Goes through the day with the n-th call failing; false when the day has fewer calls.
bool fails_at(int n, const FreshStore& store, Db& db, const std::vector<std::string>& states) {
  CAPTURE(n);
  empty(store);
  int calls = 0;
  WatchedDb watched(db, [&](const Statement&) {
    if (++calls == n) throw Breakage(Reason::unavailable, "the test says so");
  });
  bool failed = false;
  for (std::size_t i = 0; i < long_day().size(); ++i) {
    CAPTURE(long_day()[i].name);
    const std::string answer = answer_of(watched, long_day()[i]);
    if (answer.empty()) continue;

    failed = true;
    REQUIRE(answer == "unavailable");
    REQUIRE(all_rows(store) == states[i]);
    REQUIRE(answer_of(watched, long_day()[i]) == "");
  }
  REQUIRE(all_rows(store) == states.back());
  return failed;
}

}  // namespace

TEST_CASE("a failure at any call leaves nothing of its unit, and doing it again ends the same") {
  for (const StoreKind kind : {StoreKind::sqlite, StoreKind::postgres}) {
    CAPTURE(to_text(kind));
    const FreshStore store(kind);
    const auto db = store.open(1);
    const auto states = undisturbed(store, *db, long_day());
    REQUIRE(std::set(states.begin(), states.end()).size() == long_day().size() + 1);

    int n = 1;
    while (fails_at(n, store, *db, states)) ++n;
    CHECK(n > 40);
  }
}
