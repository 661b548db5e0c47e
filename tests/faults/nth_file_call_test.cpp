// A fault at every single write and sync below SQLite, while units are committed and while a store is made.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <filesystem>

#include "tests/faults/faulty_files.h"
#include "tests/faults/scenario.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

struct Fault {
  std::string says;
  FileCall call;
  int code;
};

const Fault faults[] = {
    {"disk full", FileCall::write, SQLITE_FULL},
    {"a write fails", FileCall::write, SQLITE_IOERR_WRITE},
    {"the file got read-only", FileCall::write, SQLITE_READONLY},
    {"a sync fails", FileCall::sync, SQLITE_IOERR_FSYNC},
};

// What a power cut at this moment leaves: the files without what only memory knows.
std::string all_rows_after_crash(const FreshStore& store) {
  const TempDir dir;
  for (const char* ending : {"", "-wal"}) {
    std::filesystem::copy_file(store.database() + ending, dir / (std::string("copy") + ending));
  }
  return all_rows_sqlite(dir / "copy");
}

void check_state(const FreshStore& store, const std::string& answer, const std::string& before,
                 const std::string& after) {
  CAPTURE(answer);
  REQUIRE((answer == "unavailable" || answer == "commit_unknown"));
  const std::string now = all_rows(store);
  const std::string crashed = all_rows_after_crash(store);
  REQUIRE((now == before || (answer == "commit_unknown" && now == after)));
  REQUIRE((crashed == before || (answer == "commit_unknown" && crashed == after)));
}

// Goes through the day with the n-th call failing; false when the day has fewer calls.
bool fails_at(FilePlan plan, const FreshStore& store, Db& db, const std::vector<std::string>& states) {
  CAPTURE(plan.nth);
  empty(store);
  plan_faults(plan);
  for (std::size_t i = 0; i < long_day().size(); ++i) {
    CAPTURE(long_day()[i].name);
    const std::string answer = answer_of(db, long_day()[i]);
    if (answer.empty()) continue;

    no_more_faults();
    check_state(store, answer, states[i], states[i + 1]);
    if (all_rows(store) == states[i]) REQUIRE(answer_of(db, long_day()[i]) == "");
  }
  no_more_faults();
  REQUIRE(all_rows(store) == states.back());
  return faults_met() > 0;
}

// Makes a store with the n-th call failing, then without; false when it takes fewer calls.
bool opening_fails_at(FilePlan plan) {
  CAPTURE(plan.nth);
  const FreshStore store(StoreKind::sqlite);
  plan_faults(plan);
  try {
    store.open();
  } catch (const Breakage& breakage) {
    CAPTURE(breakage.what());
    REQUIRE(breakage.reason() == Reason::unavailable);
  }
  no_more_faults();
  const bool met = faults_met() > 0;
  const auto db = store.open();
  REQUIRE(answer_of(*db, long_day()[0]) == "");
  return met;
}

}  // namespace

TEST_CASE(
    "a fault at any write or sync leaves nothing of its unit, also after a crash, and the store works on") {
  const FreshStore store(StoreKind::sqlite);
  const auto db = store.open();
  const auto states = undisturbed(store, *db, long_day());
  for (const auto& [says, call, code] : faults) {
    for (const bool lasting : {false, true}) {
      CAPTURE(says);
      CAPTURE(lasting);
      int n = 1;
      while (fails_at({call, code, n, lasting}, store, *db, states)) ++n;
      CHECK(n > static_cast<int>(long_day().size()));
    }
  }
}

TEST_CASE("a fault at any file call while a store is made refuses it, and the next attempt makes it") {
  for (const auto& [says, call, code] : faults) {
    CAPTURE(says);
    int n = 1;
    while (opening_fails_at({call, code, n, true})) ++n;
    CHECK(n > 3);
  }
  int n = 1;
  while (opening_fails_at({FileCall::open, SQLITE_CANTOPEN, n, false})) ++n;
  CHECK(n > 3);
}
