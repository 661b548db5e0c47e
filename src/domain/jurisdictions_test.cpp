#include "domain/jurisdictions.h"

#include <doctest/doctest.h>

#include "tests/support/atlas.h"

using namespace ringdown;

namespace {

std::string places_of(const ZoneFacts& facts) {
  std::string all;
  for (const Jurisdiction& place : jurisdictions_of(facts, *test::atlas().places.now(), test::atlas().area_codes)) {
    CHECK_FALSE(place.why.empty());
    all += place.country + (place.region.empty() ? "" : "-" + place.region) + " ";
  }
  return all;
}

}  // namespace

TEST_CASE("the state of the address and the state of the number both count") {
  CHECK(places_of({.region = "FL", .country = "US", .e164 = "+12125550123"}) == "US-FL US-NY ");
  CHECK(places_of({.region = "Florida", .e164 = "+13055550123"}) == "US-FL ");
}

TEST_CASE("a ZIP code is a place, though the address names another") {
  CHECK(places_of({.region = "NY", .postal_code = "33101", .e164 = "+12125550123"}) == "US-NY US-FL ");
  CHECK(places_of({.country = "GB", .postal_code = "33101", .e164 = "+442079460123"}) == "GB GG JE IM ");
}

TEST_CASE("a city without a state may be in any that has one of its name") {
  const std::string found = places_of({.city = "Portland", .country = "US"});

  CHECK(found.find("US-OR") != found.npos);
  CHECK(found.find("US-ME") != found.npos);
}

TEST_CASE("near a border both sides count") {
  const std::string found = places_of({.at = GeoPoint{38.63, -90.2}});  // St. Louis

  CHECK(found.find("US-MO") != found.npos);
}

TEST_CASE("a toll-free number is nowhere") {
  CHECK(places_of({.e164 = "+18005550123"}).empty());
}
