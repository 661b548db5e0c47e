#include "api/events.h"

#include "api/api.h"
#include "api/live.h"
#include "base/expect.h"

namespace ringdown {
namespace {

// Who asked must come out the same when the same request is looked at again.
struct AskAgain {
  Api& api;
  std::shared_ptr<Request> request;
  Caller caller;

  Task<bool> operator()() const {
    const auto now = co_await api.identify(*request, api);
    co_return now && *now && (*now)->user == caller.user && (*now)->workspace == caller.workspace &&
        (*now)->role == caller.role;
  }
};

Task<Result<Response>> events(Asked& asked) {
  expect(asked.api.live != nullptr && asked.api.identify, "who serves events knows how to identify a caller");
  const auto last = asked.request.headers.find("Last-Event-ID");
  co_return asked.api.live->answer(
      {.workspace = asked.workspace().id(),
       .role = asked.caller->role.value_or(Role::rep),  // a key has none
       .last_event_id = last ? std::optional<std::string>(*last) : std::nullopt,
       .still_may = AskAgain{asked.api, std::make_shared<Request>(asked.request), *asked.caller}});
}

}  // namespace

const RouteTable live_routes = {
    route(Verb::get, "/api/events", "What changes, as it happens", Access::rep, events)
        .answers("text/event-stream"),
};

}  // namespace ringdown
