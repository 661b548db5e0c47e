#include "store/invitations.h"

namespace ringdown::store {

void add_invitation(Tx& tx, const Invitation& invitation, const Bytes& hash) {
  tx.run(sql::drop_invitations_of, {invitation.workspace_id, invitation.email});
  tx.run(sql::add_invitation,
         {invitation.workspace_id, invitation.id, hash, invitation.email, invitation.role,
          invitation.invited_by, invitation.created_at, invitation.ends_at});
}

std::optional<Invitation> find_invitation(Tx& tx, const Bytes& hash) {
  return tx.row<Invitation>(sql::invitation_by_hash, {hash});
}

std::vector<Invitation> open_invitations(Tx& tx, WorkspaceId workspace, Time now) {
  return tx.rows<Invitation>(sql::open_invitations, {workspace, now});
}

bool use_invitation(Tx& tx, const Invitation& invitation, Time now) {
  return tx.run(sql::use_invitation, {invitation.workspace_id, invitation.id, now}) == 1;
}

bool drop_invitation(Tx& tx, WorkspaceId workspace, InvitationId id) {
  return tx.run(sql::drop_invitation, {workspace, id}) == 1;
}

}  // namespace ringdown::store
