#include "api/health.h"

#include "api/api.h"
#include "base/log.h"
#include "flow/pulse.h"
#include "ports/clock.h"
#include "ports/db.h"
#include "store/facts.h"
#include "store/schema.h"

namespace ringdown {
namespace {

struct Health {
  std::string status;
};
BOOST_DESCRIBE_STRUCT(Health, (), (status))

struct Readiness {
  std::string status;
  std::string store;
  std::optional<std::string> migration;
  std::string dialing;  // on, or paused as after a restore
  std::string engine;   // ok, or off where this node dials nothing
};
BOOST_DESCRIBE_STRUCT(Readiness, (), (status, store, migration, dialing, engine))

Task<Result<Health>> healthz(Asked&) {
  co_return Health{"ok"};
}

std::string since(const store::EngineRound& round) {
  return round.heard_at == Time{} ? "it was never heard of"
                                  : "nothing was heard of it since " + to_text(round.heard_at);
}

Result<Readiness> readiness(Tx& tx, const flow::Engine* engine, Time now) {
  const auto stalled = engine ? flow::stalled_round(tx, engine->node, now) : std::nullopt;
  if (stalled) {
    return fail(Reason::unavailable,
                "not ready: engine: stalled (" + stalled->kind + " round: " + since(*stalled) + ")");
  }
  return Readiness{"ready", "ok", store::newest_migration(tx), store::dialing_pause(tx) ? "paused" : "on",
                   engine ? "ok" : "off"};
}

Task<Result<Readiness>> readyz(Asked& asked) {
  try {
    co_return co_await asked.api.db.instance_read([engine = asked.api.engine, now = asked.api.clock.now()](
                                                      Tx& tx) { return readiness(tx, engine, now); });
  } catch (const Breakage& breakage) {
    log::warn("not ready", {{"request", asked.request.id}, {"reason", breakage.what()}});
  }
  co_return fail(Reason::unavailable, "not ready: the store does not answer");
}

}  // namespace

const RouteTable health_routes = {
    route(Verb::get, "/healthz", "The process runs and answers", Access::open, healthz),
    route(Verb::get, "/readyz", "The store answers and has a schema, and the engine goes round", Access::open,
          readyz),
};

}  // namespace ringdown
