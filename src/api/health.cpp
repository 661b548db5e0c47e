#include "api/health.h"

#include "api/api.h"
#include "base/log.h"
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
};
BOOST_DESCRIBE_STRUCT(Readiness, (), (status, store, migration, dialing))

Task<Result<Health>> healthz(Asked&) {
  co_return Health{"ok"};
}

Task<Result<Readiness>> readyz(Asked& asked) {
  try {
    co_return co_await asked.api.db.instance_read([](Tx& tx) {
      return Readiness{"ready", "ok", store::newest_migration(tx),
                       store::dialing_pause(tx) ? "paused" : "on"};
    });
  } catch (const Breakage& breakage) {
    log::warn("not ready", {{"request", asked.request.id}, {"reason", breakage.what()}});
  }
  co_return fail(Reason::unavailable, "not ready: the store does not answer");
}

}  // namespace

const RouteTable health_routes = {
    route(Verb::get, "/healthz", "The process runs and answers", Access::open, healthz),
    route(Verb::get, "/readyz", "The store answers and has a schema", Access::open, readyz),
};

}  // namespace ringdown
