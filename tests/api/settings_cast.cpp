#include "tests/api/settings_cast.h"

#include "api/identities.h"
#include "store/people.h"

namespace ringdown::test {
namespace {

struct Part {
  const Person& person;
  std::uint64_t user;
  std::uint64_t workspace;
  Role role;
  std::vector<KeyScope> scopes{};
};

const std::vector<Part>& parts() {
  static const std::vector<Part> all = {
      {owner, 1, 1, Role::owner},
      {admin, 2, 1, Role::admin},
      {rep, 3, 1, Role::rep},
      {stranger, 4, 2, Role::owner},
      {reading_key, 1, 1, Role::rep, {KeyScope::read}},
      {admin_key, 1, 1, Role::rep, {KeyScope::admin}},
  };
  return all;
}

const Part& part_of(std::string_view name) {
  return *std::ranges::find(parts(), name,
                            [](const Part& part) -> const std::string& { return part.person.name; });
}

Caller caller_of(const Part& part) {
  Caller caller{.user = nth<UserTag>(part.user), .workspace = nth<WorkspaceTag>(part.workspace)};
  if (part.scopes.empty()) {
    caller.role = part.role;
  } else {
    caller.via = Via::key;
    caller.scopes = part.scopes;
  }
  return caller;
}

Task<Result<std::optional<Caller>>> identify(Request& request, Api& api) {
  if (const auto name = request.headers.find("X-As")) co_return caller_of(part_of(*name));

  const auto shown = request.headers.find("Authorization");
  if (!shown) co_return std::nullopt;
  const auto user = co_await user_of_token(api, std::string(shown->substr(shown->find(' ') + 1)));
  if (!user) co_return std::unexpected(user.error());
  co_return Caller{.user = *user, .workspace = clinic().id(), .role = Role::owner, .via = Via::token};
}

Person named(const char* name) {
  return {.name = name, .headers = {{"X-As", name}}};
}

}  // namespace

const Person rep = named("rep");
const Person admin = named("admin");
const Person owner = named("owner");
const Person stranger = named("stranger");
const Person reading_key = named("reading key");
const Person admin_key = named("admin key");

Person with_token(const std::string& token) {
  return {.name = "whoever shows a token", .headers = {{"Authorization", "Bearer " + token}}};
}

RouterHooks cast_hooks() {
  return {.identify = identify, .throttle = {}};
}

void add_cast(Db& db) {
  a_workspace(db, 1);
  a_workspace(db, 2);
  await(db.instance([](Tx& tx) {
    for (const Part& part : parts()) {
      const std::string name = std::to_string(part.user);
      store::add_user(tx, {nth<UserTag>(part.user), name + "@example.com", name, {}, tuesday, {}});
      store::put_membership(tx, nth<WorkspaceTag>(part.workspace), nth<UserTag>(part.user), part.role,
                            tuesday);
    }
  }));
}

UserId user_of(const Person& person) {
  return nth<UserTag>(part_of(person.name).user);
}
Workspace clinic() {
  return Workspace(nth<WorkspaceTag>(1));
}
Workspace agency() {
  return Workspace(nth<WorkspaceTag>(2));
}

}  // namespace ringdown::test
