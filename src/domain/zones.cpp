#include "domain/zones.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "base/timezone.h"
#include "domain/us_postal.h"

namespace ringdown {
namespace {

constexpr double nearby_km = 60;

using Zones = std::vector<std::string_view>;

std::string several(const Zones& zones) {
  return zones.size() == 1 ? "" : fmt::format(" covers {} zones", zones.size());
}

std::string full_name(const Place& city) {
  return fmt::format("{}, {}", city.name, city.region.empty() ? city.country : city.region);
}

class Derivation {
 public:
  Derivation(const ZoneFacts& facts, const Places& places, const AreaCodes& codes)
      : facts_(facts), places_(places), codes_(codes) {}

  std::vector<ZoneCandidate> run() {
    take_stored();
    take_address();
    take_point();
    take_number();
    return std::move(candidates_);
  }

 private:
  void add(std::string_view zone, ZoneSource source, const std::string& why) {
    if (std::ranges::find(candidates_, zone, &ZoneCandidate::zone) != candidates_.end()) return;
    candidates_.push_back({std::string(zone), source, why});
  }

  void add_all(const Zones& zones, ZoneSource source, const std::string& why) {
    for (const std::string_view zone : zones) add(zone, source, why);
  }

  void take_stored() {
    if (is_timezone(facts_.stored)) add(facts_.stored, ZoneSource::stored, "it was set");
  }

  void take_address() {
    const std::string_view region = trimmed(facts_.region);
    const Place* land = places_.country(trimmed(facts_.country));
    const Place* state = places_.state(region, land ? land->country : "");
    // Puerto Rico and Guam are written as countries, too.
    if (!land && !state) state = places_.state(trimmed(facts_.country));

    if (take_city(trimmed(facts_.city), state, land)) return;
    if (state) return take_state(*state, std::string(state->name));
    if (region.empty() && take_postal_code(land)) return;
    if (land) take_single_zone(*land);
  }

  // A name alone may stand for several cities: all of them count.
  bool take_city(std::string_view name, const Place* state, const Place* land) {
    if (name.empty()) return false;
    const bool region_unknown = !state && !trimmed(facts_.region).empty();
    if (region_unknown && !land) return false;

    const auto cities = places_.cities(name, state ? state->region : "",
                                       state  ? state->country
                                       : land ? land->country
                                              : "");
    for (const Place* city : cities) add_all(zones_of(*city), ZoneSource::address, full_name(*city));
    return !cities.empty();
  }

  void take_state(const Place& state, const std::string& what) {
    const Zones zones = zones_of(state);
    add_all(zones, ZoneSource::address, what + several(zones));
  }

  bool take_postal_code(const Place* land) {
    if (land && land->country != "US") return false;
    const Place* state = places_.state(state_of_zip(facts_.postal_code), "US");
    if (!state) return false;
    take_state(*state, fmt::format("ZIP {}: {}", trimmed(facts_.postal_code), state->name));
    return true;
  }

  // "Somewhere in the United States" is no place.
  void take_single_zone(const Place& land) {
    const Zones zones = zones_of(land);
    if (zones.size() == 1) add(zones.front(), ZoneSource::address, std::string(land.name));
  }

  void take_point() {
    if (!facts_.at || !is_on_earth(*facts_.at)) return;
    for (const Place* city : places_.within(*facts_.at, nearby_km))
      add_all(zones_of(*city), ZoneSource::address, "near " + full_name(*city));
  }

  void take_number() {
    const Area* area = codes_.find(facts_.e164);
    if (!area) return;
    const Zones zones = zones_of_area(*area);
    add_all(zones, ZoneSource::area_code, name_of(*area) + several(zones));
  }

  Zones zones_of_area(const Area& area) const {
    Zones zones(area.zones.begin(), area.zones.end());
    if (!zones.empty()) return zones;
    for (const std::string& code : area.countries) {
      const Place* land = places_.country(code);
      if (!land) continue;
      for (const std::string_view zone : zones_of(*land)) {
        if (std::ranges::find(zones, zone) == zones.end()) zones.push_back(zone);
      }
    }
    return zones;
  }

  const ZoneFacts& facts_;
  const Places& places_;
  const AreaCodes& codes_;
  std::vector<ZoneCandidate> candidates_;
};

}  // namespace

std::vector<ZoneCandidate> zones_of(const ZoneFacts& facts, const Places& places, const AreaCodes& codes) {
  return Derivation(facts, places, codes).run();
}

}  // namespace ringdown
