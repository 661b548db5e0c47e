// What the gate says, with the rule that decided and, for "why not?", what every rule said.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/enums.h"
#include "base/time.h"

namespace ringdown {

enum class Decision { allow, defer, refuse };
BOOST_DESCRIBE_ENUM(Decision, allow, defer, refuse)

struct RuleAnswer {
  std::string rule;
  Decision decision = Decision::allow;
  std::optional<Time> until;  // of a defer: when this rule alone would allow it
  std::string says;

  bool operator==(const RuleAnswer&) const = default;
};

struct Verdict {
  Decision decision = Decision::refuse;
  std::optional<Time> until;  // of a defer: the first moment at which every rule allows it
  std::string rule;           // that decided; empty where all allow
  std::string says;
  std::vector<RuleAnswer> asked;

  bool operator==(const Verdict&) const = default;
};

}  // namespace ringdown
