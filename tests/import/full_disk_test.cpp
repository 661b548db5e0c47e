// A disk that fills while a file comes in, or while it is read: nothing is half there, and once there is room
// again everything goes on.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "flow/housekeeping.h"
#include "tests/faults/faulty_files.h"
#include "tests/import/desk.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr int rows = 300;

std::string file() {
  std::string text = "phone,name\r\n";
  for (int i = 0; i < rows; ++i) text += fmt::format("+1212555{:04},Lead {}\r\n", 100 + i % 100, i);
  return text;
}

// Reads it with the n-th write and all after it failing, then without; false where there are fewer writes.
bool goes_on_after(int n, const std::string& expected) {
  CAPTURE(n);
  Desk desk(StoreKind::sqlite);
  desk.policy.rows_per_unit = 100;
  const std::string id = desk.upload({{"file", file(), "leads.csv"}});
  plan_faults({.call = FileCall::write, .code = SQLITE_FULL, .nth = n, .lasting = true});
  try {
    desk.run();
  } catch (const Breakage& breakage) {
    CHECK(breakage.reason() == Reason::unavailable);
    desk.house().clock().advance(1s);
  }
  no_more_faults();
  const bool met = faults_met() > 0;
  if (met) {
    const Progress stopped = desk.progress(id);
    CHECK(stopped.counts.created == stopped.counts.rows);
    CHECK(std::ssize(cells_of(desk.export_all())) == stopped.counts.rows + 1);
    CHECK(std::ssize(desk.report(id)) == stopped.counts.rows);
  }
  desk.run();
  CHECK(desk.progress(id).state == "done");
  CHECK(desk.progress(id).counts == Counts{.rows = rows, .created = rows});
  CHECK(desk.report(id).size() == rows);
  CHECK(difference(desk.export_all(), expected) == "");
  return met;
}

}  // namespace

TEST_CASE("a disk that is full at any write while a file is read costs no row, and none is there twice") {
  Desk desk(StoreKind::sqlite);
  CHECK(desk.import(file()).counts.created == rows);
  const std::string expected = desk.export_all();

  int n = 1;
  for (int step = 1; goes_on_after(n, expected); n += step) step = n < 8 ? 1 : 3;
  CHECK(n > 8);
}

TEST_CASE("an upload that the disk has no room for is answered so, and leaves nothing once there is room") {
  Desk desk(StoreKind::sqlite);
  const std::string big = "phone\r\n" + std::string(3 << 20, '1');
  int refused = 0;
  for (int n = 1; n < 60; n += 7) {
    plan_faults({.call = FileCall::write, .code = SQLITE_FULL, .nth = n, .lasting = true});
    const ApiAnswer answer = desk.house().api().send(
        {.request = "POST /api/leads/import",
         .headers = {{"Cookie", "ringdown_session=" + desk.owner().cookie("ringdown_session")},
                     {"Sec-Fetch-Site", "same-origin"},
                     {"Content-Type", form_type}},
         .body = form_of({{"file", big, "leads.csv"}})});
    no_more_faults();
    if (answer.status == 202) continue;
    ++refused;
    CHECK(answer.status == 503);
    CHECK(answer.body.contains("unavailable"));
  }
  CHECK(refused > 2);

  CHECK(desk.import("phone\r\n+12125550101\r\n").state == "done");
  desk.house().clock().advance(3h);
  await(tidy_up(desk.house().api().db(), desk.house().clock(), nth<struct NodeTag>(1).value));
  CHECK_FALSE(desk.owner().get("/api/leads/imports").body.contains("uploading"));
}
