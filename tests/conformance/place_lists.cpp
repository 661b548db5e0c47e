// The scenario about lists of places: which one counts, and how the others go.
#include "store/place_lists.h"

#include "ports/await.h"
#include "tests/conformance/history.h"
#include "tests/support/stores.h"

namespace ringdown::test {
namespace {

using ringdown::to_text;
using store::PlaceListId;

PlaceListId list(std::uint64_t n) {
  return nth<store::PlaceListTag>(n);
}

std::string in_force(Tx& tx) {
  const auto found = store::place_list_in_force(tx);
  if (!found) return "none";
  std::string text = fmt::format("{} '{}' with {} since {} whole {}:", to_text(found->id), found->file_name,
                                 found->places, to_text(found->begun_at), shown(found->whole_at));
  for (const std::string& rows : store::places_of_list(tx, found->id)) text += " [" + rows + "]";
  return text;
}

std::string left_over(Tx& tx, Time whole_before, Time begun_before) {
  std::string text;
  for (const PlaceListId id : store::place_lists_left_over(tx, whole_before, begun_before)) {
    text += to_text(id) + " ";
  }
  return text;
}

}  // namespace

void place_lists(Db& db, History& history) {
  await(db.instance([&](Tx& tx) {
    store::begin_place_list(tx, list(1), "its \"cities\".txt", tuesday);
    store::add_places(tx, list(1), 1, "later\tüber\n");
    store::add_places(tx, list(1), 0, "first\n");
    history.note("in force {}", in_force(tx));
    history.note("whole {}", shown(store::place_list_is_whole(tx, list(1), 2, tuesday + 1h)));
    history.note("whole again {}", shown(store::place_list_is_whole(tx, list(1), 2, tuesday + 1h)));
    history.note("in force {}", in_force(tx));

    store::begin_place_list(tx, list(2), "b.txt", tuesday + 2h);
    store::begin_place_list(tx, list(3), "c.txt", tuesday + 3h);
    for (int seq = 0; seq < 70; ++seq) store::add_places(tx, list(2), seq, "x\n");
    history.note("still in force {}", in_force(tx));
    history.note("whole {}", shown(store::place_list_is_whole(tx, list(3), 0, tuesday + 4h)));
    history.note("in force {}", in_force(tx));
    history.note("left over {}", left_over(tx, tuesday + 4h, tuesday + 2h));
    history.note("left over {}", left_over(tx, tuesday + 4h, tuesday + 3h));

    for (const std::uint64_t n : {1, 2, 9}) {
      std::string parts;
      while (store::forget_places(tx, list(n))) parts += "a part, ";
      history.note("forgotten {}all", parts);
    }
    history.note("left over {}", left_over(tx, tuesday + 4h, tuesday + 3h));
    history.note("gone {}", shown(store::place_list_is_whole(tx, list(2), 0, tuesday + 4h)));
  }));
}

}  // namespace ringdown::test
