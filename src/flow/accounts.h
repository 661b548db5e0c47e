// Who may be here: the first owner, invitations, members and their roles, workspaces, API keys. The API and
// `ringdown user` both go through these. Each is part of a unit of the instance and writes its audit line
// itself.
#pragma once

#include "flow/act.h"
#include "store/invitations.h"
#include "store/people.h"

namespace ringdown::flow {

inline constexpr Span invitation_lasts = std::chrono::days(7);
inline constexpr std::size_t open_invitations_max = 200;  // of a workspace
inline constexpr std::size_t live_keys_max = 100;         // of a workspace
inline constexpr std::size_t workspaces_max = 50;         // of a user

struct NewPerson {
  std::string email;  // normalised
  std::string name;
  std::string password_hash;
};

struct Joined {
  UserId user;
  WorkspaceId workspace;
};

// While there is no owner, `hash` becomes the set-up code in place of any older one; false, and no code,
// afterwards.
bool renew_setup_code(Tx&, const Bytes& hash, Time now);

// The first owner with a first, rehearsing workspace. Uses the set-up code up.
Result<Joined> set_up(Tx&, Act, const Bytes& code_hash, const NewPerson&, const std::string& workspace_name);

// A new account for whoever holds the invitation; the address must be the one that was invited.
Result<Joined> join(Tx&, Act, const Bytes& invitation_hash, const NewPerson&);

// The invited one has an account already and is signed in.
Result<WorkspaceId> accept_invitation(Tx&, const Act&, const Bytes& invitation_hash);

struct NewInvitation {
  std::string email;  // normalised
  Role role;
  Bytes hash;
};
Result<store::Invitation> invite(Tx&, const Act&, WorkspaceId, const NewInvitation&);
Result<void> withdraw_invitation(Tx&, const Act&, WorkspaceId, store::InvitationId);

// Admins handle reps and admins, owners everybody; a workspace never loses its last owner who can sign in.
Result<void> change_role(Tx&, const Act&, WorkspaceId, UserId, Role);
Result<void> remove_member(Tx&, const Act&, WorkspaceId, UserId);  // their keys end as well

// The user is shut out everywhere: sessions, devices and the keys they made end.
Result<void> disable_user(Tx&, const Act&, UserId);

// For the command line, without an invitation. An existing account becomes a member.
Result<Joined> add_user(Tx&, const Act&, const NewPerson&, WorkspaceId, Role);

Result<store::WorkspaceRecord> create_workspace(Tx&, const Act&, const std::string& name, WorkspaceKind);

struct NewApiKey {
  std::string name;
  std::vector<KeyScope> scopes;
  Bytes hash;
};
Result<store::ApiKey> make_key(Tx&, const Act&, WorkspaceId, const NewApiKey&);
Result<void> revoke_key(Tx&, const Act&, WorkspaceId, store::ApiKeyId);

std::string to_text(const std::vector<KeyScope>&);  // words with a blank between
std::vector<KeyScope> parse_scopes(std::string_view);

// One answer for a workspace that is unknown, foreign or nonsense.
Failure no_workspace();

// The workspace in hand: the one that was asked for by X-Workspace, else the user's oldest.
Result<std::optional<store::WorkspaceOfUser>> choose_workspace(Tx&, UserId,
                                                               std::optional<std::string_view> asked_for);

}  // namespace ringdown::flow
