// What the schema says of itself. A unit of the instance.
#pragma once

#include <string>

#include "ports/db.h"

namespace ringdown::store {

std::string newest_migration(Tx&);

}  // namespace ringdown::store
