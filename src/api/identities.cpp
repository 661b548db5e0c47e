#include "api/identities.h"

#include "api/api.h"
#include "api/issuers.h"
#include "ports/chance.h"
#include "ports/clock.h"
#include "store/identities.h"

namespace ringdown {

struct IdentityShown {
  store::IdentityId id;
  std::string issuer;
  std::string subject;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(IdentityShown, (), (id, issuer, subject, created_at))

template <>
inline constexpr auto json_rules<IdentityShown> = rules_of<IdentityShown>(named("Identity"));

struct NewIdentity {
  std::string token;
};
BOOST_DESCRIBE_STRUCT(NewIdentity, (), (token))

template <>
inline constexpr auto json_rules<NewIdentity> = rules_of<NewIdentity>(field(
    &NewIdentity::token, length(1, 16 * 1024), says("a token of the other service, good at this moment")));

namespace {

Task<Result<std::vector<IdentityShown>>> list_identities(Asked& asked);
Task<Result<Created<IdentityShown>>> link_identity(Asked& asked, Body<NewIdentity> body);
Task<Result<Done>> unlink_identity(Asked& asked, Path<store::IdentityId> id);

}  // namespace

const RouteTable identity_routes = {
    route(Verb::get, "/api/auth/identities", "Your identities at other sign-in services", Access::user,
          list_identities),
    route(Verb::post, "/api/auth/identities", "Links the identity of a token to you", Access::user,
          link_identity)
        .limit("link-identity", 10, 15min),
    route(Verb::del, "/api/auth/identities/{id}", "Unlinks one of your identities", Access::user,
          unlink_identity),
};

namespace {

// A token lives for a minute; whoever steals one must not make the door out of it that stays open.
Result<void> in_own_session(const Asked& asked) {
  if (asked.caller->via == Via::session) return {};
  return fail(Reason::forbidden,
              "identities are linked and unlinked in a session; sign in with your password");
}

IdentityShown shown(const store::Identity& link) {
  return {link.id, link.issuer, link.subject, link.created_at};
}

Task<Result<std::vector<IdentityShown>>> list_identities(Asked& asked) {
  auto work = [user = asked.user()](Tx& tx) { return store::identities_of(tx, user); };
  const auto links = co_await asked.api.db.instance_read(std::move(work));

  std::vector<IdentityShown> all;
  for (const store::Identity& link : links) all.push_back(shown(link));
  co_return all;
}

// The same link twice is one link, so that a lost answer may be asked for again.
Result<store::Identity> linked(Tx& tx, const store::Identity& link) {
  if (store::link_identity(tx, link)) return link;

  const auto taken = store::find_identity(tx, link.issuer, link.subject);
  if (taken && taken->user_id == link.user_id) return *taken;
  return fail(Reason::conflict, "this identity is linked to another user; unlink it there first", "token");
}

Task<Result<Created<IdentityShown>>> link_identity(Asked& asked, Body<NewIdentity> body) {
  if (auto allowed = in_own_session(asked); !allowed) co_return std::unexpected(allowed.error());
  const auto subject = co_await asked.api.issuers->verify(std::move(body.value.token));
  if (!subject) {
    const bool ours = subject.error().reason == Reason::unavailable;
    co_return fail(ours ? Reason::unavailable : Reason::invalid, subject.error().text, "token");
  }

  const Time now = asked.api.clock.now();
  const store::Identity link{asked.api.chance.id<store::IdentityTag>(now), subject->issuer, subject->subject,
                             asked.user(), now};
  auto work = [link](Tx& tx) { return linked(tx, link); };
  const auto kept = co_await asked.api.db.instance(std::move(work));
  if (!kept) co_return std::unexpected(kept.error());
  co_return Created<IdentityShown>{shown(*kept)};
}

Task<Result<Done>> unlink_identity(Asked& asked, Path<store::IdentityId> id) {
  if (auto allowed = in_own_session(asked); !allowed) co_return std::unexpected(allowed.error());

  auto work = [user = asked.user(), id = id.value](Tx& tx) -> Result<Done> {
    if (store::unlink_identity(tx, user, id)) return Done{};
    return fail(Reason::not_found, "you have no such identity; GET /api/auth/identities lists yours");
  };
  co_return co_await asked.api.db.instance(std::move(work));
}

}  // namespace

Task<Result<UserId>> user_of_token(Api& api, std::string token) {
  const auto subject = co_await api.issuers->verify(std::move(token));
  if (!subject) co_return std::unexpected(subject.error());

  auto work = [named = *subject](Tx& tx) { return store::user_of_identity(tx, named.issuer, named.subject); };
  const std::optional<UserId> user = co_await api.db.instance_read(std::move(work));
  if (user) co_return *user;
  co_return fail(Reason::unauthenticated,
                 "this sign-in is linked to no user here; sign in with your password once and link it under "
                 "/api/auth/identities, or ask an owner for an invitation");
}

}  // namespace ringdown
