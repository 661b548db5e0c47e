// A place in the line of those who wait to be called.
#pragma once

#include <optional>
#include <string>

#include "domain/call.h"

namespace ringdown {

// A campaign's, by its id, or that of the calls somebody asked for.
using LaneId = Id<struct LaneTag>;
inline constexpr LaneId asked_lane{};

inline LaneId lane_of(CampaignId campaign) {
  return {campaign.value};
}

enum class LineState {
  waiting,  // not to be looked at before ready_at
  ready,
  out,      // its call runs
  refused,  // by a rule, until facts change
  done
};
BOOST_DESCRIBE_ENUM(LineState, waiting, ready, out, refused, done)

struct LinePlace {
  LaneId lane;
  Uuid subject;  // a lead; in the asked lane a call
  std::optional<LeadId> lead_id;
  std::optional<CallId> call_id;  // that was made already
  std::string phone;
  LineState state = LineState::waiting;
  int rank = 0;
  Time turn;      // last called; of somebody never called the epoch
  Time ready_at;  // of the calling clock
  std::string rule;

  bool operator==(const LinePlace&) const = default;
};
BOOST_DESCRIBE_STRUCT(LinePlace, (),
                      (lane, subject, lead_id, call_id, phone, state, rank, turn, ready_at, rule))

}  // namespace ringdown
