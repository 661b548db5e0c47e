// Some members of a T, to be put over one that exists: what is not named stays, null empties an optional.
// Each is judged by T's rules when the patch is read, but none has to be there.
#pragma once

#include "base/expect.h"
#include "base/json.h"

namespace ringdown {

template <DescribedStruct T>
class JsonPatch {
 public:
  bool names(std::string_view member) const {
    for (std::size_t i = 0; i < members().size(); ++i) {
      if (members()[i].name == member) return (given_ >> i & 1) != 0;
    }
    expectation_broken("a patch is asked for a member that its struct has", std::source_location::current());
  }

  void put_over(T& target) const {
    std::size_t index = 0;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      if ((given_ >> index++ & 1) != 0) target.*member.pointer = values_.*member.pointer;
    });
  }

 private:
  friend JsonCodec<JsonPatch>;

  static constexpr auto members() { return JsonShapeOf<T>::shape.members; }

  T values_{};
  std::uint64_t given_ = 0;  // one bit per member
};

template <DescribedStruct T>
struct JsonCodec<JsonPatch<T>> {
  static bool read(JsonReader& in, JsonNode node, JsonPatch<T>& into) {
    into = {};
    if (!read_members(in, node, JsonShapeOf<T>::shape, &into.values_, into.given_)) return false;
    return into.given_ != 0 || in.refuse("name at least one field");
  }
  static void schema(SchemaSink& sink, JsonWriter& out, const SchemaPlace& place) {
    write_object_schema(sink, out, place, JsonShapeOf<T>::shape, Members::any);
  }
};

}  // namespace ringdown
