#include "domain/jurisdictions.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "domain/us_postal.h"

namespace ringdown {
namespace {

// Law ends at a border that a city's neighbours may live beyond.
constexpr double nearby_km = 60;

class Collection {
 public:
  Collection(const ZoneFacts& facts, const Places& places, const AreaCodes& codes)
      : facts_(facts), places_(places), codes_(codes) {}

  std::vector<Jurisdiction> run() {
    take_address();
    take_postal_code();
    take_point();
    take_number();
    return std::move(found_);
  }

 private:
  void add(std::string_view country, std::string_view region, const std::string& why) {
    const auto is_it = [&](const Jurisdiction& known) {
      return known.country == country && known.region == region;
    };
    if (std::ranges::any_of(found_, is_it)) return;
    found_.push_back({std::string(country), std::string(region), why});
  }

  void take_address() {
    const Place* land = places_.country(trimmed(facts_.country));
    const Place* state = places_.state(trimmed(facts_.region), land ? land->country : "");
    if (state) return add(state->country, state->region, "the address");
    if (land) add(land->country, "", "the address");
    take_cities(land);
  }

  // A name alone may stand for several cities: the law of each counts.
  void take_cities(const Place* land) {
    const std::string_view name = trimmed(facts_.city);
    if (name.empty() || !trimmed(facts_.region).empty()) return;
    for (const Place* city : places_.cities(name, "", land ? land->country : ""))
      add(city->country, city->region, fmt::format("the city {}", city->name));
  }

  void take_postal_code() {
    const Place* land = places_.country(trimmed(facts_.country));
    if (land && land->country != "US") return;
    const std::string_view state = state_of_zip(facts_.postal_code);
    if (!state.empty()) add("US", state, fmt::format("ZIP {}", trimmed(facts_.postal_code)));
  }

  void take_point() {
    if (!facts_.at || !is_on_earth(*facts_.at)) return;
    for (const Place* city : places_.within(*facts_.at, nearby_km))
      add(city->country, city->region, fmt::format("near {}", city->name));
  }

  void take_number() {
    const Area* area = codes_.find(facts_.e164);
    if (!area) return;
    for (const std::string& country : area->countries) {
      if (area->regions.empty()) add(country, "", name_of(*area));
      for (const std::string& region : area->regions) add(country, region, name_of(*area));
    }
  }

  const ZoneFacts& facts_;
  const Places& places_;
  const AreaCodes& codes_;
  std::vector<Jurisdiction> found_;
};

}  // namespace

std::vector<Jurisdiction> jurisdictions_of(const ZoneFacts& facts, const Places& places,
                                           const AreaCodes& codes) {
  return Collection(facts, places, codes).run();
}

}  // namespace ringdown
