#include "domain/packed_places.h"

#include <fmt/format.h>

#include "base/expect.h"
#include "base/text.h"

namespace ringdown {
namespace {

constexpr std::size_t columns = 7;

PlaceRow city_in(std::string_view line) {
  const std::vector<std::string_view> fields = split(line, '\t');
  expect(fields.size() == columns, "a packed place has its columns");
  const auto north = parse_degrees(fields[3], 90);
  const auto east = parse_degrees(fields[4], 180);
  const auto people = parse_population(fields[5]);
  expect(north && east && people, "a packed place has its numbers");
  return {.name = fields[0],
          .region = fields[1],
          .country = fields[2],
          .at = GeoPoint{*north, *east},
          .population = *people,
          .zones = fields[6]};
}

}  // namespace

void append_packed(std::string& out, const PlaceRow& city) {
  fmt::format_to(std::back_inserter(out), "{}\t{}\t{}\t{}\t{}\t{}\t{}\n", city.name, city.region,
                 city.country, city.at->latitude, city.at->longitude, city.population, city.zones);
}

std::vector<PlaceRow> unpack_places(std::string_view packed) {
  std::vector<PlaceRow> cities;
  while (!packed.empty()) {
    const std::size_t end = packed.find('\n');
    expect(end != packed.npos, "a packed place ends with its line");
    cities.push_back(city_in(packed.substr(0, end)));
    packed.remove_prefix(end + 1);
  }
  return cities;
}

}  // namespace ringdown
