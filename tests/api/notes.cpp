#include "tests/api/notes.h"

#include <stdexcept>

namespace ringdown::test {
namespace {

using NoteId = Id<struct NoteTag>;

enum class Colour { light_blue, red };
BOOST_DESCRIBE_ENUM(Colour, light_blue, red)

struct Note {
  NoteId id;
  std::string text;
  std::optional<Colour> colour;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, text, colour))

struct NewNote {
  std::string text;
  std::optional<Colour> colour;
  std::vector<int> numbers;
};
BOOST_DESCRIBE_STRUCT(NewNote, (), (text, colour, numbers))

struct NoteFilter {
  int limit = 50;
  std::optional<bool> done;
  std::optional<Colour> colour;
  std::optional<Time> since;
  std::optional<NoteId> after;
  std::optional<double> weight;
  std::optional<std::string> q;
  std::vector<std::string> tags;
  std::vector<int> numbers;
};
BOOST_DESCRIBE_STRUCT(NoteFilter, (), (limit, done, colour, since, after, weight, q, tags, numbers))

struct Page {
  NoteId note;
  std::string page;
};
BOOST_DESCRIBE_STRUCT(Page, (), (note, page))

struct Who {
  UserId user;
  std::optional<WorkspaceId> workspace;
};
BOOST_DESCRIBE_STRUCT(Who, (), (user, workspace))

}  // namespace
}  // namespace ringdown::test

namespace ringdown {

template <>
inline constexpr auto json_rules<test::NewNote> = rules_of<test::NewNote>(
    field(&test::NewNote::text, length(1, 20)), field(&test::NewNote::numbers, may_be_missing));

template <>
inline constexpr auto json_rules<test::NoteFilter> = rules_of<test::NoteFilter>(
    field(&test::NoteFilter::limit, range(1, 200), may_be_missing),
    field(&test::NoteFilter::q, length(0, 10)),
    field(&test::NoteFilter::tags, length(0, 3), each(length(1, 5)), accepting("tag"), may_be_missing),
    field(&test::NoteFilter::numbers, may_be_missing));

}  // namespace ringdown

