// What is said to somebody who answers a call that nobody talks on: always first that it is automated and for
// whom.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/call_event.h"
#include "domain/lead.h"

namespace ringdown {

struct Script {
  std::vector<std::string> texts;  // one after the other, and then the line is closed
  bool goes_on = false;            // instead, what is left is said once these were heard
  bool takes_keys = false;         // all the while, and a moment longer

  bool operator==(const Script&) const = default;
};

// Whether a call is recorded, and whether who answered has heard so.
enum class Notice { none, due, heard };

// A call that is to end, or has nothing to say, says so. Who calls us hears that nobody can talk.
Script script_of(const Call&, const std::optional<Lead>&, std::string_view company, Notice);

// What somebody says who presses this key; nothing where it is none of those they were told.
std::optional<CallEvent> meaning_of_key(std::string_view pressed);

// {{contact_name}}, {{first_name}}, {{company_name}}, {{city}} and {{state}} of the lead, {{company}} of
// ours. What is not known, or is no such word, is left out.
std::string filled(std::string_view text, const std::optional<Lead>&, std::string_view company);

}  // namespace ringdown
