// A call that somebody asks for: now, or at a time of their choice.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "domain/call.h"

namespace ringdown {

struct ScheduledCall {
  std::string to;
  std::optional<std::string> message;
  std::optional<std::string> voicemail_message;
  std::optional<LeadId> lead_id;
  Priority priority = Priority::normal;
  std::optional<Time> scheduled_time;
  std::optional<Purpose> purpose;
  bool with_me = false;
};
BOOST_DESCRIBE_STRUCT(ScheduledCall, (),
                      (to, message, voicemail_message, lead_id, priority, scheduled_time, purpose, with_me))

template <>
inline constexpr auto json_rules<ScheduledCall> = rules_of<ScheduledCall>(
    field(&ScheduledCall::to, length(1, 60), says("the number to call")),
    field(&ScheduledCall::message, length(1, 4000), says("what is said")),
    field(&ScheduledCall::voicemail_message, length(1, 4000), says("what a mailbox is told once it listens")),
    field(&ScheduledCall::priority, may_be_missing),
    field(&ScheduledCall::scheduled_time, says("not before; missing: as soon as it may be")),
    field(&ScheduledCall::purpose, says("unknown counts as marketing")),
    field(&ScheduledCall::with_me, may_be_missing,
          says("you talk: your confirmed phone rings first, and once you pressed a key there theirs does")));

}  // namespace ringdown
