// Whom other sign-in services mean: (issuer, subject) → user. Units of the instance. A link is made by
// somebody who shows both a session of ours and a token of theirs, never by an e-mail address that a token
// happens to carry.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/access.h"
#include "ports/db.h"

namespace ringdown::store {

using IdentityId = Id<struct IdentityTag>;

struct Identity {
  IdentityId id;
  std::string issuer;
  std::string subject;
  UserId user_id;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(Identity, (), (id, issuer, subject, user_id, created_at))

bool link_identity(Tx&, const Identity&);  // false when the subject is somebody's already
std::optional<Identity> find_identity(Tx&, const std::string& issuer, const std::string& subject);
std::optional<UserId> user_of_identity(Tx&, const std::string& issuer,
                                       const std::string& subject);  // not while disabled
std::vector<Identity> identities_of(Tx&, UserId);
bool unlink_identity(Tx&, UserId, IdentityId);

}  // namespace ringdown::store
