#include "sandbox/mishaps.h"

namespace ringdown::sandbox {

bool Mishaps::strikes(Mishap mishap) {
  Plan& plan = plan_of(mishap);
  if (plan.next > 0) {
    --plan.next;
    return true;
  }
  return plan.rate > 0 && fraction(chance_) < plan.rate;
}

}  // namespace ringdown::sandbox
