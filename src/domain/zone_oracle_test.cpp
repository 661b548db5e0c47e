// The assets against tests/fixtures/zone_oracle.csv, which was written by hand without looking at them.
#include <cctz/time_zone.h>
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "base/text.h"
#include "base/timezone.h"
#include "domain/zones.h"
#include "tests/support/paths.h"

using namespace ringdown;

namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(std::string(RINGDOWN_SOURCE) + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

const Places& places() {
  static const std::string csv = text_of("/assets/places.csv");
  static const Places built(*read_place_rows(csv, "places.csv"));
  return built;
}

const AreaCodes& area_codes() {
  static const AreaCodes parsed = *AreaCodes::parse(text_of("/assets/area_codes.toml"), "area_codes.toml");
  return parsed;
}

// Seconds east of Greenwich in the middle of winter and of summer.
std::string offsets(std::string_view name) {
  cctz::time_zone zone;
  if (!cctz::load_time_zone(std::string(name), &zone)) return "no zone: " + std::string(name);
  const cctz::time_zone utc = cctz::utc_time_zone();
  const auto at = [&](int month) {
    return std::to_string(zone.lookup(cctz::convert(cctz::civil_second(2026, month, 15), utc)).offset);
  };
  return at(1) + "/" + at(7);
}

template <class Names>
std::set<std::string> offsets_of(const Names& names) {
  std::set<std::string> all;
  for (const auto& name : names) all.insert(offsets(name));
  return all;
}

std::vector<std::string> derived(std::string_view what, std::string_view name, std::string_view region,
                                 std::string_view country) {
  const std::string number = what == "area" ? "+1" + std::string(name) + "5550123" : "+" + std::string(name);
  const ZoneFacts facts = what == "city"    ? ZoneFacts{.city = name, .region = region, .country = country}
                          : what == "state" ? ZoneFacts{.region = name, .country = country}
                                            : ZoneFacts{.e164 = number};
  std::vector<std::string> zones;
  for (const ZoneCandidate& candidate : zones_of(facts, places(), area_codes()))
    zones.push_back(candidate.zone);
  return zones;
}

}  // namespace

TEST_CASE("places and numbers have the zones that the oracle expects") {
  const std::string oracle = text_of("/tests/fixtures/zone_oracle.csv");
  std::map<std::string, int> rows;
  for (const std::string_view line : split(oracle, '\n')) {
    const auto fields = split(line, ',');
    if (fields.size() != 5 || fields[0] == "what") continue;
    CAPTURE(line);
    std::vector<std::string_view> expected;
    if (!fields[4].empty()) expected = split(fields[4], '|');

    const std::vector<std::string> zones = derived(fields[0], fields[1], fields[2], fields[3]);

    CHECK(offsets_of(zones) == offsets_of(expected));
    if (expected.size() == 1 && zones.size() == 1) CHECK(zones.front() == expected.front());
    ++rows[std::string(fields[0])];
  }
  CHECK(rows["area"] >= 400);
  CHECK(rows["city"] >= 150);
}

TEST_CASE("every zone in the assets is one that this machine knows") {
  for (const Place& place : places().all()) {
    for (const std::string_view zone : zones_of(place)) {
      CAPTURE(zone);
      CHECK(is_timezone(zone));
    }
  }
  for (const Area& area : area_codes().all()) {
    for (const std::string& zone : area.zones) {
      CAPTURE(zone);
      CHECK(is_timezone(zone));
    }
  }
}

TEST_CASE("a city of the list keeps one of its state's or country's clocks") {
  for (const Place& place : places().all()) {
    if (place.kind != PlaceKind::city) continue;
    CAPTURE(place.name);
    CAPTURE(place.country);
    const Place* around = places().state(place.region, place.country);
    if (place.region.empty() || !around) around = places().country(place.country);
    REQUIRE(around);
    CHECK(offsets_of(zones_of(*around)).contains(offsets(place.zones)));
  }
}

TEST_CASE("what the area codes name is in the list of places, and each state has an area code") {
  std::set<std::string> regions;
  for (const Area& area : area_codes().all()) {
    CAPTURE(area.digits);
    for (const std::string& country : area.countries) CHECK(places().country(country));
    for (const std::string& region : area.regions) {
      const Place* state = places().state(region, area.countries.front());
      REQUIRE(state);
      regions.insert(region);
      if (area.regions.size() > 1) continue;
      for (const std::string& zone : area.zones) CHECK(offsets_of(zones_of(*state)).contains(offsets(zone)));
    }
  }
  for (const Place& place : places().all()) {
    if (place.kind == PlaceKind::state) CHECK(regions.contains(std::string(place.region)));
  }
}
