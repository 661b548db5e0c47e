#include "domain/zones.h"

#include <doctest/doctest.h>

#include <string>

#include "base/enums.h"
#include "domain/us_postal.h"

using namespace ringdown;

namespace {

const Places& places() {
  static const Places built(
      *read_place_rows("kind,name,region,country,latitude,longitude,population,timezone,aliases\n"
                       "country,United States,,US,,,3,America/New_York|America/Chicago,USA\n"
                       "country,Germany,,DE,,,3,Europe/Berlin,Deutschland\n"
                       "country,Canada,,CA,,,3,America/Toronto|America/Vancouver,\n"
                       "country,Guernsey,,GG,,,3,Europe/Guernsey,\n"
                       "country,United Kingdom,,GB,,,3,Europe/London,UK\n"
                       "state,Texas,TX,US,31,-99,3,America/Chicago|America/Denver,\n"
                       "state,Maine,ME,US,45,-69,3,America/New_York,\n"
                       "state,Puerto Rico,PR,US,18,-66,3,America/Puerto_Rico,\n"
                       "city,Dallas,TX,US,32.78,-96.80,1303000,America/Chicago,\n"
                       "city,El Paso,TX,US,31.76,-106.49,679000,America/Denver,\n"
                       "city,Juarez,,MX,31.69,-106.42,1500000,America/Ciudad_Juarez,\n"
                       "city,Portland,ME,US,43.66,-70.26,69000,America/New_York,\n"
                       "city,Portland,OR,US,45.52,-122.68,630000,America/Los_Angeles,\n"
                       "city,Toronto,ON,CA,43.65,-79.38,2794000,America/Toronto,\n",
                       "places.csv"));
  return built;
}

const AreaCodes& codes() {
  static const AreaCodes parsed = *AreaCodes::parse(
      "[[areas]]\ncountry = \"US\"\nregions = [\"FL\"]\ncodes = [\"850\"]\n"
      "zones = [\"America/New_York\", \"America/Chicago\"]\n"
      "[[areas]]\ncountry = \"US\"\nregions = [\"TX\"]\ncodes = [\"214\"]\nzones = [\"America/Chicago\"]\n"
      "[[nowhere]]\nwhat = \"toll-free\"\ncodes = [\"800\"]\n"
      "[calling_codes]\n44 = [\"GB\", \"GG\"]\n441 = [\"GB\"]\n99 = [\"QQ\"]\n",
      "area_codes.toml");
  return parsed;
}

std::string derived(const ZoneFacts& facts) {
  std::string text;
  for (const ZoneCandidate& candidate : zones_of(facts, places(), codes())) {
    text += (text.empty() ? "" : "; ") + candidate.zone + " (" + to_text(candidate.source) + ": " +
            candidate.why + ")";
  }
  return text;
}

}  // namespace

TEST_CASE("all candidates are kept in the order of trust, each with its first reason") {
  const ZoneFacts facts{
      .stored = "America/Phoenix", .city = "El Paso", .region = "TX", .e164 = "+18505550123"};

  CHECK(derived(facts) ==
        "America/Phoenix (stored: it was set); America/Denver (address: El Paso, TX); "
        "America/New_York (area-code: area code 850 covers 2 zones); "
        "America/Chicago (area-code: area code 850 covers 2 zones)");
  CHECK(derived({.stored = "America/Chicago", .city = "Dallas", .region = "TX", .e164 = "+12145550123"}) ==
        "America/Chicago (stored: it was set)");
}

TEST_CASE("of whom nothing is known no zone is assumed") {
  for (const ZoneFacts& facts :
       {ZoneFacts{}, ZoneFacts{.stored = "Mars/Olympus"}, ZoneFacts{.stored = "CST?"},
        ZoneFacts{.city = "Atlantis"}, ZoneFacts{.country = "USA"}, ZoneFacts{.region = "Bavaria"},
        ZoneFacts{.city = "Dallas", .region = "Bavaria"}, ZoneFacts{.e164 = "+18005550123"},
        ZoneFacts{.e164 = "+19995550123"}, ZoneFacts{.e164 = "+991234"}, ZoneFacts{.e164 = "2145550123"},
        ZoneFacts{.at = GeoPoint{0, 0}}, ZoneFacts{.at = GeoPoint{91, 500}},
        ZoneFacts{.postal_code = "96910"}, ZoneFacts{.postal_code = "7520"}}) {
    CHECK(derived(facts) == "");
  }
}

