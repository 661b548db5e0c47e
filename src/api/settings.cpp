#include "api/settings.h"

#include "api/api.h"
#include "api/sign_in.h"
#include "flow/line_up.h"
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
  auto work = [change = std::move(body.value), act = act_of(asked, asked.api.clock.now())](Tx& tx) {
    const Settings before = store::load_settings(tx);
    store::save_settings(tx, change, act.now, act.user);
    const Settings after = store::load_settings(tx);
    flow::settings_changed(tx, before, after, act.now);
    store::add_change(tx, "settings", std::nullopt, act.now);
    flow::note_here(tx, act, "settings changed");
    return after;
  };
  co_return co_await asked.api.db.write(asked.workspace(), std::move(work));
}

}  // namespace
}  // namespace ringdown
