// The small part of XML that TwiML is written in: elements, attributes, text, the usual references, comments
// and CDATA. No document types, so nothing can grow.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ringdown::sandbox {

struct Element {
  std::string name{};
  std::vector<std::pair<std::string, std::string>> attributes{};
  std::string text{};  // all of its own, in a row
  std::vector<Element> children{};

  std::optional<std::string_view> attribute(std::string_view name) const;
};

// The root, or what is wrong.
std::expected<Element, std::string> read_xml(std::string_view);

}  // namespace ringdown::sandbox
