#include "app/housekeeping.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/log.h"
#include "flow/sessions.h"

namespace ringdown {
namespace {

constexpr Span every = 1h;

Task<void> sweep_once(Db& db, Clock& clock) {
  try {
    co_await db.instance([&clock](Tx& tx) { flow::sweep(tx, clock.now()); }, Urgency::bulk);
  } catch (const Breakage& breakage) {
    log::warn("old sessions and limits stay for another hour", {{"reason", breakage.what()}});
  }
}

Task<void> keep_house(Db& db, Clock& clock) {
  while (true) {
    co_await sweep_once(db, clock);
    co_await clock.sleep_until(clock.now() + every);
  }
}

}  // namespace

void start_housekeeping(const Loops& loops, Db& db, Clock& clock) {
  boost::asio::co_spawn(loops.executor(), keep_house(db, clock), boost::asio::detached);
}

}  // namespace ringdown
