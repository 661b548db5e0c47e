#include "sandbox/callees.h"

#include <array>

namespace ringdown::sandbox {
namespace {

constexpr Span patience = 60s;
constexpr Span mailbox = 60s;  // until it is full
constexpr Span a_moment = 2s;  // of who hangs up at once

Fate drawn_fate(double share) {
  struct Share {
    double up_to;
    Fate fate;
  };
  constexpr std::array shares = {Share{0.39, Fate::human},    Share{0.42, Fate::opts_out},
                                 Share{0.48, Fate::hangs_up}, Share{0.68, Fate::machine},
                                 Share{0.78, Fate::busy},     Share{0.96, Fate::no_answer},
                                 Share{0.98, Fate::invalid}};
  for (const Share& one : shares) {
    if (share < one.up_to) return one.fate;
  }
  return Fate::declined;
}

Span talking_time(Fate fate, double share) {
  if (fate == Fate::hangs_up) return a_moment;
  return fate == Fate::machine ? mailbox : std::chrono::round<Span>(20s + 40s * share);
}

}  // namespace

std::optional<Fate> promised_fate(std::string_view number) {
  if (number.size() < 5 || number.substr(number.size() - 4, 3) != "019") return std::nullopt;

  const int place = number.back() - '0';
  return place >= 0 && place <= static_cast<int>(Fate::opts_out) ? std::optional(static_cast<Fate>(place))
                                                                 : std::nullopt;
}

Span Callee::waits_for() const {
  return fate == Fate::hangs_up ? a_moment : patience;
}

std::optional<char> Callee::presses_on(std::string_view said) const {
  if (fate != Fate::opts_out) return std::nullopt;
  constexpr std::string_view offer = "off our list, press ";
  const auto at = said.find(offer);
  return at == said.npos || at + offer.size() == said.size() ? std::nullopt
                                                             : std::optional(said[at + offer.size()]);
}

Callee Callees::at(std::string_view number) const {
  Chance chance = chance_of(seed_, number);
  Callee callee{drawn_fate(fraction(chance)), {}};
  if (const auto promised = promised_fate(number)) callee.fate = *promised;
  if (const auto fixed = fixed_.find(number); fixed != fixed_.end()) callee.fate = fixed->second;

  const double eager = callee.fate == Fate::machine ? 18 : 3;
  const double hesitant = callee.fate == Fate::machine ? 6 : 11;
  callee.picks_up_after =
      std::chrono::round<Span>(std::chrono::duration<double>(eager + hesitant * fraction(chance)));
  callee.talks_for = talking_time(callee.fate, fraction(chance));
  callee.speaks_for = std::chrono::round<Span>(4s + 16s * fraction(chance));
  if (const auto keys = presses_.find(number); keys != presses_.end()) callee.presses = keys->second;
  return callee;
}

}  // namespace ringdown::sandbox
