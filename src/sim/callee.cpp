#include "sim/callee.h"

namespace ringdown::sim {
namespace {

Reaction any_reaction(Dice& dice) {
  const int side = dice.below(100);
  if (side < 30) return Reaction::talks;
  if (side < 48) return Reaction::machine;
  if (side < 53) return Reaction::screening;
  if (side < 65) return Reaction::busy;
  if (side < 92) return Reaction::silent;
  if (side < 96) return Reaction::unreachable;
  return side < 98 ? Reaction::invalid : Reaction::blocked;
}

std::optional<CallEvent> any_agreement(Dice& dice, Time now) {
  switch (dice.below(8)) {
    case 0: return OptedOut{};
    case 1: return Declined{};
    case 2: return WrongPerson{};
    case 3: return Booked{};
    case 4: return CallbackAsked{now + dice.between(1h, 30h)};
    default: return {};
  }
}

}  // namespace

Callee any_callee(Dice& dice, Time now) {
  Callee callee;
  callee.reaction = any_reaction(dice);
  callee.picks_up_after = dice.between(2s, 14s);
  callee.talks_for = dice.between(1s, 4min);
  if (callee.reaction == Reaction::talks) callee.agreement = any_agreement(dice, now);
  return callee;
}

}  // namespace ringdown::sim
