// An engine as tests have it: the product's rules and places, the first node, everything else in their hands.
#pragma once

#include "flow/engine.h"
#include "tests/support/atlas.h"
#include "tests/support/gate.h"
#include "tests/support/stores.h"

namespace ringdown::test {

inline flow::Engine plain_engine(Db& db, Clock& clock, Chance& chance, Carrier& carrier) {
  return {.db = db,
          .clock = clock,
          .chance = chance,
          .carrier = carrier,
          .atlas = atlas(),
          .rules = rulebook(),
          .node = nth<struct NodeTag>(1).value};
}

}  // namespace ringdown::test
