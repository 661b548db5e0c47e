#include "api/health.h"

#include "api/api.h"
#include "base/log.h"
#include "flow/pulse.h"
#include "ports/clock.h"
#include "ports/db.h"
#include "ports/hook.h"
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
  std::optional<Time> callbacks_unchecked_until;
};
BOOST_DESCRIBE_STRUCT(Readiness, (), (status, store, migration, dialing, engine, callbacks_unchecked_until))

Task<Result<Health>> healthz(Asked&) {
  co_return Health{"ok"};
}

std::string since(const store::EngineRound& round) {
  return round.heard_at == Time{} ? "it was never heard of"
                                  : "nothing was heard of it since " + to_text(round.heard_at);
}

std::optional<Time> unchecked(const HookReader* hooks, Time now) {
  const auto until = hooks != nullptr ? hooks->unchecked_until() : std::nullopt;
  return until && now < *until ? until : std::nullopt;
}

Result<Readiness> readiness(Tx& tx, const flow::Engine* engine, const HookReader* hooks, Time now) {
  const auto stalled = engine ? flow::stalled_round(tx, engine->node, now) : std::nullopt;
  if (stalled) {
    return fail(Reason::unavailable,
                "not ready: engine: stalled (" + stalled->kind + " round: " + since(*stalled) + ")");
  }
  return Readiness{.status = "ready",
                   .store = "ok",
                   .migration = store::newest_migration(tx),
                   .dialing = store::dialing_pause(tx) ? "paused" : "on",
                   .engine = engine ? "ok" : "off",
                   .callbacks_unchecked_until = unchecked(hooks, now)};
}

Task<Result<Readiness>> readyz(Asked& asked) {
  try {
    co_return co_await asked.api.db.instance_read(
        [engine = asked.api.engine, hooks = asked.api.hooks, now = asked.api.clock.now()](Tx& tx) {
          return readiness(tx, engine, hooks, now);
        });
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
