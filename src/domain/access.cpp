#include "domain/access.h"

#include <algorithm>

namespace ringdown {
namespace {

bool holds(const Caller& key, KeyScope scope) {
  return std::ranges::any_of(key.scopes,
                             [&](KeyScope own) { return own == scope || own == KeyScope::admin; });
}

Result<void> may_by_key(const Caller& key, Access access, std::optional<KeyScope> needed) {
  if (!needed || access == Access::user || access == Access::owner) {
    return fail(Reason::forbidden, "API keys may not do this; sign in instead");
  }
  if (!holds(key, *needed)) {
    return fail(Reason::forbidden,
                "this API key lacks the scope " + to_text(*needed) + "; use one that has it");
  }
  return {};
}

Role least_role(Access access) {
  switch (access) {
    case Access::open:
    case Access::user:
    case Access::rep: return Role::rep;
    case Access::admin: return Role::admin;
    case Access::owner: return Role::owner;
  }
  return Role::owner;
}

}  // namespace

Result<void> may(const std::optional<Caller>& caller, Access access, std::optional<KeyScope> needed) {
  if (access == Access::open) return {};
  if (!caller) return fail(Reason::unauthenticated, "nobody is signed in; sign in or send an API key");
  if (caller->via == Via::key) return may_by_key(*caller, access, needed);
  if (access == Access::user) return {};
  if (!caller->role) return fail(Reason::forbidden, "you belong to no workspace; ask for an invitation");

  const Role least = least_role(access);
  if (*caller->role >= least) return {};
  return fail(Reason::forbidden, "this takes the role " + to_text(least) + "; yours is " +
                                     to_text(*caller->role) + "; ask an owner to do it");
}

}  // namespace ringdown
