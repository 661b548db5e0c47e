#include "store/identities.h"

#include "store/sql.h"

namespace ringdown::store {

bool link_identity(Tx& tx, const Identity& link) {
  return tx.run(sql::link_identity, {link.id, link.issuer, link.subject, link.user_id, link.created_at}) == 1;
}

std::optional<Identity> find_identity(Tx& tx, const std::string& issuer, const std::string& subject) {
  return tx.row<Identity>(sql::identity_by_subject, {issuer, subject});
}

std::optional<UserId> user_of_identity(Tx& tx, const std::string& issuer, const std::string& subject) {
  return tx.row<UserId>(sql::user_by_identity, {issuer, subject});
}

std::vector<Identity> identities_of(Tx& tx, UserId user) {
  return tx.rows<Identity>(sql::identities_of, {user});
}

bool unlink_identity(Tx& tx, UserId user, IdentityId id) {
  return tx.run(sql::unlink_identity, {user, id}) == 1;
}

}  // namespace ringdown::store
