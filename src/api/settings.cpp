#include "api/settings.h"

#include "api/api.h"
#include "ports/clock.h"
#include "store/changes.h"
#include "store/settings.h"

namespace ringdown {
namespace {

Task<Result<Settings>> get_settings(Asked& asked);
Task<Result<Settings>> put_settings(Asked& asked, Body<SettingsChange> body);

}  // namespace

const RouteTable settings_routes = {
    route(Verb::get, "/api/settings", "What this workspace has set, defaults included", Access::rep,
          get_settings),
    route(Verb::put, "/api/settings", "Sets what is named and leaves the rest", Access::admin, put_settings),
};

namespace {

Task<Result<Settings>> get_settings(Asked& asked) {
  auto work = [](Tx& tx) { return store::load_settings(tx); };
  co_return co_await asked.api.db.read(asked.workspace(), std::move(work));
}

Task<Result<Settings>> put_settings(Asked& asked, Body<SettingsChange> body) {
  auto work = [change = std::move(body.value), &clock = asked.api.clock, by = asked.user()](Tx& tx) {
    const Time now = clock.now();
    store::save_settings(tx, change, now, by);
    store::add_change(tx, "settings", std::nullopt, now);
    return store::load_settings(tx);
  };
  co_return co_await asked.api.db.write(asked.workspace(), std::move(work));
}

}  // namespace
}  // namespace ringdown
