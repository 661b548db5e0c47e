#include "store/place_lists.h"

#include "store/sql.h"

namespace ringdown::store {

void begin_place_list(Tx& tx, PlaceListId id, const std::string& file_name, Time now) {
  tx.run(sql::begin_place_list, {id, file_name, now});
}

void add_places(Tx& tx, PlaceListId id, int seq, const std::string& rows) {
  tx.send(sql::add_places, {id, seq, rows});
}

bool place_list_is_whole(Tx& tx, PlaceListId id, std::int64_t places, Time now) {
  return tx.run(sql::place_list_is_whole, {id, places, now}) == 1;
}

std::optional<PlaceList> place_list_in_force(Tx& tx) {
  return tx.row<PlaceList>(sql::place_list_in_force);
}

std::vector<std::string> places_of_list(Tx& tx, PlaceListId id) {
  std::vector<std::string> all;
  tx.scan(sql::places_of_list, {id}, [&](const Row& row) { all.push_back(read_row<std::string>(row)); });
  return all;
}

std::vector<PlaceListId> place_lists_left_over(Tx& tx, Time whole_before, Time begun_before) {
  return tx.rows<PlaceListId>(sql::place_lists_left_over, {whole_before, begun_before});
}

bool forget_places(Tx& tx, PlaceListId id) {
  if (tx.run(sql::forget_places, {id}) > 0) return true;

  tx.run(sql::forget_place_list, {id});
  return false;
}

}  // namespace ringdown::store
