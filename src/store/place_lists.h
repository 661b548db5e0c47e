// Lists of places that operators import beside the built-in one: units of the instance. A list counts from
// the moment it is whole, and the one before it until then.
#pragma once

#include <boost/describe/class.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/db.h"

namespace ringdown::store {

using PlaceListId = Id<struct PlaceListTag>;

struct PlaceList {
  PlaceListId id;
  std::string file_name;
  std::int64_t places;
  Time begun_at;
  std::optional<Time> whole_at;
};
BOOST_DESCRIBE_STRUCT(PlaceList, (), (id, file_name, places, begun_at, whole_at))

void begin_place_list(Tx&, PlaceListId, const std::string& file_name, Time now);
void add_places(Tx&, PlaceListId, int seq, const std::string& rows);  // rows as domain/packed_places has them
bool place_list_is_whole(Tx&, PlaceListId, std::int64_t places, Time now);  // false when it is gone, or was

std::optional<PlaceList> place_list_in_force(Tx&);
std::vector<std::string> places_of_list(Tx&, PlaceListId);  // however many there are

// Lists behind the one in force, and unfinished ones that were begun before then.
std::vector<PlaceListId> place_lists_left_over(Tx&, Time whole_before, Time begun_before);

// A part of a list; false once nothing is left of it.
bool forget_places(Tx&, PlaceListId);

}  // namespace ringdown::store
