// Disks that fill up, wear out or get read-only in the middle of a group of units, and then mend.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <algorithm>

#include "store/people.h"
#include "tests/faults/faulty_files.h"
#include "tests/faults/handles.h"
#include "tests/faults/units.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr std::uint64_t many = 40;
constexpr std::uint64_t fat = 21;  // the one that needs more room than there is

void add_large(Tx& tx, std::uint64_t n) {
  write_rows(tx, n);
  const std::string large(400'000, 'x');
  store::add_api_key(
      tx, {nth<WorkspaceTag>(0), nth<store::ApiKeyTag>(n), large, "", nth<UserTag>(2 * n), tuesday, {}, {}},
      Bytes(32, 0));
}

struct Case {
  std::string says;
  FileCall call;
  int code;
  std::string answer;
};

const Case cases[] = {
    {"the disk is full", FileCall::write, SQLITE_FULL, "unavailable"},
    {"the file got read-only", FileCall::write, SQLITE_READONLY, "unavailable"},
    {"the disk fails to write", FileCall::write, SQLITE_IOERR_WRITE, "unavailable"},
    {"the disk fails to sync", FileCall::sync, SQLITE_IOERR_FSYNC, "commit_unknown"},
};

}  // namespace

TEST_CASE(
    "a unit that fills the disk in the middle of a group is refused alone, and works once there is room") {
  const FreshStore store(StoreKind::sqlite);
  const SqliteHandles handles;
  auto db = store.open();
  make_workspace(*db);
  Told told;
  Gate gate;
  std::atomic<int> runs = 0;
  gate.hold(*db, told);
  told.submit(*db, {}, [&](Tx&) { return handles.no_room_beyond(30), Keep::yes; });
  for (std::uint64_t n = 0; n < many; ++n) {
    told.submit(*db, workspace_of(n), [&, n](Tx& tx) {
      ++runs;
      n == fat ? add_large(tx, n) : write_rows(tx, n);
      return Keep::yes;
    });
  }
  gate.open();

  const auto answers = told.wait();
  for (std::uint64_t n = 0; n < many; ++n) CHECK(answers[n + 2] == (n == fat ? "unavailable" : ""));
  CHECK(runs > static_cast<int>(many));  // those before it ran again
  CHECK(!parts_in(store).contains(fat));

  await(db->instance([&](Tx&) { handles.room_again(); }));
  await(db->instance([](Tx& tx) { add_large(tx, fat); }));
  db.reset();
  const auto parts = parts_in(store);
  CHECK(parts.size() == many);
  CHECK(std::ranges::all_of(parts, [](const auto& part) { return part.second == Part::whole; }));
}

TEST_CASE(
    "a group whose disk fails at COMMIT is refused as a whole, and the same Db works once the disk does") {
  for (const auto& [says, call, code, answer] : cases) {
    CAPTURE(says);
    const FreshStore store(StoreKind::sqlite);
    auto db = store.open();
    make_workspace(*db);
    Told told;
    Gate gate;
    gate.hold(*db, told);
    plan_faults({call, code, call == FileCall::sync ? 1 : 3, true});
    for (std::uint64_t n = 0; n < many; ++n) told.submit(*db, n);
    gate.open();
    auto answers = told.wait();
    no_more_faults();

    CHECK(faults_met() > 0);
    const auto parts = parts_in(store);
    for (std::uint64_t n = 0; n < many; ++n) {
      if (answers[n + 1].empty()) CHECK(parts.contains(n));
      if (answers[n + 1] == "unavailable") CHECK(!parts.contains(n));
    }
    CHECK(std::ranges::count(answers, answer) > 0);

    Told again;
    for (std::uint64_t n = many; n < 2 * many; ++n) again.submit(*db, n);
    answers = again.wait();
    CHECK(std::ranges::count(answers, "") == static_cast<std::ptrdiff_t>(many));
    db.reset();
    const auto after = parts_in(store);
    for (std::uint64_t n = many; n < 2 * many; ++n) CHECK(after.contains(n));
    CHECK(std::ranges::all_of(after, [](const auto& part) { return part.second == Part::whole; }));
  }
}
