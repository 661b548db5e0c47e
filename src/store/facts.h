// What is true of the whole instance until somebody changes it. Units of the instance.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>

#include "ports/db.h"

namespace ringdown::store {

struct Fact {
  std::string says;
  Time since;

  bool operator==(const Fact&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fact, (), (says, since))

// While dialing is paused nothing is placed, in no workspace; `why` is shown to people.
void pause_dialing(Tx&, const std::string& why, Time now);
std::optional<Fact> dialing_pause(Tx&);
bool resume_dialing(Tx&);  // false when it was not paused

// In a database that was just filled from a backup: nobody's position in the old changes is known here, not
// even that of a reader who saw more than the backup did.
void forget_past_changes(Tx&, Time now);

}  // namespace ringdown::store