namespace ringdown::test {
namespace {

Task<Result<NoteFilter>> list_notes(Asked&, Query<NoteFilter> query) {
  co_return query.value;
}

Task<Result<Created<Note>>> make_note(Asked& asked, Body<NewNote> body) {
  asked.headers.add("Set-Cookie", "made=1");
  co_return Created{Note{nth<NoteTag>(1), body.value.text, body.value.colour}};
}

Task<Result<Note>> get_note(Asked&, Path<NoteId> id) {
  if (to_text(id.value) != note_id) co_return fail(Reason::not_found, "there is no such note");
  co_return Note{id.value, "milk", std::nullopt};
}

Task<Result<Page>> get_page(Asked&, Path<NoteId> id, Path<std::string> page) {
  co_return Page{id.value, page.value};
}

Task<Result<Note>> change_note(Asked&, Path<NoteId> id, Query<NoteFilter>, Body<NewNote> body) {
  co_return Note{id.value, body.value.text, body.value.colour};
}

Task<Result<Done>> remove_note(Asked&, Path<NoteId>) {
  co_return Done{};
}

Task<Result<Done>> star_note(Asked& asked, Path<NoteId>) {
  asked.headers.add("Retry-After", "7");
  co_return fail(Reason::too_many, "seven stars are enough; try again later");
}

Task<Result<Accepted<Note>>> queue_note(Asked&) {
  co_return Accepted{Note{nth<NoteTag>(2), "later", Colour::red}};
}

Task<Result<Plain<std::vector<int>>>> plain_note(Asked&) {
  co_return Plain<std::vector<int>>{{1, 2, 3}};
}

Task<Result<Response>> import_notes(Asked& asked) {
  co_return Response{.status = 202, .headers = {{"Content-Type", "text/plain"}}, .body = asked.request.body};
}

Task<Result<Response>> export_notes(Asked& asked) {
  co_return Response{.headers = {{"Content-Type", "text/csv"}, {"Cache-Control", "private"}},
                     .body = asked.request.query};
}

Task<Result<Response>> show_page(Asked&) {
  co_return Response{.headers = {{"Content-Type", "text/html; charset=utf-8"}}, .body = "<p>hello"};
}

Task<Result<Who>> who_am_i(Asked& asked) {
  co_return Who{asked.user(), asked.caller->workspace};
}

Task<Result<Who>> who_is_here(Asked& asked) {
  co_return Who{asked.user(), asked.workspace().id()};
}

Task<Result<Done>> sign_in(Asked&) {
  co_return Done{};
}

Task<Result<Done>> break_down(Asked&, Path<std::string> how) {
  constexpr const char* inner = "user ann@example.com at +1 415 555 0101 broke table notes";
  if (how.value == "away") throw Breakage(Reason::unavailable, inner);
  if (how.value == "unknown") throw Breakage(Reason::commit_unknown, inner);
  if (how.value == "bug") throw Breakage(Reason::internal, inner);
  if (how.value == "foreign") throw std::runtime_error(inner);
  if (how.value == "odd") throw Breakage(Reason::not_found, inner);
  if (how.value == "busy") co_return fail(Reason::unavailable, "the line is busy; try again");
  co_return fail(Reason::internal, inner);
}

std::optional<Caller> caller_called(std::string_view name, Via via) {
  Caller caller{.user = nth<UserTag>(1), .workspace = nth<WorkspaceTag>(1), .via = via};
  if (name == "guest") {
    caller.workspace.reset();
    return caller;
  }
  caller.role = parse_enum<Role>(name);
  return caller.role ? std::optional(caller) : std::nullopt;
}

Caller key_caller(std::string_view scopes) {
  Caller caller{.user = nth<UserTag>(1), .workspace = nth<WorkspaceTag>(1), .via = Via::key};
  for (std::string_view word : split(scopes, '+')) {
    if (const auto scope = parse_enum<KeyScope>(word)) caller.scopes.push_back(*scope);
  }
  return caller;
}

Task<Result<std::optional<Caller>>> identify(Request& request, Api&) {
  const std::string_view bearer = request.headers.find("Authorization").value_or("");
  const std::string_view cookie = request.headers.find("Cookie").value_or("");
  if (bearer == "Bearer expired")
    co_return fail(Reason::unauthenticated, "this session is over; sign in again");
  if (bearer == "Bearer unlucky") throw Breakage(Reason::unavailable, "no store for unlucky");
  if (bearer.starts_with("Bearer key+")) co_return key_caller(bearer.substr(11));
  if (bearer.starts_with("Bearer ")) co_return caller_called(bearer.substr(7), Via::token);
  if (cookie.starts_with("as=")) co_return caller_called(cookie.substr(3), Via::session);
  co_return std::nullopt;
}

Task<Result<void>> throttle(Asked& asked, const RateLimit& limit) {
  if (!asked.request.headers.find("X-Again")) co_return Result<void>{};
  asked.headers.add("Retry-After", std::to_string(limit.per / 1s));
  co_return fail(Reason::too_many, std::string(limit.name) + ": at most " + std::to_string(limit.count));
}

}  // namespace

const RouteTable note_routes = {
    route(Verb::get, "/api/notes", "The filter it was asked for", Access::rep, list_notes),
    route(Verb::post, "/api/notes", "A new note", Access::rep, make_note).key(KeyScope::import),
    route(Verb::get, "/api/notes/{id}", "One note", Access::rep, get_note).no_key(),
    route(Verb::put, "/api/notes/{id}", "Another note", Access::rep, change_note).body({.bytes_max = 100}),
    route(Verb::del, "/api/notes/{id}", "No note", Access::admin, remove_note),
    route(Verb::post, "/api/notes/{id}/star", "Too many stars", Access::rep, star_note),
    route(Verb::get, "/api/notes/{id}/pages/{page}", "A page", Access::admin, get_page),
    route(Verb::post, "/api/notes/queue", "Later", Access::owner, queue_note),
    route(Verb::get, "/api/notes/plain", "Numbers", Access::owner, plain_note),
    route(Verb::post, "/api/notes/import", "Notes from a CSV", Access::open, import_notes)
        .raw_body("text/csv")
        .answers("text/plain"),
    route(Verb::get, "/api/notes/export", "Notes as a CSV", Access::open, export_notes).answers("text/csv"),
    route(Verb::get, "/page", "A page of the dashboard", Access::open, show_page).answers("text/html"),
    route(Verb::get, "/api/me", "Who is asking", Access::user, who_am_i),
    route(Verb::get, "/api/here", "Who is asking, where", Access::rep, who_is_here),
    route(Verb::post, "/api/sign-in", "Begins a session", Access::open, sign_in).limit("login", 10, 15min),
    route(Verb::get, "/api/break/{how}", "Breaks", Access::open, break_down),
};

RouterHooks note_hooks() {
  return {.identify = identify, .throttle = throttle};
}

ApiServer note_server(ApiConfig config) {
  return ApiServer({.tables = {note_routes}, .hooks = note_hooks(), .config = std::move(config)});
}

Person somebody(std::string name) {
  return {name, {{"Authorization", "Bearer " + name}}};
}
Person key_with(std::string scopes) {
  return somebody("key+" + scopes);
}
Person at_home(std::string name) {
  return {name + " at home", {{"Cookie", "as=" + name}}};
}

}  // namespace ringdown::test
