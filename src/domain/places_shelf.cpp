#include "domain/places_shelf.h"

#include <algorithm>

namespace ringdown {
namespace {

constexpr double same_km = 30;

bool knows(const Places& places, const PlaceRow& city) {
  const auto alike = places.cities(city.name, city.region, city.country);
  return std::ranges::any_of(
      alike, [&](const Place* known) { return known->at && distance_km(*known->at, *city.at) < same_km; });
}

}  // namespace

PlacesShelf::PlacesShelf(Places built_in)
    : built_in_(std::make_shared<const Places>(std::move(built_in))), shelf_(std::make_unique<Shelf>()) {
  shelf_->now = built_in_;
}

std::shared_ptr<const Places> PlacesShelf::now() const {
  const std::lock_guard lock(shelf_->mutex);
  return shelf_->now;
}

void PlacesShelf::add(std::span<const PlaceRow> cities) {
  std::vector<PlaceRow> rows(built_in_->all().begin(), built_in_->all().end());
  for (const PlaceRow& city : cities) {
    if (!knows(*built_in_, city)) rows.push_back(city);
  }
  auto all = std::make_shared<const Places>(rows);
  const std::lock_guard lock(shelf_->mutex);
  shelf_->now.swap(all);
}

}  // namespace ringdown
