#include "tests/seeds/seed.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "base/log.h"
#include "tests/support/gate.h"
#include "tests/support/paths.h"

namespace ringdown::test {
namespace {

std::string text_of(const std::string& name) {
  std::ifstream file(RINGDOWN_SOURCE "/assets/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

const Atlas& atlas_of_simulation() {
  static const Atlas made =
      parse_atlas({"numbering.toml", sim::where_films_are_real(text_of("numbering.toml"))},
                  {"area_codes.toml", text_of("area_codes.toml")}, {"places.csv", text_of("places.csv")})
          .value();
  return made;
}

}  // namespace

// Most worlds are small, because most faults need only a few calls; a few are as large as they get.
sim::SimulationOptions options_of_seed(std::uint64_t seed) {
  sim::Dice dice(seed);
  sim::SimulationOptions options{.seed = seed};
  options.leads = dice.happens(10) ? 200 : 1 + dice.below(25);
  options.days = dice.happens(800) ? 1 : 2 + dice.below(2);
  return options;
}

sim::Outlook simulated(const sim::SimulationOptions& options) {
  log::set_level(log::Level::error);
  return sim::simulate(options, atlas_of_simulation(), rulebook()).value();
}

std::string complaint_about(const sim::SimulationOptions& options, const sim::Outlook& outlook) {
  if (outlook.broken.empty()) return {};
  return fmt::format("{} invariants break, first of all: {}\n  faults: {}\n  {}", outlook.broken.size(),
                     outlook.broken.front(), outlook.faults, replay_command(options));
}

}  // namespace ringdown::test
