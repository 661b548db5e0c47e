#include "domain/places_shelf.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

PlaceRow city(std::string_view name, GeoPoint at) {
  return {.name = name, .region = "TX", .country = "US", .at = at, .zones = "America/Chicago"};
}

const PlaceRow dallas = city("Dallas", {32.78, -96.80});

}  // namespace

TEST_CASE("what is added counts beside the built-in places, and goes when something else is added") {
  PlacesShelf shelf(Places(std::span(&dallas, 1)));
  const auto before = shelf.now();
  const PlaceRow marfa = city("Marfa", {30.31, -104.02});
  const PlaceRow alpine = city("Alpine", {30.36, -103.66});

  shelf.add(std::span(&marfa, 1));
  CHECK(shelf.now()->cities("Marfa").size() == 1);
  CHECK(shelf.now()->cities("Dallas").size() == 1);
  shelf.add(std::span(&alpine, 1));

  CHECK(shelf.now()->cities("Marfa").empty());
  CHECK(shelf.now()->cities("Alpine").size() == 1);
  CHECK(before->cities("Dallas").size() == 1);
  CHECK(before->cities("Alpine").empty());
}

TEST_CASE("a city that is built in is not there twice, another one of its name is") {
  PlacesShelf shelf(Places(std::span(&dallas, 1)));
  const PlaceRow cities[] = {city("dallas", {32.80, -96.77}), city("Dallas", {30.00, -96.77})};

  shelf.add(cities);

  CHECK(shelf.now()->cities("Dallas").size() == 2);
}
