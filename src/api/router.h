// Takes a request from the server to its handler and the outcome back into an answer. What every route has in
// common happens here, in this order: path and method, who asks, may they, is it forged, how often, body,
// handler.
#pragma once

#include "api/api.h"
#include "api/route_map.h"

namespace ringdown {

// What accounts add. Both may use the store; a failure is the request's answer.
struct RouterHooks {
  std::function<Task<Result<std::optional<Caller>>>(Request&, Api&)> identify;  // not called for open routes
  std::function<Task<Result<void>>(Asked&, const RateLimit&)> throttle;
};

class Router {
 public:
  Router(Api&, std::vector<RouteTable>, RouterHooks = {});

  Task<Response> answer(Request&) const;
  BodyPlan plan_body(const RequestHead&) const;

 private:
  Task<Response> answer_place(Request&, RouteMatch) const;
  Task<Response> answer_asked(Asked&) const;
  Task<Result<Response>> handle(Asked&) const;

  Api& api_;
  std::vector<RouteTable> tables_;
  RouterHooks hooks_;
  RouteMap map_;
};

}  // namespace ringdown
