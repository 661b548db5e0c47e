#include "domain/packed_places.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("cities come out of their packing as they went in") {
  std::string packed;
  append_packed(packed, {.name = "Dallas, \"Big D\"",
                         .region = "TX",
                         .country = "US",
                         .at = GeoPoint{32.78306, -96.80667},
                         .population = 1'300'000,
                         .zones = "America/Chicago"});
  append_packed(
      packed,
      {.name = "Łódź", .country = "PL", .at = GeoPoint{51.77058, 19.47395}, .zones = "Europe/Warsaw"});

  const auto cities = unpack_places(packed);

  REQUIRE(cities.size() == 2);
  CHECK(cities[0].name == "Dallas, \"Big D\"");
  CHECK(cities[0].region == "TX");
  CHECK(cities[0].at == GeoPoint{32.78306, -96.80667});
  CHECK(cities[0].population == 1'300'000);
  CHECK(cities[1].name == "Łódź");
  CHECK(cities[1].region.empty());
  CHECK(cities[1].country == "PL");
  CHECK(cities[1].zones == "Europe/Warsaw");
  CHECK(unpack_places("").empty());
}
