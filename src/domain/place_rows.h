// The rows of places.csv, and of every other list of places.
#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ringdown {

enum class PlaceKind : std::uint8_t { country, state, city };
BOOST_DESCRIBE_ENUM(PlaceKind, country, state, city)

struct GeoPoint {
  double latitude;   // degrees, north is positive
  double longitude;  // degrees, east is positive

  bool operator==(const GeoPoint&) const = default;
};

bool is_on_earth(GeoPoint);
std::optional<double> parse_degrees(std::string_view, double degrees_max);  // -degrees_max to degrees_max
double distance_km(GeoPoint, GeoPoint);

inline constexpr double km_per_mile = 1.609344;

// Texts are those of the file; it must outlive the row.
struct PlaceRow {
  PlaceKind kind = PlaceKind::city;
  std::string_view name;
  std::string_view region;   // "TX"; empty where addresses do without
  std::string_view country;  // "US"
  std::optional<GeoPoint> at;
  std::uint32_t population = 0;
  std::string_view zones;    // "America/Chicago|America/Denver", the most common first
  std::string_view aliases;  // "NYC|New York City"
};

std::optional<std::uint32_t> parse_population(std::string_view);
bool is_country_code(std::string_view);  // "US", in capitals

// `file` is its name in complaints: "places.csv line 12: latitude must be …".
Result<std::vector<PlaceRow>> read_place_rows(std::string_view csv, std::string_view file);

}  // namespace ringdown
