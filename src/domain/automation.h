// The default campaign in the words of seed 001's settings.
#pragma once

#include "base/json.h"
#include "domain/campaign.h"

namespace ringdown {

struct Automation {
  bool automation_enabled = false;
  int max_calls_batch = 10;
  int retry_interval = 15;
  int max_attempts = 3;

  bool operator==(const Automation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Automation, (), (automation_enabled, max_calls_batch, retry_interval, max_attempts))

template <>
inline constexpr auto json_rules<Automation> = rules_of<Automation>(
    field(&Automation::automation_enabled, may_be_missing, says("whether leads are called by themselves")),
    field(&Automation::max_calls_batch, range(1, 1000), may_be_missing, says("calls out at once")),
    field(&Automation::retry_interval, range(1, retry_minutes_max), may_be_missing,
          says("minutes between the beginnings of two attempts")),
    field(&Automation::max_attempts, range(1, 50), may_be_missing));

inline Automation automation_of(const Campaign& campaign) {
  return {.automation_enabled = campaign.state == CampaignState::running,
          .max_calls_batch = campaign.rules.max_calls_batch,
          .retry_interval = campaign.rules.retry.interval,
          .max_attempts = campaign.rules.retry.attempts_max};
}

inline CampaignRules with_words(CampaignRules rules, const Automation& words) {
  rules.max_calls_batch = words.max_calls_batch;
  rules.retry.interval = words.retry_interval;
  rules.retry.attempts_max = words.max_attempts;
  return rules;
}

}  // namespace ringdown
