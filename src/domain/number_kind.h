// What sort of number it is, as far as a dialer cares, and whether such a number may ring.
#pragma once

#include "base/enums.h"
#include "domain/workspace.h"

namespace ringdown {

enum class NumberKind {
  ordinary,
  toll_free,
  fictional,
  emergency,
  premium,
  shared_cost,
  satellite,
  personal,  // follows a person around, at the caller's cost
  service,   // something answers, and it is nobody's telephone
  unassigned
};
BOOST_DESCRIBE_ENUM(NumberKind, ordinary, toll_free, fictional, emergency, premium, shared_cost, satellite,
                    personal, service, unassigned)

bool is_dialable(NumberKind, WorkspaceKind);
const char* plain_words(NumberKind);  // "a premium-rate number", for "why not?"

}  // namespace ringdown
