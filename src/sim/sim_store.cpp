#include "sim/sim_store.h"

#include "db/sqlite_db.h"
#include "store/sqlite_migrations.h"

namespace ringdown::sim {

class SimStore::TracedTx : public SqliteTx {
 public:
  TracedTx(SimStore& store, const Unit& unit)
      : SqliteTx(store.connection_, unit.workspace, unit.writes), store_(store) {}

 protected:
  std::int64_t execute(const Statement& statement, const Values& values, const RowCallback& on_row) override {
    ++store_.statements_;
    store_.trace_.note(store_.timeline_.elapsed(), "sql", {statement.name});
    return SqliteTx::execute(statement, values, on_row);
  }

 private:
  SimStore& store_;
};

SimStore::SimStore(Timeline& timeline, Trace& trace)
    : timeline_(timeline), trace_(trace), connection_(":memory:", SqliteConnection::Mode::read_write) {
  migrate_sqlite(connection_, sqlite_migrations);
}

std::exception_ptr SimStore::run(Unit& unit, UnitEnd end) {
  if (end == UnitEnd::undo_and_commit) attempt(unit, false);
  return attempt(unit, end != UnitEnd::undo);
}

std::exception_ptr SimStore::attempt(Unit& unit, bool keep) {
  connection_.frame(unit.writes ? "BEGIN IMMEDIATE" : "BEGIN");
  TracedTx tx(*this, unit);
  std::exception_ptr problem;
  try {
    keep = unit.work(tx) == Keep::yes && keep && unit.writes;
  } catch (...) {
    problem = std::current_exception();
  }
  if (tx.failed() && !problem) problem = std::make_exception_ptr(*tx.failed());
  if (problem) look_at(problem);
  keep = keep && !problem;

  connection_.frame(keep ? "COMMIT" : "ROLLBACK");
  trace_.note(timeline_.elapsed(), keep ? "commit" : "rollback");
  if (keep) {
    ++commits_;
    if (tx.announced()) announce();
  }
  return problem;
}

void SimStore::look_at(const std::exception_ptr& problem) {
  try {
    std::rethrow_exception(problem);
  } catch (const Breakage& breakage) {
    if (breakage.reason() == Reason::internal) bugs_.emplace_back(breakage.what());
  } catch (const std::exception& exception) {
    bugs_.emplace_back(exception.what());
  }
}

void SimStore::announce() {
  for (Listener& listener : listeners_) timeline_.after(Span(0), listener.node, listener.tell);
}

void SimStore::on_change(NodeId node, std::function<void()> tell) {
  listeners_.push_back({node, std::move(tell)});
}

void SimStore::forget(NodeId node) {
  std::erase_if(listeners_, [node](const Listener& listener) { return listener.node == node; });
}

}  // namespace ringdown::sim
