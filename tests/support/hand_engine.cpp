#include "tests/support/hand_engine.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace ringdown::test {

void CountingDb::submit(Unit unit) {
  ++under_way_;
  unit.done = [this, done = std::move(unit.done)](std::exception_ptr problem) mutable {
    done(std::move(problem));
    --under_way_;  // its answer is on the loop by now
  };
  real_.submit(std::move(unit));
}

HandEngine::HandEngine(const flow::Engine& engine, HandClock& clock) : clock_(clock), db_(engine.db) {
  const flow::Engine own{.db = db_,
                         .clock = engine.clock,
                         .chance = engine.chance,
                         .carrier = engine.carrier,
                         .atlas = engine.atlas,
                         .rules = engine.rules,
                         .node = engine.node,
                         .policy = engine.policy,
                         .pulse = engine.pulse};
  for (auto& round : flow::rounds_of(own)) {
    boost::asio::co_spawn(loop_, std::move(round), boost::asio::detached);
  }
}

HandEngine::~HandEngine() {
  settle();
}

void HandEngine::settle() {
  while (true) {
    const bool is_busy = db_.is_busy();
    if (loop_.poll() > 0) continue;
    if (!is_busy) return;
    loop_.run_one_for(
        1ms);  // a unit may have been answered, and its answer run, before it is counted as done
  }
}

void HandEngine::run(Span span) {
  const Time end = clock_.now() + span;
  settle();
  for (auto next = clock_.next_waking(); next && *next <= end; next = clock_.next_waking()) {
    clock_.advance(std::max(Span{0}, *next - clock_.now()));
    settle();
  }
  clock_.advance(std::max(Span{0}, end - clock_.now()));
  settle();
}

}  // namespace ringdown::test
