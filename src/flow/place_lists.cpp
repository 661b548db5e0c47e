#include "flow/place_lists.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "domain/packed_places.h"

namespace ringdown::flow {
namespace {

constexpr std::size_t rows_bytes = 64 * 1024;
constexpr Span nap = 5s;
constexpr Span unfinished_kept = std::chrono::days(1);

// Part by part, so that nobody waits behind it.
Task<void> forget(Db& db, store::PlaceListId id) {
  while (co_await db.instance([id](Tx& tx) { return store::forget_places(tx, id); }, Urgency::bulk)) {
  }
}

// A clock that was set back must not leave the new list behind the old one.
Time behind_list_in_force(Tx& tx, Time now) {
  const auto before = store::place_list_in_force(tx);
  return before ? std::max(now, *before->whole_at + Span(1)) : now;
}

struct Loaded {
  store::PlaceList list;
  std::vector<std::string> rows;
};

std::vector<PlaceRow> cities_in(const std::vector<std::string>& rows) {
  std::vector<PlaceRow> cities;
  for (const std::string& packed : rows) {
    const auto more = unpack_places(packed);
    cities.insert(cities.end(), more.begin(), more.end());
  }
  return cities;
}

}  // namespace

Task<void> PlaceListImport::begin(std::string file_name) {
  const Time now = clock_.now();
  id_ = chance_.id<store::PlaceListTag>(now);
  co_await db_.instance(
      [id = id_, name = std::move(file_name), now](Tx& tx) { store::begin_place_list(tx, id, name, now); });
}

void PlaceListImport::take(const PlaceRow& city) {
  if (++places_ <= imported_places_max) append_packed(pending_, city);
}

Task<Result<void>> PlaceListImport::write() {
  if (places_ > imported_places_max) {
    co_return fail(Reason::invalid,
                   fmt::format("the file has more than {} places; take a list that leaves the "
                               "smallest out",
                               imported_places_max));
  }
  if (pending_.size() >= rows_bytes) co_await send();
  co_return Result<void>{};
}

Task<void> PlaceListImport::send() {
  const auto rows = std::make_shared<const std::string>(std::move(pending_));
  pending_.clear();
  auto work = [id = id_, seq = next_++, rows](Tx& tx) { store::add_places(tx, id, seq, *rows); };
  co_await db_.instance(std::move(work), Urgency::bulk);
}

Task<Result<std::int64_t>> PlaceListImport::finish() {
  if (auto written = co_await write(); !written) co_return std::unexpected(std::move(written.error()));
  if (places_ == 0) {
    co_return fail(Reason::invalid,
                   "the file has no place; a line has 19 columns between tabs, as GeoNames writes them");
  }
  if (!pending_.empty()) co_await send();

  const Time now = clock_.now();
  const auto left_over = co_await db_.instance([id = id_, places = places_, now](Tx& tx) {
    const Time whole = behind_list_in_force(tx, now);
    expect(store::place_list_is_whole(tx, id, places, whole), "a list is finished once");
    return store::place_lists_left_over(tx, whole, now - unfinished_kept);
  });
  for (const store::PlaceListId old : left_over) co_await forget(db_, old);
  co_return places_;
}

Task<void> PlaceListImport::drop() {
  co_await forget(db_, id_);
}

Task<std::optional<store::PlaceListId>> renew_places(Db& db, PlacesShelf& shelf,
                                                     std::optional<store::PlaceListId> known) {
  const auto loaded = co_await db.instance_read([known](Tx& tx) -> std::optional<Loaded> {
    const auto list = store::place_list_in_force(tx);
    if (!list || list->id == known) return std::nullopt;
    return Loaded{*list, store::places_of_list(tx, list->id)};
  });
  if (!loaded) co_return known;

  shelf.add(cities_in(loaded->rows));
  log::info("a list of places is in use", {{"places", loaded->list.places}});
  co_return loaded->list.id;
}

Task<void> keep_renewing_places(Db& db, Clock& clock, PlacesShelf& shelf,
                                std::optional<store::PlaceListId> known) {
  while (true) {
    co_await clock.sleep_until(clock.now() + nap);
    try {
      known = co_await renew_places(db, shelf, known);
    } catch (const Breakage& breakage) {
      log::warn("the list of places waits for its next round", {{"reason", breakage.what()}});
    }
  }
}

}  // namespace ringdown::flow
