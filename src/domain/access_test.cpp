#include "domain/access.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

Caller person(std::optional<Role> role, Via via = Via::session) {
  return {.user = {}, .workspace = std::nullopt, .role = role, .via = via, .scopes = {}, .session_hash = {}};
}

Caller key(std::vector<KeyScope> scopes) {
  Caller caller = person(std::nullopt, Via::key);
  caller.scopes = std::move(scopes);
  return caller;
}

std::string refusal(const std::optional<Caller>& caller, Access access,
                    std::optional<KeyScope> needed = std::nullopt) {
  const auto allowed = may(caller, access, needed);
  return allowed ? "" : std::string(to_text(allowed.error().reason)) + ": " + allowed.error().text;
}

}  // namespace

TEST_CASE("everybody may use an open route, nobody unknown any other") {
  CHECK(refusal(std::nullopt, Access::open).empty());
  CHECK(refusal(key({}), Access::open).empty());
  for (const Access access : {Access::user, Access::rep, Access::admin, Access::owner}) {
    CHECK(refusal(std::nullopt, access, KeyScope::read).starts_with("unauthenticated: nobody is signed in"));
  }
}

TEST_CASE("a role may do what those before it may, and no more") {
  constexpr Access by_role[] = {Access::rep, Access::admin, Access::owner};
  for (const Via via : {Via::session, Via::token}) {
    for (const Role role : {Role::rep, Role::admin, Role::owner}) {
      for (int at = 0; at < 3; ++at) {
        CHECK(may(person(role, via), by_role[at], std::nullopt).has_value() ==
              (at <= static_cast<int>(role)));
      }
    }
  }
  CHECK(refusal(person(Role::rep), Access::admin) ==
        "forbidden: this takes the role admin; yours is rep; ask an owner to do it");
}

TEST_CASE("who belongs to no workspace may use what asks for a person only") {
  CHECK(refusal(person(std::nullopt), Access::user).empty());
  CHECK(refusal(person(std::nullopt), Access::rep).contains("you belong to no workspace"));
}

TEST_CASE("a key may use a route that names one of its scopes") {
  CHECK(refusal(key({KeyScope::dial, KeyScope::read}), Access::rep, KeyScope::read).empty());
  CHECK(refusal(key({KeyScope::import}), Access::admin, KeyScope::import).empty());
  CHECK(refusal(key({KeyScope::dial}), Access::rep, KeyScope::read) ==
        "forbidden: this API key lacks the scope read; use one that has it");
  CHECK_FALSE(may(key({}), Access::rep, KeyScope::read));
}

TEST_CASE("a key with the scope admin holds the other scopes") {
  for (const KeyScope scope : {KeyScope::read, KeyScope::dial, KeyScope::import, KeyScope::admin}) {
    CHECK(refusal(key({KeyScope::admin}), Access::admin, scope).empty());
  }
}

TEST_CASE("no key may use what names no scope, is for a person or for the owner") {
  const Caller strong = key({KeyScope::admin});
  CHECK(refusal(strong, Access::rep).contains("API keys may not do this"));
  CHECK(refusal(strong, Access::user, KeyScope::read).contains("API keys may not do this"));
  CHECK(refusal(strong, Access::owner, KeyScope::read).contains("API keys may not do this"));
}
