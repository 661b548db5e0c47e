#include "api/route.h"

#include <algorithm>

#include "base/expect.h"

namespace ringdown {
namespace {

constexpr std::string_view json_media = "application/json";

std::vector<std::string_view> names_in(std::string_view path) {
  std::vector<std::string_view> names;
  for (std::string_view part : split(path, '/')) {
    if (part.starts_with('{') && part.ends_with('}')) names.push_back(part.substr(1, part.size() - 2));
  }
  return names;
}

std::size_t count(std::span<const Input> inputs, Input::From from) {
  return static_cast<std::size_t>(std::ranges::count(inputs, from, &Input::from));
}

void check(const Route& route) {
  expect(route.path.starts_with('/'), "a route's path begins with a slash");
  expect(count(route.inputs, Input::From::path) <= route.path_names.size(),
         "a route has a {name} for every Path of its handler");
  expect(count(route.inputs, Input::From::query) <= 1, "a handler takes at most one Query");
  expect(count(route.inputs, Input::From::body) <= 1, "a handler takes at most one Body");
}

}  // namespace

Workspace Asked::workspace() const {
  expect(caller && caller->workspace, "a route that needs a workspace is for a role");
  return Workspace(*caller->workspace);
}

UserId Asked::user() const {
  expect(caller.has_value(), "a route that needs a user is not open");
  return caller->user;
}

Route& Route::key(KeyScope scope) {
  expect(access == Access::rep || access == Access::admin, "keys may use routes for reps and admins only");
  key_scope = scope;
  return *this;
}

Route& Route::no_key() {
  key_scope.reset();
  return *this;
}

Route& Route::body(BodyPlan plan) {
  body_plan = plan;
  return *this;
}

Route& Route::raw_body(std::string_view media) {
  body_media = media;
  return *this;
}

Route& Route::answers(std::string_view media) {
  answer_media = media;
  return *this;
}

Route& Route::limit(std::string_view name, int count_max, Span per) {
  rate = RateLimit{name, count_max, per};
  return *this;
}

Route untyped_route(Verb verb, std::string_view path, std::string_view summary, Access access,
                    std::vector<Input> inputs, AnswerShape answer) {
  Route made{.verb = verb, .path = path, .summary = summary, .access = access};
  made.path_names = names_in(path);
  made.inputs = std::move(inputs);
  made.answer = answer;
  if (verb == Verb::get && (access == Access::rep || access == Access::admin))
    made.key_scope = KeyScope::read;
  if (count(made.inputs, Input::From::body) > 0) made.body_media = json_media;
  check(made);
  return made;
}

Result<void> read_inputs(const Asked& asked, std::span<void* const> values) {
  const Route& route = asked.route;
  const bool reads_query_itself = route.answer.envelope == Envelope::raw;
  if (!reads_query_itself && count(route.inputs, Input::From::query) == 0) {
    if (auto refused = refuse_any_query(asked.request.query); !refused) return refused;
  }
  return read_inputs(InputTexts{.path_names = route.path_names,
                                .path_values = asked.path_values,
                                .query = asked.request.query,
                                .body = asked.request.body,
                                .body_bytes_max = route.body_plan.bytes_max},
                     route.inputs, values);
}

Task<Result<Response>> refused(Failure failure) {
  co_return std::unexpected(std::move(failure));
}

}  // namespace ringdown
