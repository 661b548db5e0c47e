// What machine detection takes an answer for, and when.
#pragma once

#include <string>

#include "sandbox/call.h"
#include "sandbox/callees.h"

namespace ringdown::sandbox {

struct Detected {
  std::string answered_by{};
  Span after{};  // the answer
};

Detected detected(const Callee&, Detection);

}  // namespace ringdown::sandbox
