// For the .cpp files of this folder only: the JSON of tokens and key sets. Stricter than JSON asks for, since
// two readers that disagree about a doubled key disagree about who is signed in.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string_view>

namespace ringdown::crypto {

// An object in which no object has a key twice, nested at most 16 deep; nothing for anything else.
std::optional<boost::json::object> parse_token_json(std::string_view text);

// The text under `key`; nothing where it is missing or no string. The view lives as long as the object.
std::optional<std::string_view> text_in(const boost::json::object&, std::string_view key);

}  // namespace ringdown::crypto
