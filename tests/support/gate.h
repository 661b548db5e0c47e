// The rule packs of this clone's assets/, and facts that nothing speaks against.
#pragma once

#include "domain/dial_facts.h"

namespace ringdown::test {

std::vector<RuleText> rule_texts();
const Rulebook& rulebook();

// A lead with that number, pending and never called, whose written consent is kept, to be called by an AI.
DialFacts facts_of(const std::string& e164);

}  // namespace ringdown::test
