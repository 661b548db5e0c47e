// A day in the life of the store: units over people, leases, outbox and changes, each of which writes several
// rows that belong together. Undisturbed it leads from state to state; a fault may stop it between two of
// them, never elsewhere.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/faults/look.h"

namespace ringdown::test {

struct Step {
  std::string name;
  std::optional<Workspace> workspace;
  std::function<void(Tx&)> work;
};

const std::vector<Step>& long_day();   // all there is
const std::vector<Step>& short_day();  // a taste of it, for faults that come in hundreds of places

void perform(Db&, const Step&);

// What is stored before the first step, and after each, when nothing happens.
std::vector<std::string> undisturbed(const FreshStore&, Db&, const std::vector<Step>&);

// What a unit is told: "" when it is committed, else the reason.
std::string answer_of(Db&, const Step&);

}  // namespace ringdown::test
