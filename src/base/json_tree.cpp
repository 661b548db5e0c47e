#include "base/json_tree.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/expect.h"
#include "base/json_writer.h"
#include "base/text.h"

namespace ringdown {

namespace json = boost::json;

namespace {

constexpr std::size_t number_size_max = 64;  // more digits than any client means, and than jsonb takes
constexpr std::ptrdiff_t few_fields = 16;

enum class Stop { none, long_number, huge_number };

}  // namespace

// Called by Boost.JSON's parser for every piece of the text.
class JsonTreeBuilder {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  using Error = json::error_code&;
  using Part = json::string_view;

  void reserve(std::size_t text_size) {
    tree.texts_.reserve(text_size);
    tree.entries_.reserve(text_size / 12 + 4);
  }

  bool on_document_begin(Error) { return true; }
  bool on_document_end(Error) { return true; }
  bool on_object_begin(Error) { return open(JsonKind::object); }
  bool on_object_end(std::size_t, Error) { return close(); }
  bool on_array_begin(Error) { return open(JsonKind::list); }
  bool on_array_end(std::size_t, Error) { return close(); }

  bool on_key_part(Part part, std::size_t, Error) { return gather(part); }
  bool on_key(Part part, std::size_t, Error) {
    gather(part);
    key_ = gathered();
    return true;
  }
  bool on_string_part(Part part, std::size_t, Error) { return gather(part); }
  bool on_string(Part part, std::size_t, Error) {
    gather(part);
    return add({.text = gathered(), .kind = JsonKind::text});
  }
  bool on_number_part(Part part, Error) { return gather(part); }
  bool on_int64(std::int64_t, Part part, Error error) { return add_number(part, error); }
  bool on_uint64(std::uint64_t, Part part, Error error) { return add_number(part, error); }
  bool on_double(double value, Part part, Error error) {
    if (!std::isfinite(value)) return stop(Stop::huge_number, error);
    return add_number(part, error);
  }
  bool on_bool(bool truth, Error) { return add({.kind = JsonKind::boolean, .truth = truth}); }
  bool on_null(Error) { return add({.kind = JsonKind::null}); }
  bool on_comment_part(Part, Error) { return true; }
  bool on_comment(Part, Error) { return true; }

  JsonTree tree;
  Stop stopped = Stop::none;

 private:
  bool gather(Part part) {
    tree.texts_.append(part.data(), part.size());
    return true;
  }

  JsonTree::Slice gathered() {
    const auto end = static_cast<std::uint32_t>(tree.texts_.size());
    const JsonTree::Slice slice{.begin = taken_, .size = end - taken_};
    taken_ = end;
    return slice;
  }

  bool add(JsonTree::Entry entry) {
    entry.key = std::exchange(key_, {});
    entry.end = static_cast<std::uint32_t>(tree.entries_.size() + 1);
    tree.entries_.push_back(entry);
    return true;
  }

  bool add_number(Part part, Error error) {
    gather(part);
    const JsonTree::Slice digits = gathered();
    if (digits.size > number_size_max) return stop(Stop::long_number, error);
    return add({.text = digits, .kind = JsonKind::number});
  }

  bool open(JsonKind kind) {
    open_.push_back(tree.entries_.size());
    return add({.kind = kind});
  }

  bool close() {
    tree.entries_[open_.back()].end = static_cast<std::uint32_t>(tree.entries_.size());
    open_.pop_back();
    return true;
  }

  bool stop(Stop why, Error error) {
    stopped = why;
    error = json::error::syntax;
    return false;
  }

