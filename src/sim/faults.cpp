#include "sim/faults.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ringdown::sim {
namespace {

// The highest rate that is drawn: what befalls every unit of work is rarer than what befalls a call.
int worst(Fault fault) {
  switch (fault) {
    case Fault::event_lost: return 1000;
    case Fault::crash: return 4;
    case Fault::freeze: return 2;
    case Fault::unit_fails:
    case Fault::commit_lost: return 20;
    default: return 400;
  }
}

template <class Each>
void for_every_fault(Each each) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Fault>>(
      [&](auto fault) { each(fault.value); });
}

}  // namespace

// A few seeds have the worst rate there is: all events lost is a world of its own.
void Faults::draw(Fault fault, Dice& dice) {
  const int rate = dice.happens(100) ? worst(fault) : 1 + dice.below(worst(fault));
  rates_[static_cast<std::size_t>(fault)] = rate;
}

Faults Faults::drawn(Dice& dice) {
  Faults faults;
  for_every_fault([&](Fault fault) {
    if (dice.happens(500)) faults.draw(fault, dice);
  });
  return faults;
}

Faults Faults::drawn(Dice& dice, Fault fault) {
  Faults faults;
  faults.draw(fault, dice);
  return faults;
}

Result<Faults> Faults::read(std::string_view words, Dice& dice) {
  if (words == "all") return drawn(dice);
  Faults faults;
  while (words != "none" && !words.empty()) {
    const auto comma = words.find(',');
    const std::string_view word = words.substr(0, comma);
    const auto fault = parse_enum<Fault>(word);
    if (!fault)
      return fail(Reason::invalid, fmt::format("there is no fault '{}'; there are {}", word,
                                               fmt::join(words_of<Fault>(), ", ")));
    faults.draw(*fault, dice);
    words.remove_prefix(comma == words.npos ? words.size() : comma + 1);
  }
  return faults;
}

std::string Faults::words() const {
  std::string text;
  for_every_fault([&](Fault fault) {
    const int rate = rates_[static_cast<std::size_t>(fault)];
    if (rate > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", to_text(fault), rate);
  });
  return text.empty() ? "none" : text;
}

}  // namespace ringdown::sim