TEST_CASE("an address tells as much as it says") {
  CHECK(derived({.city = "dallas", .region = "texas", .country = "USA"}) ==
        "America/Chicago (address: Dallas, TX)");
  CHECK(derived({.city = "Nowhere", .region = "TX"}) ==
        "America/Chicago (address: Texas covers 2 zones); America/Denver (address: Texas covers 2 zones)");
  CHECK(derived({.region = "ME"}) == "America/New_York (address: Maine)");
  CHECK(derived({.city = "Dallas"}) == "America/Chicago (address: Dallas, TX)");
  CHECK(derived({.city = "Portland"}) ==
        "America/Los_Angeles (address: Portland, OR); America/New_York (address: Portland, ME)");
  CHECK(derived({.city = "Portland", .country = "Germany"}) == "Europe/Berlin (address: Germany)");
  CHECK(derived({.region = "Bavaria", .country = "Deutschland"}) == "Europe/Berlin (address: Germany)");
  CHECK(derived({.city = "Toronto", .region = "Ont?", .country = "Canada"}) ==
        "America/Toronto (address: Toronto, ON)");
  CHECK(derived({.region = "TX", .country = "Canada"}) == "");
  CHECK(derived({.country = "Puerto Rico"}) == "America/Puerto_Rico (address: Puerto Rico)");
  CHECK(derived({.city = "San Juan", .region = "Metro", .country = "Puerto Rico"}) ==
        "America/Puerto_Rico (address: Puerto Rico)");
  CHECK(derived({.country = "PR"}) == "America/Puerto_Rico (address: Puerto Rico)");
}

TEST_CASE("a ZIP code stands in for a state that is not given") {
  CHECK(derived({.country = "US", .postal_code = "04101-1234"}) ==
        "America/New_York (address: ZIP 04101-1234: Maine)");
  CHECK(derived({.city = "Nowhere", .postal_code = " 79901 "})
            .starts_with("America/Chicago (address: ZIP 79901: Texas covers 2 zones); America/Denver"));
  CHECK(derived({.country = "Germany", .postal_code = "04101"}) == "Europe/Berlin (address: Germany)");
  CHECK(derived({.region = "Texas", .postal_code = "04101"}).starts_with("America/Chicago (address: Texas"));
}

TEST_CASE("a point has the zones of the cities around it") {
  CHECK(derived({.at = GeoPoint{31.8, -106.5}}) ==
        "America/Denver (address: near El Paso, TX); America/Ciudad_Juarez (address: near Juarez, MX)");
}

TEST_CASE("a number abroad has the zones of every country of its code, the longest code counts") {
  CHECK(derived({.e164 = "+4420"}) ==
        "Europe/London (area-code: +44 covers 2 zones); Europe/Guernsey (area-code: +44 covers 2 zones)");
  CHECK(derived({.e164 = "+4412"}) == "Europe/London (area-code: +441)");
}

TEST_CASE("a ZIP code lies in one state") {
  struct {
    const char* zip;
    const char* state;
  } const rows[] = {{"00501", "NY"}, {"00901", "PR"}, {"02108", "MA"}, {"05501", "MA"},   {"20001", "DC"},
                    {"20101", "VA"}, {"30301", "GA"}, {"39901", "GA"}, {"73301", "TX"},   {"73401", "OK"},
                    {"79901", "TX"}, {"88510", "TX"}, {"88001", "NM"}, {"90210", "CA"},   {"96813", "HI"},
                    {"99501", "AK"}, {"34001", ""},   {"09012", ""},   {"96201", ""},     {"00001", ""},
                    {"K1A0B1", ""},  {"752", ""},     {"75201-", ""},  {"75201+1234", ""}};
  for (const auto& row : rows) {
    CAPTURE(row.zip);
    CHECK(state_of_zip(row.zip) == row.state);
  }
}
