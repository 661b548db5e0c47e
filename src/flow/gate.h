// Brings together what the gate must know of those who wait, in the unit that acts on what it says.
#pragma once

#include <map>
#include <vector>

#include "domain/calling_clock.h"
#include "domain/campaign.h"
#include "domain/dial_rules.h"
#include "domain/line.h"
#include "domain/settings.h"
#include "flow/engine.h"

namespace ringdown::flow {

// Under which rules somebody is called: a campaign's, or for calls somebody asked for the default one's.
struct LaneRules {
  LaneId lane;
  CampaignRules rules;
  std::optional<WeekHours> hours;
  std::optional<Campaign> campaign;  // none: the asked lane
};

LaneRules rules_of_lane(const Campaign&);
LaneRules rules_of_asked_lane(Tx&);

// Whether the one of ours who talks on a call is at the phone.
enum class RepState { none_needed, awaited, ringing, there };

struct Candidate {
  LinePlace place;
  const LaneRules* under = nullptr;
  std::optional<Lead> lead;
  std::optional<Call> call;  // that was made already
  RepState rep = RepState::none_needed;
  std::optional<Time> rep_until;         // while it rings; of the machine's clock
  std::optional<AccountId> rep_account;  // through which
  DialFacts facts;
};

class Gate {
 public:
  // What it is given must outlive it.
  Gate(Tx&, const Atlas&, const Rulebook&, WorkspaceKind);

  // In their order; `under` says which lane has which rules.
  std::vector<Candidate> gather(std::span<const LinePlace>, const std::map<LaneId, LaneRules>& under,
                                Time now);

  Verdict may_dial(const Candidate&, Time calling_at) const;
  Time calling(Time real) const { return clock_.calling(real); }
  Time real(Time calling) const { return clock_.real(calling); }
  const Settings& settings() const { return settings_; }
  const std::string& version() const { return book_.version(); }

 private:
  struct Histories;

  void describe(Candidate&, const Histories&) const;
  void describe_number(Candidate&) const;
  void describe_call(Candidate&) const;
  void describe_rep(Candidate&) const;
  Histories histories_of(std::span<const std::string> phones, Time calling_now) const;

  Tx& tx_;
  const Atlas& atlas_;
  const Rulebook& book_;
  WorkspaceKind kind_;
  CallingClock clock_;
  Settings settings_;
};

}  // namespace ringdown::flow
