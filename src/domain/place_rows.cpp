#include "domain/place_rows.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <string>

#include <fmt/format.h>

#include "base/json_tree.h"
#include "base/text.h"

namespace ringdown {
namespace {

constexpr std::string_view header = "kind,name,region,country,latitude,longitude,population,timezone,aliases";
constexpr std::size_t columns = 9;
constexpr double earth_radius_km = 6371.0088;

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

struct Wrong {
  std::string_view column;
  std::string_view got;
  std::string_view must;
};

std::optional<Wrong> take_kind(PlaceRow& row, std::string_view text) {
  if (text == "country")
    row.kind = PlaceKind::country;
  else if (text == "state")
    row.kind = PlaceKind::state;
  else if (text == "city")
    row.kind = PlaceKind::city;
  else
    return Wrong{"kind", text, "must be country, state or city"};
  return std::nullopt;
}

std::optional<Wrong> take_point(PlaceRow& row, std::string_view latitude, std::string_view longitude) {
  if (latitude.empty() && longitude.empty() && row.kind == PlaceKind::country) return std::nullopt;

  const auto north = parse_degrees(latitude, 90);
  const auto east = parse_degrees(longitude, 180);
  if (!north) return Wrong{"latitude", latitude, "must be degrees, -90 to 90"};
  if (!east) return Wrong{"longitude", longitude, "must be degrees, -180 to 180"};
  row.at = GeoPoint{*north, *east};
  return std::nullopt;
}

std::optional<Wrong> take_population(PlaceRow& row, std::string_view text) {
  const auto people = parse_population(text);
  if (!people) return Wrong{"population", text, "must be a whole number"};
  row.population = *people;
  return std::nullopt;
}

std::optional<Wrong> wrong_text(const PlaceRow& row) {
  if (row.name.empty()) return Wrong{"name", row.name, "must not be empty"};
  if (!is_country_code(row.country)) return Wrong{"country", row.country, "must be two capitals, such as US"};
  if (row.kind == PlaceKind::state && row.region.empty())
    return Wrong{"region", row.region, "must be the state's code, such as TX"};
  if (row.kind == PlaceKind::city ? row.zones.empty() || row.zones.contains('|') : row.zones.empty())
    return Wrong{"timezone", row.zones,
                 "must be a zone, such as America/Chicago; only states and countries have several"};
  return std::nullopt;
}

std::optional<Wrong> take(PlaceRow& row, const std::vector<std::string_view>& fields) {
  if (const auto wrong = take_kind(row, fields[0])) return wrong;
  row.name = fields[1];
  row.region = fields[2];
  row.country = fields[3];
  row.zones = fields[7];
  row.aliases = fields[8];
  if (const auto wrong = wrong_text(row)) return wrong;
  if (const auto wrong = take_point(row, fields[4], fields[5])) return wrong;
  return take_population(row, fields[6]);
}

// Names here have no commas, so that a line can be read by whoever edits it.
Result<PlaceRow> row_of(std::string_view line, std::string_view where) {
  if (line.contains('"'))
    return fail(Reason::invalid, fmt::format("{}: write names without quotes and commas", where));
  if (!is_clean_utf8(line)) return fail(Reason::invalid, fmt::format("{}: this is not UTF-8", where));

  const std::vector<std::string_view> fields = split(line, ',');
  if (fields.size() != columns)
    return fail(Reason::invalid, fmt::format("{}: has {} columns; give {}", where, fields.size(), columns));

  PlaceRow row;
  if (const auto wrong = take(row, fields)) {
    return fail(Reason::invalid,
                fmt::format("{}: {} {}; got \"{}\"", where, wrong->column, wrong->must, excerpt(wrong->got)));
  }
  return row;
}

}  // namespace

std::optional<double> parse_degrees(std::string_view text, double degrees_max) {
  const auto degrees = number_of<double>(text);
  if (!degrees || !(std::abs(*degrees) <= degrees_max)) return std::nullopt;
  return degrees;
}

std::optional<std::uint32_t> parse_population(std::string_view text) {
  return number_of<std::uint32_t>(text);
}

bool is_country_code(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_on_earth(GeoPoint point) {
  return std::abs(point.latitude) <= 90 && std::abs(point.longitude) <= 180;
}

double distance_km(GeoPoint a, GeoPoint b) {
  constexpr double radians = std::numbers::pi / 180;
  const double north = std::sin((b.latitude - a.latitude) * radians / 2);
  const double east = std::sin((b.longitude - a.longitude) * radians / 2);
  const double half_chord =
      north * north + std::cos(a.latitude * radians) * std::cos(b.latitude * radians) * east * east;
  return 2 * earth_radius_km * std::asin(std::sqrt(std::min(1.0, half_chord)));
}

Result<std::vector<PlaceRow>> read_place_rows(std::string_view csv, std::string_view file) {
  std::vector<PlaceRow> rows;
  int number = 0;
  while (!csv.empty()) {
    const std::size_t end = std::min(csv.find('\n'), csv.size());
    const std::string_view line = trimmed(csv.substr(0, end));
    csv.remove_prefix(std::min(end + 1, csv.size()));

    if (++number == 1) {
      if (line != header) return fail(Reason::invalid, fmt::format("{} line 1: must be {}", file, header));
    } else if (!line.empty()) {
      auto row = row_of(line, fmt::format("{} line {}", file, number));
      if (!row) return std::unexpected(std::move(row.error()));
      rows.push_back(*row);
    }
  }
  if (number == 0)
    return fail(Reason::invalid, fmt::format("{} is empty; its first line must be {}", file, header));
  return rows;
}

}  // namespace ringdown
