// Lists of places from outside, on every database.
#include "flow/place_lists.h"

#include <doctest/doctest.h>

#include "tests/support/hand_clock.h"
#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

PlaceRow city(std::string_view name) {
  return {
      .name = name, .region = "TX", .country = "US", .at = GeoPoint{30, -104}, .zones = "America/Chicago"};
}

struct Gazetteer {
  explicit Gazetteer(StoreKind kind) : store(kind), db(store.open()) {}

  Result<std::int64_t> import(std::initializer_list<std::string_view> names) {
    flow::PlaceListImport import(*db, clock, chance);
    await(import.begin("cities.txt"));
    for (const std::string_view name : names) import.take(city(name));
    return await(import.finish());
  }
  void renew() { known = await(flow::renew_places(*db, shelf, known)); }
  bool knows(std::string_view name) const { return !shelf.now()->cities(name).empty(); }

  FreshStore store;
  std::unique_ptr<Db> db;
  HandClock clock{tuesday};
  SystemChance chance;
  PlacesShelf shelf{Places({})};
  std::optional<store::PlaceListId> known;
};

}  // namespace

TEST_CASE("an imported list counts once it is whole, and takes the place of the one before") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Gazetteer gazetteer(kind);
    gazetteer.renew();
    CHECK_FALSE(gazetteer.known.has_value());

    CHECK(gazetteer.import({"Marfa", "Alpine"}) == 2);
    CHECK_FALSE(gazetteer.knows("Marfa"));
    gazetteer.renew();
    CHECK(gazetteer.knows("Marfa"));
    CHECK(gazetteer.knows("Alpine"));
    const auto places = gazetteer.shelf.now();
    gazetteer.renew();
    CHECK(gazetteer.shelf.now() == places);

    CHECK(gazetteer.import({"Terlingua"}) == 1);
    gazetteer.renew();
    CHECK(gazetteer.knows("Terlingua"));
    CHECK_FALSE(gazetteer.knows("Marfa"));
  }
}

TEST_CASE("a list with nothing in it, or too much, changes nothing") {
  Gazetteer gazetteer(StoreKind::sqlite_memory);
  CHECK(gazetteer.import({"Marfa"}).has_value());
  gazetteer.clock.advance(1h);

  CHECK(gazetteer.import({}).error().text.contains("no place"));
  flow::PlaceListImport import(*gazetteer.db, gazetteer.clock, gazetteer.chance);
  await(import.begin("cities.txt"));
  for (std::int64_t i = 0; i <= flow::imported_places_max; ++i) import.take(city("A"));
  CHECK(await(import.write()).error().text.contains("more than 500000 places"));
  await(import.drop());

  gazetteer.renew();
  CHECK(gazetteer.knows("Marfa"));
}
