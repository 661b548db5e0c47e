// The places that count at the moment: the built-in ones, and with them what was imported last. Any thread.
// Whoever asks keeps what they got for as long as they need it.
#pragma once

#include <memory>
#include <mutex>
#include <span>

#include "domain/places.h"

namespace ringdown {

class PlacesShelf {
 public:
  explicit PlacesShelf(Places built_in);

  std::shared_ptr<const Places> now() const;

  // In place of what was added before. What is built in already, by name and within a short way, stays as it
  // is.
  void add(std::span<const PlaceRow> cities);

 private:
  struct Shelf {
    std::mutex mutex;
    std::shared_ptr<const Places> now;
  };

  std::shared_ptr<const Places> built_in_;
  std::unique_ptr<Shelf> shelf_;
};

}  // namespace ringdown
