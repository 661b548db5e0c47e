// Who somebody is in a workspace.
#pragma once

#include "base/enums.h"
#include "base/ids.h"

namespace ringdown {

using UserId = Id<struct UserTag>;

enum class Role { rep, admin, owner };  // each may do what those before it may
BOOST_DESCRIBE_ENUM(Role, rep, admin, owner)

}  // namespace ringdown
