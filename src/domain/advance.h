// The state machine of calls: what an event makes of a call, of its lead, and of the world. Pure. Events may
// come late, twice and in any order; the same set of them makes the same call.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/call_event.h"
#include "domain/retry.h"

namespace ringdown {

// What it is judged by, read in the unit that saves what comes of it; the lead's row is locked.
struct Scene {
  Call call;
  std::optional<Lead> lead;
  RetryPolicy policy;
  int deliveries_max = 3;
  Span ring_lease{};   // how long a call may ring, or talk, until somebody looks after it
  Span talk_lease{};
  Span lookup_every{};  // an unknown call is looked up at the carrier
  int lookups_max = 2;  // until it is given up
};

struct BlockNumber { bool operator==(const BlockNumber&) const = default; };    // the called person opted out
struct EndAtCarrier { bool operator==(const EndAtCarrier&) const = default; };  // it has a sid and is to end
struct BackInLine {                                                             // hand it over again
  Span after{};
  bool operator==(const BackInLine&) const = default;
};
struct StopCampaign {
  std::string why;
  bool operator==(const StopCampaign&) const = default;
};
struct HoldNumber {  // the carrier blocks calls to it
  Span time{};
  bool operator==(const HoldNumber&) const = default;
};
struct CarrierHealth {
  bool good = false;
  bool operator==(const CarrierHealth&) const = default;
};
struct Settle {  // of the campaign's budget
  std::int64_t unreserve = 0;
  std::int64_t spend = 0;
  bool operator==(const Settle&) const = default;
};
struct LeadMoved { bool operator==(const LeadMoved&) const = default; };        // its places in the line follow
struct RangLate { bool operator==(const RangLate&) const = default; };          // after it was given up or forbidden
struct BeginRecording { bool operator==(const BeginRecording&) const = default; };
struct NoteRecording {
  Recorded told;
  bool operator==(const NoteRecording&) const = default;
};

struct TellMailbox { bool operator==(const TellMailbox&) const = default; };      // it listens
struct RepJoined { bool operator==(const RepJoined&) const = default; };        // or their phone is theirs

using Effect = std::variant<BlockNumber, EndAtCarrier, BackInLine, StopCampaign, HoldNumber, CarrierHealth,
                            Settle, LeadMoved, RangLate, BeginRecording, NoteRecording,
                            TellMailbox, RepJoined>;

struct Step {
  Scene after;
  std::vector<Effect> effects;
};

Step advance(Scene, const CallEvent&, Time now);

}  // namespace ringdown
