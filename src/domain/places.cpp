#include "domain/places.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "domain/place_names.h"

namespace ringdown {
namespace {

constexpr double km_per_degree = 111.1;  // of latitude, a little less than anywhere

using Field = std::string_view PlaceRow::*;
constexpr Field text_fields[] = {&PlaceRow::name, &PlaceRow::region, &PlaceRow::country, &PlaceRow::zones,
                                 &PlaceRow::aliases};

std::size_t text_size(std::span<const PlaceRow> rows) {
  std::size_t size = 0;
  for (const PlaceRow& row : rows) {
    for (const Field field : text_fields) size += (row.*field).size();
  }
  return size;
}

void sort_by_population(std::vector<const Place*>& places) {
  std::ranges::sort(places, [](const Place* one, const Place* other) {
    return std::pair(other->population, one) < std::pair(one->population, other);
  });
}

}  // namespace

Places::Places(std::span<const PlaceRow> rows) : places_(rows.begin(), rows.end()) {
  copy_texts();
  index_names();
  index_rest();
}

void Places::copy_texts() {
  auto texts = std::make_unique<char[]>(text_size(places_));
  char* free = texts.get();
  for (Place& place : places_) {
    for (const Field field : text_fields) {
      std::string_view& text = place.*field;
      char* const begin = free;
      free = std::ranges::copy(text, begin).out;
      text = {begin, text.size()};
    }
  }
  texts_ = std::move(texts);
}

void Places::index_names() {
  for (std::uint32_t at = 0; at < places_.size(); ++at) {
    add_name(places_[at].name, at);
    for (const std::string_view alias : split(places_[at].aliases, '|')) add_name(alias, at);
  }
  const auto order = [this](const Name& name) { return std::pair(folded(name), name.place); };
  std::ranges::sort(names_, {}, order);
  const auto repeated = std::ranges::unique(names_, {}, order);
  names_.erase(repeated.begin(), repeated.end());
  names_.shrink_to_fit();
}

void Places::add_name(std::string_view name, std::uint32_t place) {
  const std::string key = folded_name(name);
  if (key.empty()) return;
  names_.push_back({static_cast<std::uint32_t>(keys_.size()), static_cast<std::uint32_t>(key.size()), place});
  keys_ += key;
}

void Places::index_rest() {
  for (std::uint32_t at = 0; at < places_.size(); ++at) {
    if (places_[at].kind != PlaceKind::city)
      regions_.push_back(at);
    else if (places_[at].at)
      by_latitude_.push_back(at);
  }
  std::ranges::sort(by_latitude_, {}, [this](std::uint32_t at) { return places_[at].at->latitude; });
}

std::span<const Places::Name> Places::names_like(std::string_view folded_text) const {
  const auto same =
      std::ranges::equal_range(names_, folded_text, {}, [this](const Name& name) { return folded(name); });
  return {same.begin(), same.end()};
}

const Place* Places::first_of(PlaceKind kind, std::string_view name, std::string_view country_code) const {
  for (const Name& like : names_like(folded_name(name))) {
    const Place& place = places_[like.place];
    if (place.kind == kind && (country_code.empty() || place.country == country_code)) return &place;
  }
  return nullptr;
}

const Place* Places::country(std::string_view text) const {
  const std::string code = lowered(trimmed(text));
  for (const std::uint32_t at : regions_) {
    if (places_[at].kind == PlaceKind::country && lowered(places_[at].country) == code) return &places_[at];
  }
  return first_of(PlaceKind::country, text, {});
}

const Place* Places::state(std::string_view text, std::string_view country_code) const {
  const std::string code = lowered(trimmed(text));
  for (const std::uint32_t at : regions_) {
    const Place& place = places_[at];
    if (place.kind != PlaceKind::state || lowered(place.region) != code) continue;
    if (country_code.empty() || place.country == country_code) return &place;
  }
  return first_of(PlaceKind::state, text, country_code);
}

std::vector<const Place*> Places::cities(std::string_view name, std::string_view region_code,
                                         std::string_view country_code) const {
  std::vector<const Place*> found;
  for (const Name& like : names_like(folded_name(name))) {
    const Place& place = places_[like.place];
    if (place.kind != PlaceKind::city) continue;
    if (!region_code.empty() && place.region != region_code) continue;
    if (!country_code.empty() && place.country != country_code) continue;
    found.push_back(&place);
  }
  sort_by_population(found);
  return found;
}

std::vector<const Place*> Places::named(std::string_view name) const {
  std::vector<const Place*> found;
  for (const Name& like : names_like(folded_name(name))) found.push_back(&places_[like.place]);
  sort_by_population(found);
  return found;
}

std::vector<const Place*> Places::within(GeoPoint centre, double km) const {
  const auto latitude = [this](std::uint32_t at) { return places_[at].at->latitude; };
  const double reach = km / km_per_degree;
  const auto first = std::ranges::lower_bound(by_latitude_, centre.latitude - reach, {}, latitude);
  const auto last = std::ranges::upper_bound(by_latitude_, centre.latitude + reach, {}, latitude);

  std::vector<std::pair<double, const Place*>> near;
  for (auto at = first; at < last; ++at) {
    const double distance = distance_km(centre, *places_[*at].at);
    if (distance <= km) near.emplace_back(distance, &places_[*at]);
  }
  std::ranges::sort(near);

  std::vector<const Place*> found;
  for (const auto& [distance, place] : near) found.push_back(place);
  return found;
}

const Place* Places::nearest(GeoPoint centre, double km_max) const {
  const std::vector<const Place*> near = within(centre, km_max);
  return near.empty() ? nullptr : near.front();
}

std::vector<std::string_view> zones_of(const Place& place) {
  return split(place.zones, '|');
}

}  // namespace ringdown
