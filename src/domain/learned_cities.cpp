#include "domain/learned_cities.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/text.h"

namespace ringdown {
namespace {

constexpr double one_city_km = 50;

struct Region {
  std::string state;
  std::string country;
  bool is_known;  // the state, or that none was said

  auto operator<=>(const Region&) const = default;
};

Region region_of(const CitySaid& said, const Places& places) {
  const std::string_view state_text = trimmed(said.state ? std::string_view(*said.state) : "");
  const std::string_view country_text = trimmed(said.country ? std::string_view(*said.country) : "");
  const Place* land = places.country(country_text);
  const Place* state = places.state(state_text, land ? land->country : "");
  if (state) return {std::string(state->region), std::string(state->country), true};
  return {std::string(state_text), std::string(land ? land->country : country_text), state_text.empty()};
}

bool is_listed(const std::string& name, const Region& region, const Places& places) {
  return !places.cities(name, region.is_known ? region.state : "", region.country).empty();
}

double to_a_kilometre(double degrees) {
  return std::round(degrees * 100) / 100;
}

double middle(std::span<const CitySaid> said, double CitySaid::* degrees) {
  std::vector<double> all;
  for (const CitySaid& one : said) all.push_back(one.*degrees);
  const auto half = all.begin() + std::ssize(all) / 2;
  std::ranges::nth_element(all, half);
  return to_a_kilometre(*half);
}

std::ptrdiff_t lie_near(GeoPoint at, std::span<const CitySaid> said) {
  return std::ranges::count_if(said, [at](const CitySaid& one) {
    return distance_km(at, {one.latitude, one.longitude}) <= one_city_km;
  });
}

}  // namespace

std::vector<LearnedCity> learned_cities(std::span<const CitySaid> said, const Places& places) {
  std::map<Region, std::vector<CitySaid>> regions;
  for (const CitySaid& one : said) regions[region_of(one, places)].push_back(one);

  std::vector<LearnedCity> cities;
  for (const auto& [region, here] : regions) {
    const std::string name(trimmed(here.front().city));
    const GeoPoint at{middle(here, &CitySaid::latitude), middle(here, &CitySaid::longitude)};
    const std::ptrdiff_t agree = lie_near(at, here);
    if (is_listed(name, region, places) || agree * 2 <= std::ssize(here)) continue;
    cities.push_back({name, region.state, region.country, at, static_cast<int>(agree)});
  }
  std::ranges::sort(cities, {}, [](const LearnedCity& city) {
    return std::tuple(-city.leads, std::string_view(city.country), std::string_view(city.region));
  });
  return cities;
}

}  // namespace ringdown
