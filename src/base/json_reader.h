// The leaves of reading: takes a node as one plain value or says what was expected and what came. It
// remembers the one complaint; the levels above add their step of the path while they return.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json_tree.h"
#include "base/result.h"

namespace ringdown {

class JsonReader {
 public:
  explicit JsonReader(bool ignore_unknown = false) : ignore_unknown_(ignore_unknown) {}

  bool ignores_unknown() const { return ignore_unknown_; }

  // Whole numbers may be written as 1.0 or 1e3, as some languages do for every number.
  bool boolean(JsonNode, bool& into);
  bool integer(JsonNode, std::int64_t min, std::int64_t max, std::int64_t& into);
  bool unsigned_integer(JsonNode, std::uint64_t max, std::uint64_t& into);
  bool real(JsonNode, double& into);
  bool text(JsonNode, std::string_view& into);
  bool is(JsonNode, JsonKind);

  bool refuse(std::string what);  // always false, for `return in.refuse(…)`
  bool inside(std::string_view key);
  bool inside(std::size_t index);

  Failure failure() const;

 private:
  bool expected(std::string_view what, JsonNode got);

  bool ignore_unknown_;
  std::string complaint_;
  std::string path_;
};

}  // namespace ringdown
