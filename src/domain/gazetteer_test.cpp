#include "domain/gazetteer.h"

#include <doctest/doctest.h>

#include <vector>

using namespace ringdown;

namespace {

std::string row(const std::string& name, const std::string& latitude, const std::string& code,
                const std::string& country, const std::string& division, const std::string& population,
                const std::string& zone) {
  return "1\t" + name + "\tascii\tother,names\t" + latitude + "\t-96.8\tP\t" + code + "\t" + country +
         "\t\t" + division + "\t\t\t\t" + population + "\t\t1\t" + zone + "\t2025-01-01\n";
}

const std::string dallas = row("Dallas", "32.78", "PPLA2", "US", "TX", "1303000", "America/Chicago");

// What was read, fed in pieces of `size` bytes: places, then complaints.
std::string read(const std::string& text, std::size_t size = 1 << 20) {
  std::string places;
  std::string complaints;
  GazetteerReader reader(
      "cities.txt", {.place =
                         [&](const PlaceRow& place) {
                           places += std::string(place.name) + " " + std::string(place.region) + " " +
                                     std::string(place.country) + " " + std::to_string(place.population) +
                                     " " + std::string(place.zones) + "\n";
                         },
                     .complaint = [&](const std::string& text_of_it) { complaints += text_of_it + "\n"; }});
  for (std::size_t at = 0; at < text.size(); at += size) reader.feed(std::string_view(text).substr(at, size));
  reader.finish();
  return places + complaints;
}

}  // namespace

TEST_CASE("places of a gazetteer are read, whatever the pieces") {
  const std::string text =
      dallas + row("Toronto", "43.65", "PPLA", "CA", "08", "2794000", "America/Toronto") + "\r\n" +
      row("Ponce", "18.01", "PPL", "PR", "113", "133000", "America/Puerto_Rico") +
      row("Köln", "50.94", "PPL", "DE", "07", "1084000", "Europe/Berlin");
  const std::string expected =
      "Dallas TX US 1303000 America/Chicago\n"
      "Toronto ON CA 2794000 America/Toronto\n"
      "Ponce PR US 133000 America/Puerto_Rico\n"
      "Köln  DE 1084000 Europe/Berlin\n";

  for (const std::size_t size : {1, 2, 7, 100, 1 << 20}) {
    CAPTURE(size);
    CHECK(read(text, size) == expected);
    CHECK(read(text.substr(0, text.size() - 1), size) == expected);
  }
}

TEST_CASE("mountains and abandoned towns are passed over") {
  std::string mountain = dallas;
  mountain.replace(mountain.find("\tP\t"), 3, "\tT\t");

  CHECK(read(mountain + row("Ruin", "1", "PPLQ", "US", "TX", "0", "America/Chicago")) == "");
}

TEST_CASE("a bad line is complained about with its number, and the others are read") {
  const std::string good = "Dallas TX US 1303000 America/Chicago\n";
  const auto wrong = [&](const std::string& line) {
    const std::string all = read(dallas + line);
    REQUIRE(all.starts_with(good + "cities.txt line 2: "));
    return all.substr(good.size() + 19, all.size() - good.size() - 20);
  };

  CHECK(wrong("a\tb\n") == "has 2 columns between tabs; GeoNames has 19");
  CHECK(wrong(row("", "1", "PPL", "US", "TX", "0", "America/Chicago")) == "name must be a text; got \"\"");
  CHECK(wrong(row("X", "91", "PPL", "US", "TX", "0", "America/Chicago")) ==
        "latitude must be degrees, -90 to 90; got \"91\"");
  CHECK(wrong(row("X", "1", "PPL", "usa", "TX", "0", "America/Chicago")) ==
        "country must be two capitals; got \"usa\"");
  CHECK(wrong(row("X", "1", "PPL", "US", "TX", "many", "America/Chicago")) ==
        "population must be a whole number; got \"many\"");
  CHECK(wrong(row("X", "1", "PPL", "US", "TX", "0", "Mars/Olympus")) ==
        "time zone must be one that is known here; got \"Mars/Olympus\"");
  CHECK(wrong(row("\xff", "1", "PPL", "US", "TX", "0", "America/Chicago")) == "this is not UTF-8");
}

TEST_CASE("a line without an end is not kept") {
  const std::string endless(3 * GazetteerReader::line_size_max, 'x');
  const std::string expected =
      "Dallas TX US 1303000 America/Chicago\ncities.txt line 1: is longer than 65536 bytes\n";

  for (const std::size_t size : {1000, 1 << 20}) CHECK(read(endless + "\n" + dallas, size) == expected);
  CHECK(read(endless, 1000) == "cities.txt line 1: is longer than 65536 bytes\n");
}
