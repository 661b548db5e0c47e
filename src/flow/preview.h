// How the leads of a campaign stand with the gate: who would be called now, who later, who never, and by
// which rule. Of a campaign that runs from its line, of any other by judging its leads, without writing
// anything.
#pragma once

#include "flow/gate.h"
#include "store/line.h"

namespace ringdown::flow {

enum class Prospect {
  now,
  later,
  never,
  calling,  // a call with them runs
  done,
  unjudged  // their turn to be judged has not come
};
BOOST_DESCRIBE_ENUM(Prospect, now, later, never, calling, done, unjudged)

struct ProspectCount {
  Prospect prospect = Prospect::unjudged;
  std::string rule;  // that decided
  std::int64_t leads = 0;
  std::optional<Time> first_at;  // of later ones: when the first gets due

  bool operator==(const ProspectCount&) const = default;
};

struct Preview {
  CampaignState state = CampaignState::paused;
  std::int64_t judged = 0;
  std::int64_t leads = 0;  // of so many
  bool has_more = false;   // and more, which were not counted
  std::vector<ProspectCount> counts;
  std::vector<store::DueHour> due;  // when those who wait get due, by the hour
  Time calling_at;

  bool operator==(const Preview&) const = default;
};

// 412 now; 88 later: 80 us-federal-hours from 2026-01-06T13:00:00Z …
std::string in_words(const Preview&);

Task<Result<Preview>> preview(Engine, Workspace, WorkspaceKind, CampaignId);

inline constexpr int leads_judged_max = 5000;
inline constexpr std::int64_t leads_counted_max = 1'000'000;

}  // namespace ringdown::flow
