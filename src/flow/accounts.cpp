#include "flow/accounts.h"

#include <algorithm>

#include "store/sign_in.h"

namespace ringdown::flow {
namespace {

Failure no_member() {
  return {Reason::not_found, "there is no such member; GET /api/members lists them", {}};
}

Result<void> may_handle(const Act& act, Role role) {
  if (!act.role || *act.role == Role::owner) return {};
  if (*act.role == Role::admin && role != Role::owner) return {};
  return fail(Reason::forbidden, "only an owner may decide about owners; ask one", "role");
}

// Called with the workspace locked.
Result<void> keeps_an_owner(Tx& tx, WorkspaceId workspace, UserId without) {
  const auto user = store::find_user(tx, without);
  const bool counts = store::role_of(tx, workspace, without) == Role::owner && user && !user->disabled_at;
  if (!counts || store::count_owners(tx, workspace) > 1) return {};
  return fail(Reason::conflict, "this is the workspace's last owner; make somebody else an owner first");
}

UserId add_person(Tx& tx, const Act& act, const NewPerson& person) {
  const store::User user{.id = act.chance.id<UserTag>(act.now),
                         .email = person.email,
                         .name = person.name,
                         .password_hash = person.password_hash,
                         .created_at = act.now,
                         .disabled_at = {}};
  return store::add_user(tx, user) ? user.id : UserId{};
}

store::WorkspaceRecord add_workspace(Tx& tx, const Act& act, const std::string& name, WorkspaceKind kind) {
  const store::WorkspaceRecord workspace{act.chance.id<WorkspaceTag>(act.now), name, kind, act.now};
  store::add_workspace(tx, workspace);
  return workspace;
}

Failure address_taken() {
  return {Reason::conflict,
          "there is an account with this address already; sign in, then accept the invitation at POST "
          "/api/auth/accept",
          "email"};
}

// One answer for unknown, used, withdrawn and lapsed, and for somebody else's.
Failure bad_invitation() {
  return {Reason::invalid,
          "this invitation is not valid for this address, or not any more; ask for a new one", "invitation"};
}

Result<store::Invitation> redeem(Tx& tx, const Act& act, const Bytes& hash, const std::string& email) {
  const auto invitation = store::find_invitation(tx, hash);
  if (!invitation || invitation->email != email) return std::unexpected(bad_invitation());
  if (!store::use_invitation(tx, *invitation, act.now)) return std::unexpected(bad_invitation());
  return *invitation;
}

bool is_member_with(Tx& tx, WorkspaceId workspace, const std::string& email) {
  const auto user = store::find_user(tx, email);
  return user && store::role_of(tx, workspace, user->id);
}

}  // namespace

bool renew_setup_code(Tx& tx, const Bytes& hash, Time now) {
  if (store::has_owner(tx)) {
    store::drop_setup_code(tx);
    return false;
  }
  store::put_setup_code(tx, hash, now);
  return true;
}

Result<Joined> set_up(Tx& tx, Act act, const Bytes& code_hash, const NewPerson& person,
                      const std::string& workspace_name) {
  // Two who come at once meet at the code's row: the second finds it gone.
  const bool right = store::take_setup_code(tx, code_hash);
  if (!right || store::has_owner(tx)) {
    return fail(
        Reason::invalid,
        "this is not the set-up code, or an owner exists; the code is what `ringdown serve` printed last",
        "setup_code");
  }
  const UserId user = add_person(tx, act, person);
  if (user == UserId{}) return std::unexpected(address_taken());

  const auto workspace = add_workspace(tx, act, workspace_name, WorkspaceKind::rehearsal);
  store::put_membership(tx, workspace.id, user, Role::owner, act.now);
  act.user = user;
  note(tx, act, workspace.id, "instance set up", to_text(user));
  return Joined{user, workspace.id};
}

Result<Joined> join(Tx& tx, Act act, const Bytes& invitation_hash, const NewPerson& person) {
  const auto invitation = redeem(tx, act, invitation_hash, person.email);
  if (!invitation) return std::unexpected(invitation.error());
  const UserId user = add_person(tx, act, person);
  if (user == UserId{}) return std::unexpected(address_taken());

  store::put_membership(tx, invitation->workspace_id, user, invitation->role, act.now);
  act.user = user;
  note(tx, act, invitation->workspace_id, "joined as " + to_text(invitation->role), to_text(user));
  return Joined{user, invitation->workspace_id};
}

Result<WorkspaceId> accept_invitation(Tx& tx, const Act& act, const Bytes& invitation_hash) {
  const auto user = store::find_user(tx, *act.user);
  const auto invitation = redeem(tx, act, invitation_hash, user ? user->email : "");
  if (!invitation) return std::unexpected(invitation.error());
  if (store::role_of(tx, invitation->workspace_id, *act.user)) {
    return fail(Reason::conflict, "you are a member of this workspace already");
  }

  store::put_membership(tx, invitation->workspace_id, *act.user, invitation->role, act.now);
  note(tx, act, invitation->workspace_id, "joined as " + to_text(invitation->role), to_text(*act.user));
  return invitation->workspace_id;
}

Result<store::Invitation> invite(Tx& tx, const Act& act, WorkspaceId workspace, const NewInvitation& wanted) {
  if (auto allowed = may_handle(act, wanted.role); !allowed) return std::unexpected(allowed.error());
  if (is_member_with(tx, workspace, wanted.email)) {
    return fail(Reason::conflict, "this person is a member already; change their role instead", "email");
  }
  store::lock_workspace(tx, workspace);
  if (store::open_invitations(tx, workspace, act.now).size() >= open_invitations_max) {
    return fail(Reason::conflict, "200 invitations are open; withdraw some first");
  }

  store::Invitation invitation{.workspace_id = workspace,
                               .id = act.chance.id<store::InvitationTag>(act.now),
                               .email = wanted.email,
                               .role = wanted.role,
                               .invited_by = act.user,
                               .created_at = act.now,
                               .ends_at = act.now + invitation_lasts,
                               .used_at = {}};
  store::add_invitation(tx, invitation, wanted.hash);
  note(tx, act, workspace, "invited as " + to_text(wanted.role), to_text(invitation.id));
  return invitation;
}

Result<void> withdraw_invitation(Tx& tx, const Act& act, WorkspaceId workspace, store::InvitationId id) {
  if (!store::drop_invitation(tx, workspace, id)) {
    return fail(Reason::not_found,
                "there is no such open invitation; GET /api/members/invitations lists them");
  }
  note(tx, act, workspace, "invitation withdrawn", to_text(id));
  return {};
}

Result<void> change_role(Tx& tx, const Act& act, WorkspaceId workspace, UserId user, Role role) {
  store::lock_workspace(tx, workspace);
  const auto before = store::role_of(tx, workspace, user);
  if (!before) return std::unexpected(no_member());
  for (const Role handled : {*before, role}) {
    if (auto allowed = may_handle(act, handled); !allowed) return allowed;
  }
  if (*before == role) return {};
  if (auto kept = keeps_an_owner(tx, workspace, user); !kept) return kept;

  store::put_membership(tx, workspace, user, role, act.now);
  if (*before == Role::owner) store::revoke_api_keys_of(tx, workspace, user, act.now);
  note(tx, act, workspace, "role changed to " + to_text(role), to_text(user));
  return {};
}

Result<void> remove_member(Tx& tx, const Act& act, WorkspaceId workspace, UserId user) {
  store::lock_workspace(tx, workspace);
  const auto role = store::role_of(tx, workspace, user);
  if (!role) return std::unexpected(no_member());
  if (auto allowed = may_handle(act, *role); !allowed) return allowed;
  if (auto kept = keeps_an_owner(tx, workspace, user); !kept) return kept;

  store::revoke_api_keys_of(tx, workspace, user, act.now);
  store::remove_membership(tx, workspace, user);
  note(tx, act, workspace, "member removed", to_text(user));
  return {};
}

Result<void> disable_user(Tx& tx, const Act& act, UserId user) {
  const auto workspaces = store::workspaces_of(tx, user);
  for (const auto& workspace : workspaces) {
    store::lock_workspace(tx, workspace.id);
    if (auto kept = keeps_an_owner(tx, workspace.id, user); !kept) {
      return fail(Reason::conflict,
                  "they are the last owner of " + workspace.name + "; make somebody else an owner first");
    }
  }
  if (!store::disable_user(tx, user, act.now))
    return fail(Reason::conflict, "this account is disabled already");

  store::drop_devices(tx, user);
  for (const auto& workspace : workspaces) store::revoke_api_keys_of(tx, workspace.id, user, act.now);
  note_for_user(tx, act, user, "account disabled");
  return {};
}

Result<Joined> add_user(Tx& tx, const Act& act, const NewPerson& person, WorkspaceId workspace, Role role) {
  if (!store::lock_workspace(tx, workspace)) return fail(Reason::not_found, "there is no such workspace");
  if (is_member_with(tx, workspace, person.email)) {
    return fail(Reason::conflict, "this person is a member already; change their role instead");
  }
  const auto known = store::find_user(tx, person.email);
  const UserId user = known ? known->id : add_person(tx, act, person);

  store::put_membership(tx, workspace, user, role, act.now);
  if (role == Role::owner) store::drop_setup_code(tx);
  note(tx, act, workspace, "added as " + to_text(role), to_text(user));
  return Joined{user, workspace};
}

Result<store::WorkspaceRecord> create_workspace(Tx& tx, const Act& act, const std::string& name,
                                                WorkspaceKind kind) {
  if (act.user && store::workspaces_of(tx, *act.user).size() >= workspaces_max) {
    return fail(Reason::conflict, "you are in 50 workspaces, which is the most; leave one first");
  }
  auto workspace = add_workspace(tx, act, name, kind);
  if (act.user) store::put_membership(tx, workspace.id, *act.user, Role::owner, act.now);
  note(tx, act, workspace.id, "workspace made", to_text(workspace.id));
  return workspace;
}

Result<store::ApiKey> make_key(Tx& tx, const Act& act, WorkspaceId workspace, const NewApiKey& wanted) {
  store::lock_workspace(tx, workspace);
  if (store::role_of(tx, workspace, *act.user) != Role::owner) {
    return fail(Reason::forbidden, "only an owner may make a key; ask one");
  }
  const auto keys = store::api_keys_of(tx, workspace);
  const auto live = std::ranges::count_if(keys, [](const store::ApiKey& key) { return !key.revoked_at; });
  if (static_cast<std::size_t>(live) >= live_keys_max) {
    return fail(Reason::conflict, "100 keys are in force, which is the most; revoke one first");
  }

  store::ApiKey key{.workspace_id = workspace,
                    .id = act.chance.id<store::ApiKeyTag>(act.now),
                    .name = wanted.name,
                    .scopes = to_text(wanted.scopes),
                    .created_by = *act.user,
                    .created_at = act.now,
                    .used_at = {},
                    .revoked_at = {}};
  store::add_api_key(tx, key, wanted.hash);
  note(tx, act, workspace, "key made", to_text(key.id));
  return key;
}

Result<void> revoke_key(Tx& tx, const Act& act, WorkspaceId workspace, store::ApiKeyId id) {
  if (!store::revoke_api_key(tx, workspace, id, act.now)) {
    return fail(Reason::not_found, "there is no such key in force; GET /api/keys lists them");
  }
  note(tx, act, workspace, "key revoked", to_text(id));
  return {};
}

std::string to_text(const std::vector<KeyScope>& scopes) {
  std::string text;
  for (const KeyScope scope : scopes) text += (text.empty() ? "" : " ") + to_text(scope);
  return text;
}

std::vector<KeyScope> parse_scopes(std::string_view text) {
  std::vector<KeyScope> scopes;
  for (const std::string_view word : split(text, ' ')) {
    if (const auto scope = parse_enum<KeyScope>(word)) scopes.push_back(*scope);
  }
  return scopes;
}

Failure no_workspace() {
  return {Reason::not_found,
          "there is no such workspace; leave X-Workspace out, or take one that GET /api/workspaces lists",
          {}};
}

Result<std::optional<store::WorkspaceOfUser>> choose_workspace(Tx& tx, UserId user,
                                                               std::optional<std::string_view> asked_for) {
  const auto workspaces = store::workspaces_of(tx, user);
  if (!asked_for) {
    return workspaces.empty() ? std::nullopt : std::optional(workspaces.front());
  }
  const auto id = parse_uuid(*asked_for);
  for (const auto& workspace : workspaces) {
    if (id && workspace.id.value == *id) return workspace;
  }
  return std::unexpected(no_workspace());
}

}  // namespace ringdown::flow
