// What is said to somebody who answers. Where nobody talks: always first that it is automated and for whom.
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
  int keys = 1;                    // that make an answer
  Span then_waits{};               // before the line is closed
  bool asks_again = false;         // instead, once this was heard: there may be news of who answered
  std::optional<CallId> joins{};   // instead, the talk of this call, until one of them hangs up

  bool operator==(const Script&) const = default;
};

// Whether a call is recorded, and whether who answered has heard so. After `said_all` nothing is left to say.
enum class Notice { none, due, heard, said_all };

// A call that is to end, or has nothing to say, says so. Who calls us hears that nobody can talk. A rep's leg
// is asked about with the lead of its call.
Script script_of(const Call&, const std::optional<Lead>&, std::string_view company, Notice);

// What somebody says who presses these keys; nothing where they are none.
std::optional<CallEvent> meaning_of_keys(std::string_view pressed);

// {{contact_name}}, {{first_name}}, {{company_name}}, {{city}} and {{state}} of the lead, {{company}} of
// ours. What is not known, or is no such word, is left out.
std::string filled(std::string_view text, const std::optional<Lead>&, std::string_view company);

}  // namespace ringdown
