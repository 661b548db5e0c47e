// A JSON text, taken apart: every value in one flat list, in the order of the text, texts decoded. base/json
// reads described structs from it; whoever meets JSON of unknown shape may walk it. Boost.JSON does the
// parsing, but its value keeps one of two equal fields silently and rounds numbers, so neither is used.
#pragma once

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_raw.h"
#include "base/result.h"

namespace ringdown {

struct JsonLimits {
  std::size_t depth = 32;
  std::size_t bytes = 1 << 20;
  bool ignore_unknown = false;  // for what providers send: they add fields without asking
};

enum class JsonKind : std::uint8_t { null, boolean, number, text, list, object };

const char* to_text(JsonKind);  // "a number", for messages

class JsonNode;

class JsonTree {
 public:
  JsonNode root() const;
  std::size_t size() const { return entries_.size(); }  // values, inner ones included
  bool holds_nul() const { return texts_.contains('\0'); }

 private:
  friend class JsonNode;
  friend class JsonTreeBuilder;

  struct Slice {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
  };
  struct Entry {
    Slice key{};            // where the value is a field
    Slice text{};           // of a text, decoded; of a number, as it was written
    std::uint32_t end = 0;  // the entry after this value and all it holds
    JsonKind kind = JsonKind::null;
    bool truth = false;
  };

  std::string texts_;
  std::vector<Entry> entries_;
};

// One value of a tree; valid as long as the tree is.
class JsonNode {
 public:
  JsonNode(const JsonTree& tree, std::size_t at) : tree_(&tree), at_(at) {}

  JsonKind kind() const { return entry().kind; }
  std::string_view key() const { return slice(entry().key); }
  std::string_view text() const { return slice(entry().text); }
  bool truth() const { return entry().truth; }
  std::size_t position() const { return at_; }  // in the order of the text

  // for (JsonNode item : list_or_object)
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = JsonNode;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = JsonNode;

    Iterator(const JsonTree& tree, std::size_t at) : tree_(&tree), at_(at) {}
    JsonNode operator*() const { return {*tree_, at_}; }
    Iterator& operator++();
    bool operator==(const Iterator&) const = default;

   private:
    const JsonTree* tree_;
    std::size_t at_;
  };
  Iterator begin() const { return {*tree_, at_ + 1}; }
  Iterator end() const { return {*tree_, entry().end}; }

 private:
  const JsonTree::Entry& entry() const { return tree_->entries_[at_]; }
  std::string_view slice(JsonTree::Slice part) const {
    return {tree_->texts_.data() + part.begin, part.size};
  }

  const JsonTree* tree_;
  std::size_t at_;
};

inline JsonNode JsonTree::root() const {
  return {*this, 0};
}
inline JsonNode::Iterator& JsonNode::Iterator::operator++() {
  at_ = tree_->entries_[at_].end;
  return *this;
}

// Refused: what is no JSON, two fields of one name in an object, broken or half characters, NUL, numbers
// beyond a double's range. The failure's field is the path of the culprit ("leads[3].phone") where there is
// one.
Result<JsonTree> parse_json(std::string_view text, const JsonLimits& = {});

// The value again as text, without blanks, numbers as they were written.
Json to_json(JsonNode);

// Steps of a path, written as in JavaScript; what a client made up is shortened.
std::string path_of(std::string_view parent, std::string_view key);
std::string path_of(std::string_view parent, std::size_t index);
std::string excerpt(std::string_view foreign_text);

}  // namespace ringdown
