#include "sim/sim_db.h"

#include "base/result.h"

namespace ringdown::sim {
namespace {

std::exception_ptr breakage(Reason reason, const char* text) {
  return std::make_exception_ptr(Breakage(reason, text));
}

}  // namespace

void SimDb::submit(Unit unit) {
  timeline_.after(fate_.unit_delay(node_), node_, [this, unit = std::move(unit)]() mutable { run(unit); });
}

// A unit that throws, or is not to be kept, has done nothing: then a lost answer to COMMIT cannot be.
void SimDb::run(Unit& unit) {
  switch (fate_.of_unit(node_, unit.writes)) {
    case UnitFate::done: return unit.done(store_.run(unit, UnitEnd::commit));
    case UnitFate::done_twice: return unit.done(store_.run(unit, UnitEnd::undo_and_commit));
    case UnitFate::failed: return unit.done(breakage(Reason::unavailable, "the database is away"));
    case UnitFate::lost_done: {
      const auto problem = store_.run(unit, UnitEnd::commit);
      return unit.done(problem ? problem : breakage(Reason::commit_unknown, "the answer to COMMIT is lost"));
    }
    case UnitFate::lost_undone: {
      const auto problem = store_.run(unit, UnitEnd::undo);
      return unit.done(problem ? problem : breakage(Reason::commit_unknown, "the answer to COMMIT is lost"));
    }
    case UnitFate::died_before: return die_();
    case UnitFate::died_after: {
      store_.run(unit, UnitEnd::commit);
      return die_();
    }
  }
}

}  // namespace ringdown::sim