  JsonTree::Slice key_;
  std::uint32_t taken_ = 0;  // how much of texts_ has found its entry
  std::vector<std::size_t> open_;
};

namespace {

using Parser = json::basic_parser<JsonTreeBuilder>;

json::parse_options options(const JsonLimits& limits) {
  json::parse_options options;
  options.max_depth = limits.depth;
  return options;
}

// The start of the first piece, of `step` bytes each, that cannot be JSON any more; `skip` bytes are known to
// be good.
std::size_t first_bad_piece(std::string_view text, const JsonLimits& limits, std::size_t skip,
                            std::size_t step) {
  Parser parser(options(limits));
  json::error_code error;
  parser.write_some(true, text.data(), skip, error);
  for (std::size_t at = skip; at < text.size(); at += step) {
    parser.write_some(true, text.data() + at, std::min(step, text.size() - at), error);
    if (error) return at;
  }
  return text.size();
}

// Boost.JSON does not tell where it stopped.
std::size_t error_position(std::string_view text, const JsonLimits& limits) {
  constexpr std::size_t coarse = 1024;
  return first_bad_piece(text, limits, first_bad_piece(text, limits, 0, coarse), 1);
}

std::string complaint(json::error_code error, Stop stopped, const JsonLimits& limits) {
  if (stopped == Stop::long_number)
    return fmt::format("a number has more than {} characters", number_size_max);
  if (stopped == Stop::huge_number) return "a number is beyond what a double holds";
  if (error == json::error::too_deep) return fmt::format("nested deeper than {} levels", limits.depth);
  if (error == json::error::illegal_leading_surrogate || error == json::error::illegal_trailing_surrogate ||
      error == json::error::expected_utf16_escape) {
    return "half a surrogate pair is no character";
  }
  return "this is not JSON";
}

std::unexpected<Failure> refusal(std::string_view text, json::error_code error, Stop stopped,
                                 const JsonLimits& limits) {
  if (error == json::error::incomplete) {
    return fail(Reason::invalid, trimmed(text).empty() ? "a JSON value is expected; got nothing"
                                                       : "the JSON ends before it is complete");
  }
  return fail(Reason::invalid, fmt::format("{} (byte {})", complaint(error, stopped, limits),
                                           error_position(text, limits) + 1));
}

// The second of two fields of one name.
std::optional<JsonNode> repeated_among_few(JsonNode object) {
  for (JsonNode field : object) {
    for (JsonNode earlier : object) {
      if (earlier.position() == field.position()) break;
      if (earlier.key() == field.key()) return field;
    }
  }
  return std::nullopt;
}

std::optional<JsonNode> repeated_among_many(JsonNode object) {
  std::vector<JsonNode> fields(object.begin(), object.end());
  std::ranges::sort(fields, {}, [](JsonNode field) { return std::pair(field.key(), field.position()); });
  const auto twin = std::ranges::adjacent_find(fields, {}, &JsonNode::key);
  if (twin == fields.end()) return std::nullopt;
  return *std::next(twin);
}

std::optional<JsonNode> repeated_field(JsonNode object) {
  const bool few = std::distance(object.begin(), object.end()) <= few_fields;
  return few ? repeated_among_few(object) : repeated_among_many(object);
}

bool holds_nul(JsonNode node) {
  return node.key().contains('\0') || (node.kind() == JsonKind::text && node.text().contains('\0'));
}

std::string path_to(const JsonTree& tree, JsonNode culprit) {
  std::string path;
  JsonNode node = tree.root();
  while (node.position() != culprit.position()) {
    std::size_t index = 0;
    JsonNode inside = *node.begin();
    for (JsonNode child : node) {
      if (child.position() > culprit.position()) break;
      inside = child;
      ++index;
    }
    path = node.kind() == JsonKind::object ? path_of(path, inside.key()) : path_of(path, index - 1);
    node = inside;
  }
  return path;
}

std::unexpected<Failure> fault_at(const JsonTree& tree, JsonNode culprit, std::string_view what) {
  std::string path = path_to(tree, culprit);
  std::string text = path.empty() ? std::string(what) : fmt::format("{}: {}", path, what);
  return fail(Reason::invalid, std::move(text), std::move(path));
}

}  // namespace

Result<JsonTree> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) {
    return fail(Reason::too_large,
                fmt::format("the JSON has {} bytes; send at most {}", text.size(), limits.bytes));
  }

  expect(limits.depth <= json_depth_max, "what is read can be written again");
  Parser parser(options(limits));
  JsonTreeBuilder& builder = parser.handler();
  builder.reserve(text.size());
  json::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (error) return refusal(text, error, builder.stopped, limits);
  if (read < text.size()) {
    return fail(Reason::invalid, fmt::format("something follows the JSON value (byte {})", read + 1));
  }

  JsonTree tree = std::move(builder.tree);
  const bool any_nul = tree.holds_nul();
  for (std::size_t at = 0; at < tree.size(); ++at) {
    const JsonNode node(tree, at);
    if (any_nul && holds_nul(node)) return fault_at(tree, node, "the character NUL cannot be stored");
    if (node.kind() != JsonKind::object) continue;
    if (const auto twin = repeated_field(node)) return fault_at(tree, *twin, "given twice; keep one");
  }
  return tree;
}

namespace {

void write_node(JsonWriter& writer, JsonNode node) {
  switch (node.kind()) {
    case JsonKind::null: return writer.null();
    case JsonKind::boolean: return writer.boolean(node.truth());
    case JsonKind::number: return writer.raw(node.text());
    case JsonKind::text: return writer.text(node.text());
    case JsonKind::list:
      writer.begin_list();
      for (JsonNode item : node) write_node(writer, item);
      return writer.end_list();
    case JsonKind::object:
      writer.begin_object();
      for (JsonNode field : node) {
        writer.key(field.key());
        write_node(writer, field);
      }
      return writer.end_object();
  }
}

}  // namespace

Json to_json(JsonNode node) {
  Json json;
  JsonWriter writer(json.text);
  write_node(writer, node);
  return json;
}

const char* to_text(JsonKind kind) {
  switch (kind) {
    case JsonKind::null: return "null";
    case JsonKind::boolean: return "true or false";
    case JsonKind::number: return "a number";
    case JsonKind::text: return "a text";
    case JsonKind::list: return "a list";
    case JsonKind::object: return "an object";
  }
  return "?";
}

std::string excerpt(std::string_view foreign_text) {
  constexpr std::size_t enough = 40;
  if (foreign_text.size() <= enough) return std::string(foreign_text);

  std::size_t cut = enough;
  while (cut > 0 && (static_cast<unsigned char>(foreign_text[cut]) & 0xc0) == 0x80) --cut;
  return std::string(foreign_text.substr(0, cut)) + "…";
}

std::string path_of(std::string_view parent, std::string_view key) {
  return parent.empty() ? excerpt(key) : fmt::format("{}.{}", parent, excerpt(key));
}

std::string path_of(std::string_view parent, std::size_t index) {
  return fmt::format("{}[{}]", parent, index);
}

}  // namespace ringdown
