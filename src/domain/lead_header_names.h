// What headers of leads are usually called, in several languages and by other systems; part of
// domain/lead_columns.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/lead_columns.h"

namespace ringdown {

// A header without case, accents, spaces and punctuation: "E-Mail 1 – Value" is "email1value".
std::string header_key(std::string_view header);

// A phone column is always `phone` here; which of several comes first is not this table's business.
std::optional<LeadColumn> known_header(std::string_view key);

}  // namespace ringdown
