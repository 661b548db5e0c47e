#include "domain/area_codes.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

std::string complaint(std::string_view toml) {
  const auto codes = AreaCodes::parse(toml, "area_codes.toml");
  return codes ? "" : codes.error().text;
}

constexpr std::string_view rest =
    "[[nowhere]]\nwhat = \"toll-free\"\ncodes = [\"800\"]\n[calling_codes]\n44 = [\"GB\"]\n";

std::string with_area(std::string_view lines) {
  return "[[areas]]\n" + std::string(lines) + std::string(rest);
}

}  // namespace

TEST_CASE("a number is found by its first digits") {
  const auto codes = AreaCodes::parse(with_area("country = \"US\"\nregions = [\"TX\"]\ncodes = [\"214\", "
                                                "\"972\"]\nzones = [\"America/Chicago\"]\n"),
                                      "f");

  REQUIRE(codes);
  CHECK(codes->find("+12145550123")->regions == std::vector<std::string>{"TX"});
  CHECK(name_of(*codes->find("+12145550123")) == "area code 214");
  CHECK(codes->find("+18005550123")->nowhere == "toll-free");
  CHECK(codes->find("+18005550123")->zones.empty());
  CHECK(name_of(*codes->find("+441")) == "+44");
  CHECK(codes->find("+1313") == nullptr);
  CHECK(codes->find("+1") == nullptr);
  CHECK(codes->find("+") == nullptr);
  CHECK(codes->find("") == nullptr);
  CHECK(codes->find("12145550123") == nullptr);
}

TEST_CASE("what is wrong with the file is said with its line and key") {
  CHECK(complaint(with_area("country = \"US\"\ncodes = [\"214\"]\nzones = [\"America/Chicago\"]\n")) == "");
  CHECK(
      complaint(with_area("country = \"US\"\ncodes = [\"214\", \"21\"]\nzones = [\"America/Chicago\"]\n")) ==
      "area_codes.toml line 3: areas[0].codes[1] must be three digits in quotes; got \"21\"");
  CHECK(complaint(with_area("country = \"US\"\ncodes = [\"214\"]\n")) ==
        "area_codes.toml line 1: areas[0].zones is missing; give a list");
  CHECK(complaint(with_area("country = \"US\"\ncodes = [\"214\"]\nzones = []\n")) ==
        "area_codes.toml line 4: areas[0].zones must not be empty; got a list");
  CHECK(complaint(with_area("country = \"usa\"\ncodes = [\"214\"]\nzones = [\"America/Chicago\"]\n"))
            .contains("areas[0].country must be two capitals, such as US; got \"usa\""));
  CHECK(complaint(with_area(
            "country = \"US\"\ncode = [\"214\"]\ncodes = [\"800\"]\nzones = [\"America/Chicago\"]\n")) ==
        "area_codes.toml line 3: areas[0].code is not known here; did you mean codes?\n"
        "area_codes.toml line 8: nowhere[0].codes[0] is given twice; keep one; got \"800\"");
  CHECK(complaint("areas = []\nnowhere = []\n[calling_codes]\nuk = [\"GB\"]\n45 = []\n46 = [\"Sweden\"]\n") ==
        "area_codes.toml line 4: calling_codes.uk must be named by digits; got a list\n"
        "area_codes.toml line 5: calling_codes.45 must be a list of countries; got a list\n"
        "area_codes.toml line 6: calling_codes.46[0] must be two capitals, such as US; got \"Sweden\"");
}
