#include "domain/places.h"

#include <doctest/doctest.h>

#include <string>

using namespace ringdown;

namespace {

constexpr const char* header = "kind,name,region,country,latitude,longitude,population,timezone,aliases\n";

const std::string list = std::string(header) +
                         "country,United States,,US,,,340000000,America/New_York|America/Chicago,USA\n"
                         "country,Georgia,,GE,,,3700000,Asia/Tbilisi,\n"
                         "state,Georgia,GA,US,32.70,-83.40,11030000,America/New_York,\n"
                         "state,Texas,TX,US,31.40,-99.30,30500000,America/Chicago|America/Denver,Tex\n"
                         "city,Dallas,TX,US,32.78,-96.80,1303000,America/Chicago,Big D\n"
                         "city,Fort Worth,TX,US,32.76,-97.33,978000,America/Chicago,\n"
                         "city,El Paso,TX,US,31.76,-106.49,679000,America/Denver,\n"
                         "city,Portland,ME,US,43.66,-70.26,69000,America/New_York,\n"
                         "city,Portland,OR,US,45.52,-122.68,630000,America/Los_Angeles,\n"
                         "city,Suva,,FJ,-18.14,178.44,94000,Pacific/Fiji,\n";

Places known() {
  return Places(*read_place_rows(list, "places.csv"));
}

std::string complaint(const std::string& row) {
  const auto rows = read_place_rows(header + row, "places.csv");
  return rows ? "" : rows.error().text;
}

}  // namespace

TEST_CASE("a city is found however its name is written, the most populous first") {
  const Places places = known();

  REQUIRE(places.cities("PORTLAND").size() == 2);
  CHECK(places.cities("portland")[0]->region == "OR");
  CHECK(places.cities("portland", "ME")[0]->zones == "America/New_York");
  CHECK(places.cities("Ft. Worth", "TX", "US").size() == 1);
  CHECK(places.cities("big d")[0]->name == "Dallas");
  CHECK(places.cities("Dallas", "GA").empty());
  CHECK(places.cities("Dallas", "", "FJ").empty());
  CHECK(places.cities("Texas").empty());
  CHECK(places.cities("").empty());
}

TEST_CASE("a state is found by code, name or alias, and told from a country of its name") {
  const Places places = known();

  CHECK(places.state("tx")->name == "Texas");
  CHECK(places.state(" Tex. ")->region == "TX");
  CHECK(places.state("Georgia")->region == "GA");
  CHECK(places.state("GA", "GE") == nullptr);
  CHECK(places.country("Georgia")->country == "GE");
  CHECK(places.country("usa")->country == "US");
  CHECK(places.country("us")->country == "US");
  CHECK(places.country("tx") == nullptr);
  CHECK(zones_of(*places.state("TX")) == std::vector<std::string_view>{"America/Chicago", "America/Denver"});
  REQUIRE(places.named("Georgia").size() == 2);
  CHECK(places.named("Georgia")[0]->kind == PlaceKind::state);
}

TEST_CASE("cities around a point come with the nearest first") {
  const Places places = known();
  const GeoPoint dallas{32.78, -96.80};

  REQUIRE(places.within(dallas, 60).size() == 2);
  CHECK(places.within(dallas, 60)[0]->name == "Dallas");
  CHECK(places.within(dallas, 60)[1]->name == "Fort Worth");
  CHECK(places.within(dallas, 40).size() == 1);
  CHECK(places.within(dallas, 20'000).size() == 6);
  CHECK(places.nearest({32.0, -106.0}, 60)->name == "El Paso");
  CHECK(places.nearest({0, 0}, 60) == nullptr);
}

TEST_CASE("a radius reaches over the date line and the pole") {
  const Places places = known();

  CHECK(places.nearest({-18.14, -179.9}, 200)->name == "Suva");
  CHECK(distance_km({89.9, 0}, {89.9, 180}) == doctest::Approx(22.24).epsilon(0.01));
  CHECK(distance_km({0, 0}, {0, 180}) == doctest::Approx(20015.1).epsilon(0.001));
  CHECK(distance_km({32.78, -96.80}, {30.27, -97.74}) == doctest::Approx(293).epsilon(0.01));
}

TEST_CASE("places stay where they are when their list moves") {
  Places places = known();
  const Place* dallas = places.cities("Dallas")[0];

  const Places moved = std::move(places);

  CHECK(moved.cities("Dallas")[0] == dallas);
  CHECK(dallas->name == "Dallas");
}

TEST_CASE("a complaint names file, line and column") {
  CHECK(complaint("city,X,TX,US,1,2,3,America/Chicago,\r\n") == "");
  CHECK(complaint("city,X,TX,US,1,2,3,America/Chicago,\n\ntown,X,TX,US,1,2,3,A/B,\n") ==
        "places.csv line 4: kind must be country, state or city; got \"town\"");
  CHECK(complaint("city,,TX,US,1,2,3,A/B,\n") == "places.csv line 2: name must not be empty; got \"\"");
  CHECK(complaint("city,X,TX,usa,1,2,3,A/B,\n") ==
        "places.csv line 2: country must be two capitals, such as US; got \"usa\"");
  CHECK(complaint("state,X,,US,1,2,3,A/B,\n").contains("region must be the state's code"));
  CHECK(complaint("city,X,TX,US,91,2,3,A/B,\n").contains("latitude must be degrees, -90 to 90; got \"91\""));
  CHECK(complaint("city,X,TX,US,1,2x,3,A/B,\n").contains("longitude must be degrees"));
  CHECK(complaint("city,X,TX,US,nan,2,3,A/B,\n").contains("latitude must be"));
  CHECK(complaint("city,X,TX,US,,,3,A/B,\n").contains("latitude must be"));
  CHECK(complaint("city,X,TX,US,1,2,-3,A/B,\n").contains("population must be a whole number; got \"-3\""));
  CHECK(complaint("city,X,TX,US,1,2,3,,\n").contains("timezone must be a zone"));
  CHECK(complaint("city,X,TX,US,1,2,3,A/B|C/D,\n").contains("only states and countries have several"));
  CHECK(complaint("city,\"X, Y\",TX,US,1,2,3,A/B,\n").contains("without quotes and commas"));
  CHECK(complaint("city,X,TX\n") == "places.csv line 2: has 3 columns; give 9");
  CHECK(complaint("city,\xff,TX,US,1,2,3,A/B,\n") == "places.csv line 2: this is not UTF-8");
  CHECK(read_place_rows("", "places.csv").error().text.starts_with("places.csv is empty"));
  CHECK(read_place_rows("name\n", "places.csv").error().text.starts_with("places.csv line 1: must be kind,"));
}
