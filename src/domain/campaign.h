// Standing rules by which leads are called without anyone pressing a button.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/call.h"
#include "domain/retry.h"
#include "domain/week_hours.h"

namespace ringdown {

enum class CampaignState {
  paused,
  running,
  stopped,  // by the product, which says why
  ended
};
BOOST_DESCRIBE_ENUM(CampaignState, paused, running, stopped, ended)

// Hours by day: {"monday": "09:00-17:00"}; a day that is not named is closed.
using HoursByDay = std::map<std::string, std::string>;

struct CampaignRules {
  std::string name;
  std::optional<PipelineId> pipeline_id;  // none: all leads
  Purpose purpose = Purpose::marketing;
  std::optional<std::string> message;
  std::optional<std::string> voicemail_message;
  std::vector<std::string> caller_ids;  // none: those of the account
  std::optional<HoursByDay> hours;
  RetryPolicy retry;
  Priority priority = Priority::normal;
  int max_calls_batch = 10;
  int ring_timeout_seconds = 30;
  int talk_limit_seconds = 600;
  std::optional<double> budget;
  std::optional<Time> begins_at;
  std::optional<Time> ends_at;

  bool operator==(const CampaignRules&) const = default;
};
BOOST_DESCRIBE_STRUCT(CampaignRules, (),
                      (name, pipeline_id, purpose, message, voicemail_message, caller_ids, hours, retry,
                       priority, max_calls_batch, ring_timeout_seconds, talk_limit_seconds, budget, begins_at,
                       ends_at))

template <>
inline constexpr auto json_rules<CampaignRules> = rules_of<CampaignRules>(
    field(&CampaignRules::name, Form::line, length(1, 120)),
    field(&CampaignRules::pipeline_id, says("whose leads are called; missing: everybody's")),
    field(&CampaignRules::purpose, says("marketing asks for written consent")),
    field(&CampaignRules::message, length(1, 4000), says("what is said")),
    field(&CampaignRules::voicemail_message, length(1, 4000),
          says("what a mailbox is told once it listens; missing: it hears the message as people do")),
    field(&CampaignRules::caller_ids, length(0, 50), each(length(1, 60)), may_be_missing),
    field(&CampaignRules::hours, length(0, 7), each(length(1, 20)),
          says("by day, within the lawful ones: {\"monday\": \"09:00-17:00\"}; days not named are closed")),
    field(&CampaignRules::retry, may_be_missing), field(&CampaignRules::priority, may_be_missing),
    field(&CampaignRules::max_calls_batch, range(1, 1000), may_be_missing, says("calls out at once")),
    field(&CampaignRules::ring_timeout_seconds, range(15, 600), may_be_missing),
    field(&CampaignRules::talk_limit_seconds, range(10, 14400), may_be_missing),
    field(&CampaignRules::budget, range(0, 1e9), says("in the account's currency, for all of its calls")),
    field(&CampaignRules::begins_at), field(&CampaignRules::ends_at));

struct Campaign {
  CampaignId id;
  bool is_default = false;
  CampaignState state = CampaignState::paused;
  CampaignRules rules;
  std::optional<std::string> problem;
  std::int64_t reserved_micros = 0;
  std::int64_t spent_micros = 0;
  Time created_at;
  Time updated_at;

  bool operator==(const Campaign&) const = default;
};

// Refused with the day or the hours that are not understood.
Result<WeekHours> week_hours_of(const HoursByDay&);

}  // namespace ringdown
