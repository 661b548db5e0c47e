#include "domain/learned_cities.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

const PlaceRow rows[] = {
    {.kind = PlaceKind::country, .name = "United States", .country = "US", .zones = "America/Chicago"},
    {.kind = PlaceKind::country, .name = "Germany", .country = "DE", .zones = "Europe/Berlin"},
    {.kind = PlaceKind::state, .name = "Texas", .region = "TX", .country = "US", .zones = "America/Chicago"},
    {.kind = PlaceKind::state, .name = "Maine", .region = "ME", .country = "US", .zones = "America/New_York"},
    {.name = "Dallas",
     .region = "TX",
     .country = "US",
     .at = GeoPoint{32.78, -96.80},
     .zones = "America/Chicago"},
};

const Places& places() {
  static const Places known(rows);
  return known;
}

CitySaid said(const char* city, const char* state, const char* country, double latitude, double longitude) {
  return {city, state, country, latitude, longitude};
}

std::vector<LearnedCity> learned(const std::vector<CitySaid>& all) {
  return learned_cities(all, places());
}

}  // namespace

TEST_CASE("a city lies in the middle of what most leads say, to a kilometre") {
  const auto cities = learned(
      {said("Marfa", "TX", "US", 30.3094, -104.0206), said("marfa", "Texas", "US", 30.3111, -104.0256),
       said("Marfa", "tx", "USA", 3.0309, -104.0206), said("Marfa", "TX", "US", 30.3129, -104.0199)});

  CHECK(cities == std::vector<LearnedCity>{{"Marfa", "TX", "US", {30.31, -104.02}, 3}});
}

TEST_CASE("cities of one name are told apart by state and country, that of the most leads first") {
  const auto cities =
      learned({said("Paris", "ME", "US", 44.26, -70.50), said("Paris", "TX", "US", 33.66, -95.56),
               said("Paris", "Texas", "", 33.66, -95.56), said("Paris", "Hesse", "DE", 50.1, 8.7)});

  REQUIRE(cities.size() == 3);
  CHECK(cities[0] == LearnedCity{"Paris", "TX", "US", {33.66, -95.56}, 2});
  CHECK(cities[1].region + cities[1].country == "HesseDE");
  CHECK(cities[2].region + cities[2].country == "MEUS");
}

TEST_CASE("what the list of places knows is not learned anew, wherever leads put it") {
  CHECK(learned({said("dallas", "TX", "US", 32.78, -96.80)}).empty());
  CHECK(learned({said("Dallas", "TX", "US", 1, 1)}).empty());
  CHECK(learned({said("Dallas", "", "", 1, 1)}).empty());
  CHECK(learned({said("Dallas", "ME", "US", 44.1, -69.5)}).size() == 1);
}

TEST_CASE("where leads do not agree, nothing is learned") {
  CHECK(learned({said("Marfa", "TX", "US", 30.31, -104.02), said("Marfa", "TX", "US", 40, -80)}).empty());
  CHECK(learned({}).empty());
}

TEST_CASE("a lead that says neither state nor country still tells where its city lies") {
  const CitySaid bare{" Marfa ", std::nullopt, std::nullopt, 30.31, -104.02};

  const auto cities = learned({bare});

  CHECK(cities == std::vector<LearnedCity>{{"Marfa", "", "", {30.31, -104.02}, 1}});
}
