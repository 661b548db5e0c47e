// Who was asked into a workspace. The invitation itself is a secret that only its receiver holds; here is its
// hash. Units of the instance.
#pragma once

#include "store/people.h"

namespace ringdown::store {

using InvitationId = Id<struct InvitationTag>;

struct Invitation {
  WorkspaceId workspace_id;
  InvitationId id;
  std::string email;
  Role role;
  std::optional<UserId> invited_by;  // nobody: the command line
  Time created_at;
  Time ends_at;
  std::optional<Time> used_at;
};
BOOST_DESCRIBE_STRUCT(Invitation, (),
                      (workspace_id, id, email, role, invited_by, created_at, ends_at, used_at))

void add_invitation(Tx&, const Invitation&,
                    const Bytes& hash);  // in place of an older one to the same address
std::optional<Invitation> find_invitation(Tx&, const Bytes& hash);
std::vector<Invitation> open_invitations(Tx&, WorkspaceId, Time now);
bool use_invitation(Tx&, const Invitation&, Time now);  // false when it was used or has ended
bool drop_invitation(Tx&, WorkspaceId, InvitationId);

}  // namespace ringdown::store
