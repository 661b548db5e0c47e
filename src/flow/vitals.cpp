#include "flow/vitals.h"

#include <map>

#include "store/calls.h"
#include "store/line.h"
#include "store/people.h"

namespace ringdown::flow {
namespace {

constexpr int rounds_shown = 300;
constexpr int workspaces_per_page = 200;

struct Part {
  std::vector<store::CallCount> counts;
  std::int64_t live_calls = 0;
  std::int64_t ready = 0;
  std::int64_t waiting = 0;
};

Part part_of(Tx& tx) {
  Part part{.counts = store::call_counts(tx),
            .ready = store::places_in(tx, LineState::ready, places_counted_max),
            .waiting = store::places_in(tx, LineState::waiting, places_counted_max)};
  for (const auto& live : store::live_calls(tx)) part.live_calls += live.calls;
  return part;
}

class Sum {
 public:
  void add(const Part& part) {
    all_.live_calls += part.live_calls;
    all_.ready += part.ready;
    all_.waiting += part.waiting;
    for (const auto& count : part.counts) {
      if (count.what == store::rang_late)
        all_.late_rings += count.times;
      else
        ended_[{count.what, count.outcome}] += count.times;
    }
  }

  Vitals take() {
    for (const auto& [word, times] : ended_) all_.ended.push_back({word.first, word.second, times});
    return std::move(all_);
  }

 private:
  Vitals all_;
  std::map<std::pair<std::string, std::string>, std::int64_t> ended_;
};

}  // namespace

Task<Vitals> vitals(Db& db) {
  Sum sum;
  int asked = 0;
  WorkspaceId behind{};
  bool has_more = true;
  while (asked < workspaces_asked_max) {
    const auto page = co_await db.instance_read(
        [behind](Tx& tx) { return store::workspaces_after(tx, behind, workspaces_per_page); });
    for (const WorkspaceId id : page) sum.add(co_await db.read(Workspace(id), part_of));
    asked += static_cast<int>(page.size());
    has_more = std::ssize(page) == workspaces_per_page;
    if (!has_more) break;
    behind = page.back();
  }
  Vitals all = sum.take();
  all.has_more = has_more;
  all.rounds = co_await db.instance_read([](Tx& tx) { return store::engine_rounds(tx, rounds_shown); });
  co_return all;
}

}  // namespace ringdown::flow
