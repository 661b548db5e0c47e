#include "base/json_reader.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

namespace ringdown {
namespace {

template <class Number>
std::optional<Number> parsed(std::string_view digits) {
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

double real_of(std::string_view digits) {
  if (const auto number = parsed<double>(digits)) return *number;
  // from_chars also refuses what is too near to zero; the tree has refused what is too far from it.
  return 0.0;
}

// A whole number written as 1.0 or 1e3; beyond 2^53 a double may already have lost digits.
std::optional<std::int64_t> whole(std::string_view digits) {
  constexpr double exact_max = 9007199254740992.0;
  const double number = real_of(digits);
  if (number != std::trunc(number) || std::abs(number) > exact_max) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

template <class Integer>
bool in_range(JsonNode node, Integer min, Integer max, Integer& into) {
  std::optional<Integer> number = parsed<Integer>(node.text());
  if (!number) {
    const auto same = whole(node.text());
    if (same && std::in_range<Integer>(*same)) number = static_cast<Integer>(*same);
  }
  if (!number || *number < min || *number > max) return false;
  into = *number;
  return true;
}

}  // namespace

bool JsonReader::boolean(JsonNode node, bool& into) {
  into = node.truth();
  return is(node, JsonKind::boolean);
}

bool JsonReader::integer(JsonNode node, std::int64_t min, std::int64_t max, std::int64_t& into) {
  if (node.kind() != JsonKind::number) return expected("a whole number", node);
  if (in_range(node, min, max, into)) return true;
  return refuse(fmt::format("a whole number from {} to {} is expected; got {}", min, max, node.text()));
}

bool JsonReader::unsigned_integer(JsonNode node, std::uint64_t max, std::uint64_t& into) {
  if (node.kind() != JsonKind::number) return expected("a whole number", node);
  if (in_range(node, std::uint64_t{0}, max, into)) return true;
  return refuse(fmt::format("a whole number from 0 to {} is expected; got {}", max, node.text()));
}

bool JsonReader::real(JsonNode node, double& into) {
  if (!is(node, JsonKind::number)) return false;
  into = real_of(node.text());
  return true;
}

bool JsonReader::text(JsonNode node, std::string_view& into) {
  if (!is(node, JsonKind::text)) return false;
  into = node.text();
  return true;
}

bool JsonReader::is(JsonNode node, JsonKind kind) {
  return node.kind() == kind || expected(to_text(kind), node);
}

bool JsonReader::expected(std::string_view what, JsonNode got) {
  return refuse(
      fmt::format("{} is expected; got {}", what,
                  got.kind() == JsonKind::boolean ? (got.truth() ? "true" : "false") : to_text(got.kind())));
}

bool JsonReader::refuse(std::string what) {
  complaint_ = std::move(what);
  return false;
}

bool JsonReader::inside(std::string_view key) {
  const bool joined = path_.empty() || path_.starts_with('[');
  path_ = excerpt(key) + (joined ? "" : ".") + path_;
  return false;
}

bool JsonReader::inside(std::size_t index) {
  const bool joined = path_.empty() || path_.starts_with('[');
  path_ = fmt::format("[{}]{}{}", index, joined ? "" : ".", path_);
  return false;
}

Failure JsonReader::failure() const {
  return {Reason::invalid, path_.empty() ? complaint_ : fmt::format("{}: {}", path_, complaint_), path_};
}

}  // namespace ringdown
