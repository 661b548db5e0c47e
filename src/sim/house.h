// One workspace of a simulated world: whom it may call, within which limits, and what was forbidden when.
#pragma once

#include <map>

#include "domain/campaign.h"
#include "domain/carrier_account.h"
#include "sim/people.h"
#include "sim/sim_store.h"
#include "sim/timeline.h"

namespace ringdown::sim {

struct Limits {
  Span gap = 60min;     // between two requests for one number
  int calls_a_day = 3;  // to one number
  int attempts_max = 3;
  int calls_per_second = 1;
  int live_calls_max = 5;
  std::int64_t budget_micros = 0;  // none, where it is zero
  Span ring_timeout = 30s;
  Span talk_limit = 2min;
};

// No request that it is about begins between these moments of the timeline.
enum class BanKind { pause, number, call };
BOOST_DESCRIBE_ENUM(BanKind, pause, number, call)
struct Ban {
  BanKind kind;
  Span from;
  std::optional<Span> until{};
  std::string phone{};  // of a number
  CallId call{};        // of a call
};

struct House {
  Workspace workspace;
  AccountId account;
  CampaignId campaign;
  Limits limits;
  std::vector<Person> people;
  std::vector<Ban> bans;
};

// Makes the workspace with its people, an account and a campaign that runs.
House build_house(SimStore&, Dice, int leads, Time now);

}  // namespace ringdown::sim
