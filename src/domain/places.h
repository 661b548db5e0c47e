// The places the product knows: countries, states, cities. Built once, read by every thread; whoever learns
// more builds another one. Used for zones of leads, and for what people mean by "clients in Dallas".
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/place_rows.h"

namespace ringdown {

using Place = PlaceRow;

class Places {
 public:
  explicit Places(std::span<const PlaceRow> rows);  // copies their texts

  // By code, name or alias. Of a state without a country, the first country in the list that has one.
  const Place* country(std::string_view text) const;
  const Place* state(std::string_view text, std::string_view country_code = {}) const;

  // The cities of that name, the most populous first; a region or country code narrows where it is given.
  std::vector<const Place*> cities(std::string_view name, std::string_view region_code = {},
                                   std::string_view country_code = {}) const;

  // Countries, states and cities of that name, the most populous first.
  std::vector<const Place*> named(std::string_view name) const;

  // Cities, the nearest first.
  std::vector<const Place*> within(GeoPoint, double km) const;
  const Place* nearest(GeoPoint, double km_max) const;

  std::span<const Place> all() const { return places_; }

 private:
  struct Name {
    std::uint32_t begin;  // in keys_
    std::uint32_t size;
    std::uint32_t place;
  };

  void copy_texts();
  void index_names();
  void add_name(std::string_view name, std::uint32_t place);
  void index_rest();
  std::string_view folded(const Name& name) const { return {keys_.data() + name.begin, name.size}; }
  std::span<const Name> names_like(std::string_view folded_text) const;
  const Place* first_of(PlaceKind, std::string_view name, std::string_view country_code) const;

  std::vector<Place> places_;
  std::unique_ptr<const char[]> texts_;
  std::string keys_;
  std::vector<Name> names_;                 // sorted by what they say
  std::vector<std::uint32_t> by_latitude_;  // cities, from south to north
  std::vector<std::uint32_t> regions_;      // countries and states
};

std::vector<std::string_view> zones_of(const Place&);

}  // namespace ringdown
