#include "sandbox/callees.h"

namespace ringdown::sandbox {
namespace {

constexpr Span usual_patience = 60s;
constexpr Span mailbox = 60s;  // until it is full

Span talking_time(const Persona& persona, double share) {
  if (persona.who == AnswererKind::machine) return mailbox;
  return persona.patience.value_or(std::chrono::round<Span>(20s + 40s * share));
}

}  // namespace

Span Callee::waits_for() const {
  return persona->patience.value_or(usual_patience);
}

bool Callees::set(std::string number, std::string_view persona) {
  const Persona* known = personas_.find(persona);
  if (known) fixed_[std::move(number)] = known;
  return known != nullptr;
}

Callee Callees::at(std::string_view number) const {
  Chance chance = chance_of(seed_, number);
  const Persona& persona = persona_of(number, chance);
  const Span hesitates = persona.picks_up_to - persona.picks_up_from;
  Callee callee{&persona, persona.picks_up_from + std::chrono::round<Span>(hesitates * fraction(chance))};
  callee.talks_for = talking_time(persona, fraction(chance));
  callee.speaks_for = std::chrono::round<Span>(4s + 16s * fraction(chance));
  if (const auto keys = presses_.find(number); keys != presses_.end()) callee.presses = keys->second;
  return callee;
}

// Chance is drawn from in any case, so that a promise changes nothing else about a number.
const Persona& Callees::persona_of(std::string_view number, Chance& chance) const {
  const Persona& drawn = personas_.drawn(fraction(chance));
  if (const auto fixed = fixed_.find(number); fixed != fixed_.end()) return *fixed->second;
  const Persona* promised = personas_.promised_to(number);
  return promised ? *promised : drawn;
}

std::string Callees::ids() const {
  std::string ids;
  for (const Persona& one : personas_.all()) ids += (ids.empty() ? "" : ", ") + one.id;
  return ids;
}

}  // namespace ringdown::sandbox
