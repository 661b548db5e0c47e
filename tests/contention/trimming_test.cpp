// Forgetting old changes while others write and read: a reader that fell behind is told so, never handed a
// gap.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/contention/cluster.h"
#include "tests/contention/ledger.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

using store::ChangePosition;

constexpr int writers = 3;
constexpr int units_each = 60;
constexpr auto kept_for = Span(20);  // ticks: every write is one

struct Page {
  ChangePosition from;
  bool known;
  bool held_back;  // a trimmer may still run when the last writer is done
  ChangePosition end;
  std::vector<ChangePosition> positions;
};

// What was committed, where, by those who did it.
struct Ledger {
  std::mutex mutex;
  std::set<ChangePosition> committed;
  std::atomic<int> writing = writers;

  void note(ChangePosition position) {
    const std::lock_guard lock(mutex);
    committed.insert(position);
  }
};

void write_all(Db& db, Workspace workspace, Ticks& ticks, Ledger& ledger) {
  for (int i = 0; i < units_each; ++i) {
    ledger.note(await(db.instance([&](Tx& tx) {
      const Values values{workspace.id(), "lead", Null{}, ticks.next()};
      const auto position = *tx.row<ChangePosition>(stamp_change, values);
      for (int dawdles = 0; dawdles < i % 5 * 3; ++dawdles) store::changes_end(tx);
      return position;
    })));
  }
  --ledger.writing;
}

std::vector<Page> read_all(Db& db, int limit, Ledger& ledger) {
  std::vector<Page> pages;
  ChangePosition at;
  for (bool last = false; !last;) {
    const bool all_written = ledger.writing == 0;
    pages.push_back(await(db.instance_read([=](Tx& tx) {
      Page page{at, store::changes_known(tx, at), store::changes_held_back(tx), store::changes_end(tx), {}};
      for (const auto& change : store::changes_after(tx, at, limit))
        page.positions.push_back(change.position());
      return page;
    })));
    const Page& page = pages.back();
    last = all_written && page.known && !page.held_back && page.positions.empty();
    if (!page.known) {
      at = page.end;
    } else if (!page.positions.empty()) {
      at = page.positions.back();
    }
  }
  return pages;
}

// A page is what was committed right behind the place it was asked from, without a gap.
bool agrees(const Page& page, const std::set<ChangePosition>& committed) {
  auto expected = committed.upper_bound(page.from);
  for (const ChangePosition& position : page.positions) {
    if (expected == committed.end() || *expected++ != position) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a reader that trimming has overtaken is told, and no page has a gap") {
  for (const StoreKind kind : contended_stores) {
    CAPTURE(to_text(kind));
    Cluster cluster(kind);
    const Workspace clinic = a_workspace(cluster.node(0));
    Ticks ticks;
    Ledger ledger;
    std::array<std::vector<Page>, threads> pages;
    std::int64_t trimmed = 0;

    side_by_side([&](int n) {
      Db& db = cluster.node(n);
      if (n < writers) return write_all(db, clinic, ticks, ledger);
      if (n > writers) {
        pages[static_cast<std::size_t>(n)] = read_all(db, n % 2 == 0 ? 1 : 5, ledger);
        return;
      }
      for (bool last = false; !last;) {
        last = ledger.writing == 0;
        trimmed +=
            await(db.instance([&](Tx& tx) { return store::trim_changes(tx, ticks.next() - kept_for); }));
      }
    });

    CHECK(ledger.committed.size() == writers * units_each);
    CHECK(trimmed > 0);
    CHECK(all_changes(cluster.node(0)).size() == ledger.committed.size() - static_cast<std::size_t>(trimmed));
    for (const auto& reader : pages) {
      for (const Page& page : reader) CHECK((!page.known || agrees(page, ledger.committed)));
      if (!reader.empty())
        CHECK(std::max(reader.back().from, reader.back().end) == *ledger.committed.rbegin());
    }
    CHECK_FALSE(await(cluster.node(0).instance_read([](Tx& tx) { return store::changes_known(tx, {}); })));
  }
}
