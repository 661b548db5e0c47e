// Calls, what happened to them, and what the gate said: units of the workspace.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/call.h"
#include "domain/caller_id.h"
#include "domain/calling_clock.h"
#include "domain/line.h"
#include "domain/verdict.h"
#include "ports/db.h"

namespace ringdown::store {

// Units that place or forbid calls stand one after the other: each begins with this.
void take_turn(Tx&);

void save_call(Tx&, const Call&);
std::optional<Call> find_call(Tx&, CallId);
std::optional<Call> call_to_change(Tx&, CallId);  // locked to the end of the unit
std::optional<Call> call_by_sid(Tx&, const std::string& sid);

struct CallFilter {
  std::optional<LeadId> lead{};
  std::optional<CampaignId> campaign{};
  std::optional<CallStatus> status{};
  std::optional<Outcome> outcome{};
};
std::vector<Call> calls_page(Tx&, const CallFilter&, std::optional<CallId> behind,
                             int limit);  // newest first

std::vector<Call> legs_of(Tx&, CallId);  // of its rep, first to last

std::vector<Call> calls_to_look_after(Tx&, Time now, int limit);
std::optional<Time> next_lease(Tx&);
std::vector<Call> calls_to_end(Tx&, Time not_sent_since, int limit);
std::vector<Call> mailboxes_to_tell(Tx&, int limit);
std::vector<Call> requests_under_way(Tx&, Time now);  // that may still begin
std::int64_t expire_requests(Tx&, const Uuid& node, Time now);
std::vector<Call> calls_to_stop(Tx&, CampaignId);
std::vector<Call> calls_to_stop(Tx&, std::span<const std::string> phones);

struct LiveCalls {
  std::optional<AccountId> account_id;
  std::optional<CampaignId> campaign_id;
  int calls = 0;
};
BOOST_DESCRIBE_STRUCT(LiveCalls, (), (account_id, campaign_id, calls))
std::vector<LiveCalls> live_calls(Tx&);

// What is kept by number.
struct PhoneMoment {
  std::string phone;
  std::optional<Time> at;
};
struct PhoneConsent {
  std::string phone;
  std::string scope;
  bool written = false;
  bool ai_named = false;
  Time given_at;
  std::optional<Time> revoked_at;
};
BOOST_DESCRIBE_STRUCT(PhoneConsent, (), (phone, scope, written, ai_named, given_at, revoked_at))
std::vector<PhoneMoment> attempts_of(Tx&, std::span<const std::string> phones, Time since);
std::vector<PhoneMoment> last_attempts_of(Tx&, std::span<const std::string> phones);
std::vector<PhoneMoment> live_calls_of(Tx&, std::span<const std::string> phones);  // and their leases' ends
std::vector<PhoneMoment> held(Tx&, std::span<const std::string> phones);
std::vector<std::string> blocked(Tx&, std::span<const std::string> phones);
std::vector<PhoneConsent> consents_of(Tx&, std::span<const std::string> phones);
NumberUse use_of_number(Tx&, const std::string& caller_id, Time since);
void hold_number(Tx&, const std::string& phone, Time until);

struct CallEventRecord {
  Uuid id;
  CallId call_id;
  std::optional<std::string> key;
  std::string kind;
  Json body;
  Time at;
};
BOOST_DESCRIBE_STRUCT(CallEventRecord, (), (id, call_id, key, kind, body, at))
bool note_event(Tx&, const CallEventRecord&);  // false: its key was recorded before
std::vector<CallEventRecord> events_of(Tx&, CallId, Uuid behind, int limit);

struct DecisionRecord {
  Uuid id;
  std::optional<LeadId> lead_id;
  std::optional<CallId> call_id;
  LaneId lane;
  Decision decision = Decision::refuse;
  std::optional<Time> until;
  std::string rule;
  std::string says;
  std::string rulebook;
  Time calling_at;
  Time at;
};
BOOST_DESCRIBE_STRUCT(DecisionRecord, (),
                      (id, lead_id, call_id, lane, decision, until, rule, says, rulebook, calling_at, at))
void add_decisions(Tx&, std::span<const DecisionRecord>);
std::optional<DecisionRecord> decision_before(Tx&, LeadId, Time calling_at);
std::vector<DecisionRecord> decisions_of(Tx&, CallId);

// Writes what a call made of its lead.
void move_lead(Tx&, const Lead&);

std::optional<CallingClock> find_calling_clock(Tx&);
CallingClock calling_clock(Tx&);  // the real one, where the workspace has none of its own
void set_calling_clock(Tx&, const CallingClock&);

}  // namespace ringdown::store
