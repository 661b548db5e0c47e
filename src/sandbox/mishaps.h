// What goes wrong on purpose: each by a rate, or the next so many times.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/enums.h"
#include "sandbox/chance.h"

namespace ringdown::sandbox {

enum class Mishap {
  answer_lost,     // a call is made, and the connection ends before the answer
  error_after,     // a call is made, and the answer is a 500
  error_before,    // none is made, and the answer is a 503
  answer_slow,     // a call is made, and the answer comes after half a minute
  too_many,        // none is made, and the answer is a 429
  extras_refused,  // none is made where machine detection is asked for: so it is with trial accounts
  hook_lost,       // a callback is never sent
  hook_late,       // it comes after everything else
  hook_twice,      // it comes twice
  hook_reordered   // it comes after the next one
};
BOOST_DESCRIBE_ENUM(Mishap, answer_lost, error_after, error_before, answer_slow, too_many, extras_refused,
                    hook_lost, hook_late, hook_twice, hook_reordered)

class Mishaps {
 public:
  explicit Mishaps(std::uint64_t seed) : chance_(chance_of(seed, "mishaps")) {}

  void set_rate(Mishap mishap, double rate) { plan_of(mishap).rate = rate; }
  void set_next(Mishap mishap, int count) { plan_of(mishap).next = count; }
  bool strikes(Mishap);

 private:
  struct Plan {
    double rate = 0;
    int next = 0;
  };
  Plan& plan_of(Mishap mishap) { return plans_[static_cast<std::size_t>(mishap)]; }

  Chance chance_;
  std::array<Plan, 10> plans_{};
};

}  // namespace ringdown::sandbox
