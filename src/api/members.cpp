// Who is in this workspace, and who was asked to come.
#include "api/accounts.h"
#include "api/api.h"
#include "api/cursor.h"
#include "api/sign_in.h"
#include "crypto/random.h"
#include "domain/email.h"
#include "flow/rep_phones.h"
#include "ports/clock.h"
#include "ports/db.h"

namespace ringdown {
namespace {

struct MemberQuery {
  sql::members_page_order sort = sql::members_page_order::email;
  int limit = 50;
  std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(MemberQuery, (), (sort, limit, after))

struct MemberShown {
  UserId id;
  std::string email;
  std::string name;
  Role role;
  Time since;
};
BOOST_DESCRIBE_STRUCT(MemberShown, (), (id, email, name, role, since))

struct MemberList {
  std::vector<MemberShown> members;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(MemberList, (), (members, next))

struct RoleChange {
  Role role;
};
BOOST_DESCRIBE_STRUCT(RoleChange, (), (role))

struct InvitationInput {
  std::string email;
  Role role;
};
BOOST_DESCRIBE_STRUCT(InvitationInput, (), (email, role))

struct InvitationShown {
  store::InvitationId id;
  std::string email;
  Role role;
  std::optional<UserId> invited_by;
  Time created_at;
  Time ends_at;
};
BOOST_DESCRIBE_STRUCT(InvitationShown, (), (id, email, role, invited_by, created_at, ends_at))

struct InvitationMade {
  store::InvitationId id;
  std::string invitation;
  Time ends_at;
};
BOOST_DESCRIBE_STRUCT(InvitationMade, (), (id, invitation, ends_at))

}  // namespace

template <>
inline constexpr auto json_rules<MemberQuery> = rules_of<MemberQuery>(
    field(&MemberQuery::sort, may_be_missing), field(&MemberQuery::limit, range(1, 200), may_be_missing),
    field(&MemberQuery::after, length(1, 1000), says("`next` of the page before")));

template <>
inline constexpr auto json_rules<MemberList> = rules_of<MemberList>(
    field(&MemberList::next, says("where the next page begins; missing on the last one")));

template <>
inline constexpr auto json_rules<InvitationInput> =
    rules_of<InvitationInput>(field(&InvitationInput::email, length(3, 254)));

template <>
inline constexpr auto json_rules<InvitationMade> = rules_of<InvitationMade>(field(
    &InvitationMade::invitation, says("for whoever is invited, to register with; it is not shown again")));

namespace {

Result<store::MemberPage> page_of(const MemberQuery& query) {
  store::MemberPage page{.order = query.sort, .limit = query.limit + 1};
  if (!query.after) return page;

  const auto cursor = parse_cursor(*query.after);
  if (!cursor) return std::unexpected(cursor.error());
  page.after_id.value = cursor->id;
  page.after_key = cursor->key;
  return page;
}

Task<Result<MemberList>> list_members(Asked& asked, Query<MemberQuery> query) {
  const auto page = page_of(query.value);
  if (!page) co_return std::unexpected(page.error());
  auto members =
      co_await asked.api.db.instance_read([workspace = asked.workspace().id(), page = *page](Tx& tx) {
        return store::members_page(tx, workspace, page);
      });

  MemberList list;
  if (members.size() > static_cast<std::size_t>(query.value.limit)) {
    members.pop_back();
    list.next = to_text(Cursor{members.back().id.value, members.back().sort_key});
  }
  for (const store::Member& member : members) {
    list.members.push_back({member.id, member.email, member.name, member.role, member.since});
  }
  co_return list;
}

Task<Result<Done>> change_role(Asked& asked, Path<UserId> user, Body<RoleChange> body) {
  const auto changed = co_await asked.api.db.instance(
      [act = act_of(asked, asked.api.clock.now()), workspace = asked.workspace().id(), user = user.value,
       role = body.value.role](Tx& tx) { return flow::change_role(tx, act, workspace, user, role); });
  if (!changed) co_return std::unexpected(changed.error());
  co_return Done{};
}

Task<Result<Done>> remove_member(Asked& asked, Path<UserId> user) {
  const auto removed = co_await asked.api.db.instance(
      [act = act_of(asked, asked.api.clock.now()), workspace = asked.workspace().id(),
       user = user.value](Tx& tx) { return flow::remove_member(tx, act, workspace, user); });
  if (!removed) co_return std::unexpected(removed.error());
  co_await asked.api.db.write(asked.workspace(),
                              [act = act_of(asked, asked.api.clock.now()), user = user.value](Tx& tx) {
                                flow::forget_phone_of(tx, act, user);
                              });
  co_return Done{};
}

Task<Result<Created<InvitationMade>>> invite(Asked& asked, Body<InvitationInput> body) {
  const auto email = normalised_email(body.value.email);
  if (!email) co_return std::unexpected(email.error());

  const std::string token = crypto::random_token();
  const auto made = co_await asked.api.db.instance(
      [act = act_of(asked, asked.api.clock.now()), workspace = asked.workspace().id(),
       wanted = flow::NewInvitation{*email, body.value.role, hash_of_secret(token)}](Tx& tx) {
        return flow::invite(tx, act, workspace, wanted);
      });
  if (!made) co_return std::unexpected(made.error());
  co_return Created<InvitationMade>{{made->id, token, made->ends_at}};
}

Task<Result<std::vector<InvitationShown>>> list_invitations(Asked& asked) {
  const auto open = co_await asked.api.db.instance_read(
      [workspace = asked.workspace().id(), &clock = asked.api.clock](Tx& tx) {
        return store::open_invitations(tx, workspace, clock.now());
      });
  std::vector<InvitationShown> all;
  for (const store::Invitation& one : open) {
    all.push_back({one.id, one.email, one.role, one.invited_by, one.created_at, one.ends_at});
  }
  co_return all;
}

Task<Result<Done>> withdraw(Asked& asked, Path<store::InvitationId> id) {
  const auto gone = co_await asked.api.db.instance(
      [act = act_of(asked, asked.api.clock.now()), workspace = asked.workspace().id(),
       id = id.value](Tx& tx) { return flow::withdraw_invitation(tx, act, workspace, id); });
  if (!gone) co_return std::unexpected(gone.error());
  co_return Done{};
}

}  // namespace

const RouteTable member_routes = {
    route(Verb::get, "/api/members", "Who is in this workspace", Access::admin, list_members)
        .key(KeyScope::admin),
    route(Verb::patch, "/api/members/{id}", "Another role", Access::admin, change_role),
    route(Verb::del, "/api/members/{id}", "Ends a membership, and the keys they made", Access::admin,
          remove_member),
    route(Verb::get, "/api/members/invitations", "Invitations nobody has used yet", Access::admin,
          list_invitations)
        .key(KeyScope::admin),
    route(Verb::post, "/api/members/invitations", "Invites an address; the invitation is shown once",
          Access::admin, invite)
        .limit("invite", 60, 1h),
    route(Verb::del, "/api/members/invitations/{id}", "Withdraws an invitation", Access::admin, withdraw),
};

}  // namespace ringdown
