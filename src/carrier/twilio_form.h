// The bodies and queries that Twilio's REST takes: name=value, names may repeat.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ringdown::twilio {

using Form = std::vector<std::pair<std::string_view, std::string>>;

std::string to_text(const Form&);

}  // namespace ringdown::twilio
