// For schedulers outside: leads are looked for and called now, as a start of the automation would have it.
#include "api/api.h"
#include "api/dialing.h"
#include "api/shown_secret.h"
#include "flow/hurry.h"

namespace ringdown {
namespace {

struct Hurried {
  std::int64_t hurried;
};
BOOST_DESCRIBE_STRUCT(Hurried, (), (hurried))

}  // namespace

template <>
inline constexpr auto json_rules<Hurried> =
    rules_of<Hurried>(field(&Hurried::hurried, says("how often work that was to wait waits no longer")));

namespace {

Task<Result<Hurried>> hurry(Asked& asked) {
  if (!shows(asked.request, asked.api.config.cron_secret)) {
    co_return fail(
        Reason::unauthenticated,
        "send the configured cron_secret as Authorization: Bearer; without one nobody may do this");
  }
  co_return Hurried{co_await flow::hurry_everywhere(asked.api.db, asked.api.clock)};
}

}  // namespace

const RouteTable cron_routes = {
    route(Verb::get, "/api/cron", "Leads are looked for and called now; takes the cron secret", Access::open,
          hurry),
    route(Verb::post, "/api/cron", "The same", Access::open, hurry),
};

}  // namespace ringdown
