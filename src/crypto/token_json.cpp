#include "crypto/token_json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <set>
#include <string>
#include <vector>

namespace ringdown::crypto {
namespace {

constexpr std::size_t depth_max = 16;

// Boost.JSON keeps the last of two equal keys without a word, so the keys are watched on a pass of their own.
struct KeyWatch {
  using Error = boost::json::error_code;
  using Text = boost::json::string_view;

  static constexpr std::size_t max_object_size = 1024;
  static constexpr std::size_t max_array_size = 1024;
  static constexpr std::size_t max_key_size = 1024;
  static constexpr std::size_t max_string_size = std::size_t{1} << 20;

  std::vector<std::set<std::string>> open_objects;
  std::string key;

  bool on_object_begin(Error&) {
    open_objects.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, Error&) {
    open_objects.pop_back();
    return true;
  }
  bool on_key_part(Text part, std::size_t, Error&) {
    key.append(part.data(), part.size());
    return true;
  }
  bool on_key(Text part, std::size_t, Error& error) {
    key.append(part.data(), part.size());
    const bool is_new = open_objects.back().insert(std::move(key)).second;
    key.clear();
    if (!is_new) error = boost::json::error::syntax;
    return is_new;
  }

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_array_begin(Error&) { return true; }
  bool on_array_end(std::size_t, Error&) { return true; }
  bool on_string_part(Text, std::size_t, Error&) { return true; }
  bool on_string(Text, std::size_t, Error&) { return true; }
  bool on_number_part(Text, Error&) { return true; }
  bool on_int64(std::int64_t, Text, Error&) { return true; }
  bool on_uint64(std::uint64_t, Text, Error&) { return true; }
  bool on_double(double, Text, Error&) { return true; }
  bool on_bool(bool, Error&) { return true; }
  bool on_null(Error&) { return true; }
  bool on_comment_part(Text, Error&) { return true; }
  bool on_comment(Text, Error&) { return true; }
};

boost::json::parse_options options() {
  boost::json::parse_options options;
  options.max_depth = depth_max;
  return options;
}

bool has_unique_keys(std::string_view text) {
  boost::json::basic_parser<KeyWatch> parser(options());
  boost::json::error_code error;
  parser.write_some(false, text.data(), text.size(), error);
  return !error;
}

}  // namespace

std::optional<boost::json::object> parse_token_json(std::string_view text) {
  if (!has_unique_keys(text)) return std::nullopt;

  boost::json::error_code error;
  boost::json::value value = boost::json::parse({text.data(), text.size()}, error, {}, options());
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

std::optional<std::string_view> text_in(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains({key.data(), key.size()});
  if (value == nullptr || !value->is_string()) return std::nullopt;
  const auto& text = value->get_string();
  return std::string_view(text.data(), text.size());
}

}  // namespace ringdown::crypto
