// Whether what somebody agreed to is enough for a rule that asks for consent.
#pragma once

#include <span>
#include <string>

#include "domain/dial_facts.h"

namespace ringdown {

// What the best of them lacks, in plain words; empty where one is enough.
std::string what_lacks(const ConsentRule&, Purpose, std::span<const ConsentFact>, Time at);

}  // namespace ringdown
