#include "api/router.h"

#include <algorithm>
#include <limits>

#include "api/browser.h"
#include "api/openapi.h"
#include "base/log.h"
#include "ports/clock.h"

namespace ringdown {
namespace {

Response nothing_here(const RequestHead& request) {
  const bool slashed = request.path.size() > 1 && request.path.ends_with('/');
  return failure_response(
      {Reason::not_found,
       slashed ? "there is nothing here; leave the slash at the end out" : "there is nothing here",
       {}},
      request.id);
}

Response other_verb(const RequestHead& request, const RoutePlace& place) {
  const std::string verbs = place.verbs();
  if (request.verb == Verb::options) return {.status = 204, .headers = {{"Allow", verbs}}};

  Response response = failure_response(
      405, {Reason::unsupported, "this path does not take this method; use one of " + verbs, {}}, request.id);
  response.headers.add("Allow", verbs);
  return response;
}

// Everything is UTF-8; who says otherwise would be misread.
bool is_other_charset(std::string_view parameters) {
  const std::string text = lowered(parameters);
  const auto at = text.find("charset=");
  return at != std::string::npos && !text.substr(at).starts_with("charset=utf-8") &&
         !text.substr(at).starts_with("charset=\"utf-8\"");
}

bool is_media(std::string_view content_type, std::string_view wanted) {
  if (wanted == "*/*") return true;
  const auto end = std::min(content_type.find(';'), content_type.size());
  return same_word(trimmed(content_type.substr(0, end)), wanted) &&
         !is_other_charset(content_type.substr(end));
}

Result<void> check_media(const Route& route, const Request& request) {
  if (request.body.empty() && request.upload == nullptr) return {};
  if (route.body_media.empty()) {
    if (request.body.empty() || trimmed(request.body) == "{}") return {};
    return fail(Reason::invalid, "this route takes no body; leave it out");
  }
  if (is_media(request.headers.find("Content-Type").value_or(""), route.body_media)) return {};
  return fail(Reason::unsupported, "the body must come as Content-Type: " + std::string(route.body_media));
}

Response broken(const Asked& asked, Reason reason, std::string_view what) {
  log::error("a request broke", {{"request", asked.request.id},
                                 {"method", to_text(asked.route.verb)},
                                 {"route", asked.route.path},
                                 {"reason", to_text(reason)},
                                 {"what", what}});
  return failure_response(without_details(reason), asked.request.id);
}

}  // namespace

Router::Router(Api& api, std::vector<RouteTable> tables, RouterHooks hooks)
    : api_(api), tables_(std::move(tables)), hooks_(std::move(hooks)) {
  tables_.push_back({description_route()});
  description_ = describe_api(tables_, api.config.version);
  for (const RouteTable& table : tables_) {
    for (const Route& route : table) map_.add(route);
  }
}

Route Router::description_route() const {
  Route route = untyped_route(Verb::get, "/api/openapi.json", "This description", Access::open, {},
                              AnswerShape{.status = 200, .envelope = Envelope::raw});
  route.run = [this](Asked&) -> Task<Result<Response>> {
    co_return Response{
        .headers = {{"Content-Type", "application/json"}, {"Cache-Control", "public, max-age=300"}},
        .body = description_};
  };
  return route;
}

Task<Response> Router::answer(Request& request) const {
  const Span began = api_.clock.monotonic();
  RouteMatch match = map_.find(request.path);
  const std::string_view pattern = match.place ? match.place->pattern : "none";

  Response response = match.place ? co_await answer_place(request, std::move(match)) : nothing_here(request);
  add_cors(response, request, api_.config.cors_origins);
  add_security_headers(response, request);

  if (log::shows(log::Level::debug)) {
    log::debug("request", {{"request", request.id},
                           {"method", to_text(request.verb)},
                           {"route", pattern},
                           {"status", response.status},
                           {"micros", (api_.clock.monotonic() - began).count()}});
  }
  co_return response;
}

Task<Response> Router::answer_place(Request& request, RouteMatch match) const {
  if (is_preflight(request)) {
    co_return answer_preflight(request, api_.config.cors_origins, match.place->verbs());
  }
  const Route* route = match.place->find(request.verb);
  if (route == nullptr) co_return other_verb(request, *match.place);

  Asked asked{.request = request, .api = api_, .route = *route, .path_values = std::move(match.path_values)};
  Response response = co_await answer_asked(asked);
  for (const Header& header : asked.headers) response.headers.add(header.name, header.value);
  co_return response;
}

// One of the four places where breakage is caught.
Task<Response> Router::answer_asked(Asked& asked) const {
  try {
    Result<Response> handled = co_await handle(asked);
    if (handled) co_return std::move(*handled);
    if (handled.error().reason == Reason::internal)
      co_return broken(asked, Reason::internal, handled.error().text);
    co_return failure_response(handled.error(), asked.request.id);
  } catch (const Breakage& breakage) {
    co_return broken(asked, breakage.reason(), breakage.what());
  } catch (const std::exception& error) {
    co_return broken(asked, Reason::internal, error.what());
  }
}

Task<Result<Response>> Router::handle(Asked& asked) const {
  const Route& route = asked.route;
  if (route.access != Access::open && hooks_.identify) {
    auto caller = co_await hooks_.identify(asked.request, api_);
    if (!caller) co_return std::unexpected(caller.error());
    asked.caller = std::move(*caller);
  }
  if (auto allowed = may(asked.caller, route.access, route.key_scope); !allowed) {
    co_return std::unexpected(allowed.error());
  }
  if (auto own = refuse_forged(asked.request, asked.caller, api_.config.public_url); !own) {
    co_return std::unexpected(own.error());
  }
  if (route.rate && hooks_.throttle) {
    if (auto within = co_await hooks_.throttle(asked, *route.rate); !within)
      co_return std::unexpected(within.error());
  }
  if (auto media = check_media(route, asked.request); !media) co_return std::unexpected(media.error());
  co_return co_await route.run(asked);
}

BodyPlan Router::plan_body(const RequestHead& head) const {
  const RouteMatch match = map_.find(head.path);
  const Route* route = match.place ? match.place->find(head.verb) : nullptr;
  if (route != nullptr) return route->body_plan;
  return {.bytes_max = std::numeric_limits<std::uint64_t>::max(),
          .streamed = true};  // refused without reading it
}

}  // namespace ringdown
