// The database of a simulated world: one SQLite in memory, whose units run one after the other, wherever they
// come from. It survives every node.
#pragma once

#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "db/sqlite_connection.h"
#include "sim/timeline.h"
#include "sim/trace.h"

namespace ringdown::sim {

enum class UnitEnd { commit, undo, undo_and_commit };  // the last: it runs twice

class SimStore {
 public:
  SimStore(Timeline&, Trace&);

  // Runs the unit's work in a transaction; null where it came to its end. It is not answered.
  std::exception_ptr run(Unit&, UnitEnd);

  // A unit of the world's own: nothing can befall it.
  template <class Work>
  auto directly(Workspace workspace, Work work) {
    return perform(workspace, std::move(work));
  }
  template <class Work>
  auto directly(Work work) {
    return perform(std::nullopt, std::move(work));
  }

  void on_change(NodeId, std::function<void()>);
  void forget(NodeId);

  // Bugs that showed in units, whoever caught them afterwards.
  const std::vector<std::string>& bugs() const { return bugs_; }

  std::int64_t commits() const { return commits_; }
  std::int64_t statements() const { return statements_; }

 private:
  class TracedTx;
  struct Listener {
    NodeId node;
    std::function<void()> tell;
  };

  std::exception_ptr attempt(Unit&, bool keep);
  void look_at(const std::exception_ptr& problem);
  void announce();

  template <class Work>
  std::invoke_result_t<Work&, Tx&> perform(std::optional<Workspace> workspace, Work work) {
    using Answer = std::invoke_result_t<Work&, Tx&>;
    std::conditional_t<std::is_void_v<Answer>, std::monostate, std::optional<Answer>> answer{};
    Unit unit{workspace, true, Urgency::normal, {}, {}};
    unit.work = [&](Tx& tx) {
      if constexpr (std::is_void_v<Answer>) {
        work(tx);
      } else {
        answer.emplace(work(tx));
      }
      return Keep::yes;
    };
    if (auto problem = run(unit, UnitEnd::commit)) std::rethrow_exception(problem);
    if constexpr (!std::is_void_v<Answer>) return std::move(*answer);
  }

  Timeline& timeline_;
  Trace& trace_;
  SqliteConnection connection_;
  std::vector<Listener> listeners_;
  std::vector<std::string> bugs_;
  std::int64_t commits_ = 0;
  std::int64_t statements_ = 0;
};

}  // namespace ringdown::sim
