// A route: method, path, summary, access and a handler whose types say the rest. Reading, validation,
// serialising and the API's description all follow from it. Each file of a resource opens with its table:
//
//   const RouteTable key_routes = {
//       route(Verb::get,  "/api/keys",      "Keys of this workspace", Access::admin, list_keys),
//       route(Verb::post, "/api/keys",      "A new key, shown once",  Access::owner, make_key),
//       route(Verb::del,  "/api/keys/{id}", "Ends a key",             Access::admin, revoke_key),
//   };
//   Task<Result<Created<KeyMade>>> make_key(Asked&, Body<NewKey>);
//   Task<Result<Done>> revoke_key(Asked&, Path<ApiKeyId>);       // one Path per {name}, in their order
//   Task<Result<Response>> events(Asked&);                       // streams, files, foreign shapes
#pragma once

#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include "api/answer.h"
#include "api/input.h"
#include "domain/access.h"
#include "ports/task.h"

namespace ringdown {

struct Api;
struct Route;

// A request on its way to its handler. It ends with the handler: a streamed answer keeps what it needs by
// itself.
struct Asked {
  Request& request;
  Api& api;
  const Route& route;
  std::vector<std::string> path_values{};
  std::optional<Caller> caller{};
  Headers headers{};  // added to the answer, whatever it is: cookies, Retry-After

  Workspace workspace() const;  // there is one on routes for roles
  UserId user() const;          // and somebody on all but open routes
};

struct RateLimit {
  std::string_view name;  // routes may share one
  int count;
  Span per;
};

struct Route {
  using Run = std::function<Task<Result<Response>>(Asked&)>;

  Verb verb;
  std::string_view path;
  std::string_view summary;
  Access access;
  std::optional<KeyScope> key_scope;  // what an API key needs; nothing: no key may
  std::vector<std::string_view> path_names;
  std::vector<Input> inputs;
  AnswerShape answer;
  std::string_view answer_media = "application/json";
  BodyPlan body_plan;
  std::string_view body_media;  // empty: takes no body
  std::optional<RateLimit> rate;
  Run run;

  // GET takes the scope read by itself; keys may use nothing else unless it is said.
  Route& key(KeyScope);
  Route& no_key();
  Route& body(BodyPlan);
  Route& raw_body(std::string_view media);  // the handler reads it; "*/*" takes any
  Route& answers(std::string_view media);   // of a raw answer
  Route& limit(std::string_view name, int count, Span per);
};

using RouteTable = std::vector<Route>;

Route untyped_route(Verb, std::string_view path, std::string_view summary, Access, std::vector<Input>,
                    AnswerShape);

Result<void> read_inputs(const Asked&, std::span<void* const> values);
Task<Result<Response>> refused(Failure);

template <class Answer>
Task<Result<Response>> answered(Task<Result<Answer>> handler) {
  const Result<Answer> answer = co_await std::move(handler);
  if (!answer) co_return std::unexpected(answer.error());
  co_return AnswerOf<Answer>::respond(*answer);
}

inline Task<Result<Response>> answered(Task<Result<Response>> handler) {
  return handler;
}

template <class Answer, class... Parameters>
Route route(Verb verb, std::string_view path, std::string_view summary, Access access,
            Task<Result<Answer>> (*handler)(Asked&, Parameters...)) {
  Route made =
      untyped_route(verb, path, summary, access, {InputOf<Parameters>::input...}, AnswerOf<Answer>::shape);
  made.run = [handler](Asked& asked) -> Task<Result<Response>> {
    std::tuple<Parameters...> parameters{};
    return std::apply(
        [&](Parameters&... each) {
          const std::array<void*, sizeof...(Parameters)> values{&each.value...};
          if (auto read = read_inputs(asked, values); !read) return refused(std::move(read.error()));
          return answered(handler(asked, std::move(each)...));
        },
        parameters);
  };
  return made;
}

}  // namespace ringdown
