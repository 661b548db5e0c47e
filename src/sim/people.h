// The people of a simulated world: who they are and where, known by construction, so that nobody has to
// derive it.
#pragma once

#include <string>
#include <vector>

#include "domain/consent.h"
#include "domain/lead.h"
#include "sim/dice.h"

namespace ringdown::sim {

enum class Standing {
  agreed,  // in writing, to an artificial voice
  never_agreed,
  revoked,
  spoke_only,  // agreed, but not in writing
  listed       // agreed once, and is on the list of those not to be called
};
BOOST_DESCRIBE_ENUM(Standing, agreed, never_agreed, revoked, spoke_only, listed)

struct Person {
  LeadId lead;
  std::string phone;
  std::string state;               // empty: nobody knows where they are
  std::vector<std::string> zones;  // all of them count
  Standing standing = Standing::agreed;

  bool may_ever_be_called() const { return standing == Standing::agreed && !zones.empty(); }
};

// So many; a few share their number with somebody else.
std::vector<Person> any_people(Dice&, int count, Time now);

LeadFields fields_of(const Person&);

}  // namespace ringdown::sim
