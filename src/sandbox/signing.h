// How Twilio signs what it sends: written apart from how the product checks it, so that one mistake cannot
// hide the other.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ringdown::sandbox {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string form_text(const Pairs&);

// The X-Twilio-Signature of a request to this address, with these fields in its body.
std::string signature(std::string_view token, std::string_view url, Pairs fields);

}  // namespace ringdown::sandbox
