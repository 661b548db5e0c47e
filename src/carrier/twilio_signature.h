// Is this request Twilio's? Checks X-Twilio-Signature against the address as the public URL has it, whatever
// the proxy in front made of it. Pure, and takes the same time for every wrong signature of the right length.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secret.h"
#include "base/text.h"

namespace ringdown::twilio {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct SignedRequest {
  std::string url;     // public URL and target; a query stays, a fragment never arrives
  Fields fields{};     // of a form in the body; none with GET and JSON
  std::string json{};  // a body that is no form: its digest stands in the address
  std::string signature;
};

// The signature that Twilio makes with this token.
std::string signature_of(std::string_view token, std::string_view url, Fields fields);

// By one of these tokens: while one is rotated there are two.
bool is_signed(const SignedRequest&, std::span<const Secret> tokens);

// The forms of an address that Twilio may have signed, the plain one first: with its scheme's port and
// without any.
std::vector<std::string> spellings(std::string_view url);

}  // namespace ringdown::twilio
