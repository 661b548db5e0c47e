// Places from outside: how a list comes into the store, and how every node comes to know it.
#pragma once

#include "domain/places_shelf.h"
#include "ports/chance.h"
#include "ports/clock.h"
#include "ports/db.h"
#include "store/place_lists.h"

namespace ringdown::flow {

inline constexpr std::int64_t imported_places_max = 500'000;  // some 150 MB of memory on every node

// A list on its way into the store. It counts, in place of the one before, once finish() has answered.
class PlaceListImport {
 public:
  PlaceListImport(Db& db, Clock& clock, Chance& chance) : db_(db), clock_(clock), chance_(chance) {}

  Task<void> begin(std::string file_name);
  void take(const PlaceRow& city);  // kept until the next write()
  Task<Result<void>> write();       // fails when there are too many; drop() then
  Task<Result<std::int64_t>> finish();
  Task<void> drop();

 private:
  Task<void> send();

  Db& db_;
  Clock& clock_;
  Chance& chance_;
  store::PlaceListId id_{};
  std::string pending_;
  std::int64_t places_ = 0;
  int next_ = 0;
};

// Puts the list in force on the shelf, unless it is `known`; says which one is there now.
Task<std::optional<store::PlaceListId>> renew_places(Db&, PlacesShelf&,
                                                     std::optional<store::PlaceListId> known);

// Rounds without end.
Task<void> keep_renewing_places(Db&, Clock&, PlacesShelf&, std::optional<store::PlaceListId> known);

}  // namespace ringdown::flow
