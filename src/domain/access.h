// Who somebody is, what a route asks of them, and the one decision between the two.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "domain/workspace.h"

namespace ringdown {

using UserId = Id<struct UserTag>;

enum class Role { rep, admin, owner };  // each may do what those before it may
BOOST_DESCRIBE_ENUM(Role, rep, admin, owner)

enum class KeyScope { read, dial, import, admin };  // admin holds the others
BOOST_DESCRIBE_ENUM(KeyScope, read, dial, import, admin)

// Whom a route serves: anybody; any signed-in person, in a workspace or not; people from this role on.
enum class Access { open, user, rep, admin, owner };
BOOST_DESCRIBE_ENUM(Access, open, user, rep, admin, owner)

enum class Via { session, key, token };  // a browser's cookie, an API key, another issuer's JWT
BOOST_DESCRIBE_ENUM(Via, session, key, token)

struct Caller {
  UserId user;                           // of a key: who made it
  std::optional<WorkspaceId> workspace;  // the one in hand, of which they are a member
  WorkspaceKind kind = WorkspaceKind::live;
  std::optional<Role> role;  // in that workspace
  Via via = Via::session;
  std::vector<KeyScope> scopes;  // of a key
  Bytes session_hash;            // of a session
};

// May they use a route of this access, which keys with the scope `needed` may use as well (none: no key)?
Result<void> may(const std::optional<Caller>&, Access, std::optional<KeyScope> needed);

}  // namespace ringdown
