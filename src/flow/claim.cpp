#include "flow/claim.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "domain/call_cost.h"
#include "domain/place_rules.h"
#include "flow/decisions.h"
#include "flow/rep_leg.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/changes.h"
#include "store/due.h"
#include "store/line.h"

namespace ringdown::flow {
namespace {

constexpr int campaigns_max = 100;  // that run at once in a workspace
constexpr std::int64_t micros = 1'000'000;
constexpr Span lines_again = 5s;  // until it is seen whether one is free for whoever waits at a phone

std::map<LaneId, LaneRules> lanes_of(Tx& tx, std::span<const LinePlace> places) {
  std::map<LaneId, LaneRules> lanes;
  for (const LinePlace& place : places) {
    if (lanes.contains(place.lane)) continue;
    const auto campaign = store::find_campaign(tx, {place.lane.value});
    lanes.emplace(place.lane, campaign ? rules_of_lane(*campaign) : rules_of_asked_lane(tx));
  }
  return lanes;
}

// A word that is new about a lead is kept; that it may be called now is not kept before it is.
bool is_news(const LinePlace& before, const LinePlace& after) {
  return after.state != LineState::ready && (before.state != after.state || before.rule != after.rule);
}

class Claiming {
 public:
  Claiming(Tx& tx, const Engine& with, const Desk& desk, Time now, Span steady)
      : tx_(tx),
        with_(with),
        gate_(tx, with.atlas, with.rules, desk.kind),
        now_(now),
        steady_(steady),
        accounts_(store::accounts(tx)) {}

  Claims run() {
    if (accounts_.empty()) return {};
    count_live();
    serve(rules_of_asked_lane(tx_));
    for (const Campaign& campaign : store::running_campaigns(tx_, campaigns_max)) {
      if (is_full_) break;
      if (!ends(campaign)) serve(rules_of_lane(campaign));
    }
    store::move_places(tx_, moved_);
    store::add_decisions(tx_, decisions_);
    for (const auto& [campaign, reserved] : reserved_) store::settle_campaign(tx_, campaign, reserved, 0);
    for (const Account& account : accounts_) store::pace_account(tx_, account);
    // Whoever claimed them may die before anything is recorded of them.
    if (!claims_.calls.empty()) {
      store::make_due_by(tx_, store::reconcile_work, now_ + with_.policy.placing_lease);
    }
    return std::move(claims_);
  }

 private:
  void count_live() {
    for (const store::LiveCalls& live : store::live_calls(tx_)) {
      if (live.account_id) account_calls_[*live.account_id] += live.calls;
      if (live.campaign_id) campaign_calls_[lane_of(*live.campaign_id)] += live.calls;
    }
  }

  bool ends(Campaign campaign) {
    if (!campaign.rules.ends_at || gate_.calling(now_) < *campaign.rules.ends_at) return false;
    campaign.state = CampaignState::ended;
    campaign.updated_at = now_;
    store::save_campaign(tx_, campaign);
    store::add_change(tx_, "campaign", campaign.id.value, now_);
    return true;
  }

  // As many of a lane as may go out.
  void serve(const LaneRules& lane) {
    if (holds_back(lane)) return;
    const int rows = with_.policy.looked_at_per_unit - looked_at_;
    if (rows <= 0) return hurry();
    const auto places = store::ready_in_line(tx_, lane.lane, rows);
    looked_at_ += static_cast<int>(places.size());
    for (Candidate& candidate : gate_.gather(places, {{lane.lane, lane}}, now_)) {
      candidate.under = &lane;
      if (std::ssize(claims_.calls) >= with_.policy.claimed_per_unit) return hurry();
      if (holds_back(lane)) return;
      judge(candidate);
    }
    if (std::ssize(places) == rows) hurry();
  }

  void judge(Candidate& candidate) {
    if (!phones_.insert(candidate.place.phone).second) return hurry();  // another call of this very unit
    Account& account = account_for(candidate);
    if (waits_for_lines(candidate, account)) return;
    const Time moment = moment_of(account);
    Verdict verdict = gate_.may_dial(candidate, gate_.calling(now_));
    // No rule may close between now and the last moment at which the request may begin.
    if (verdict.decision == Decision::allow) {
      verdict = gate_.may_dial(candidate, gate_.calling(moment + with_.policy.send_tolerance));
    }
    if (verdict.decision == Decision::allow)
      verdict = or_until_its_number_is_free(candidate, account, verdict);
    if (verdict.decision == Decision::allow)
      verdict = or_until_the_rep_is_there(candidate, account, moment, verdict);
    if (verdict.decision == Decision::allow) return place(candidate, verdict, account, moment);

    decisions_.push_back(decision_of(candidate, verdict, gate_, with_.chance, now_));
    if (verdict.decision == Decision::refuse && candidate.facts.asked_for) {
      return refuse_call(tx_, with_, candidate, verdict, now_);
    }
    const bool rings_now = verdict.rule == rep_rule;
    if (!rings_now && stands_rep_up(candidate, verdict, gate_.calling(now_))) {
      return call_off(tx_, with_, candidate, verdict, now_);
    }
    moved_.push_back(placed_by(candidate.place, verdict, gate_.calling(now_)));
    look_again_at(gate_.real(moved_.back().ready_at));
  }

  // ---- may it go out now, as far as we are concerned? ----

  // Those that can have so many out go first, whatever else.
  Account& next_account(int lines = 1) {
    return *std::ranges::min_element(accounts_, {}, [&](const Account& account) {
      const bool full = account_calls_[account.id] >= account.live_calls_max;
      const bool rests = account.paused_until && now_ < *account.paused_until;
      return std::tuple(account.live_calls_max < lines, full || rests, account.next_send_at);
    });
  }

  // Two legs meet only within one account, so it has two lines at least.
  Account& account_for(const Candidate& candidate) {
    const auto theirs = std::ranges::find(accounts_, candidate.rep_account,
                                          [](const Account& account) { return std::optional(account.id); });
    if (theirs != accounts_.end()) return *theirs;
    return next_account(candidate.rep == RepState::awaited ? lines_with_rep : 1);
  }

  // A clock that was set back leaves moments in the future: none is further off than a batch takes.
  Time moment_of(const Account& account) const {
    const Time latest = now_ + 2 * sent_within;
    return std::max(now_ + with_.policy.send_after, std::min(account.next_send_at, latest));
  }

  // Whoever waits for their number lets others pass, who see another one.
  Verdict or_until_its_number_is_free(const Candidate& candidate, const Account& account, Verdict allowed) {
    const auto number = caller_id_of(candidate, account);
    if (!number || !account.number_calls_an_hour) return allowed;
    const auto until = number_waits_until(use_of(*number), account.number_calls_an_hour);
    if (!until) return allowed;
    allowed.decision = Decision::defer;
    allowed.until = until;
    allowed.rule = "caller_id";
    allowed.says = "the number that they see has made its calls of this hour";
    return allowed;
  }

  NumberUse& use_of(const std::string& number) {
    const auto known = number_uses_.find(number);
    if (known != number_uses_.end()) return known->second;
    const Time since = gate_.calling(now_) - number_window;
    return number_uses_.emplace(number, store::use_of_number(tx_, number, since)).first->second;
  }

  // Whoever is to talk on it is rung first, once it may go out; the gate is asked again when they are there.
  Verdict or_until_the_rep_is_there(const Candidate& candidate, Account& account, Time moment,
                                    Verdict allowed) {
    if (candidate.rep == RepState::none_needed || candidate.rep == RepState::there) return allowed;
    if (candidate.rep == RepState::awaited) {
      auto phone = phone_to_ring(tx_, gate_, candidate, account, allowed, now_);
      if (auto* verdict = std::get_if<Verdict>(&phone)) return *std::move(verdict);
      if (!phones_.insert(std::get<std::string>(phone)).second) {
        return wait_for_rep(allowed, gate_.calling(now_ + lines_again), "their phone is about to ring");
      }
      ring(std::get<std::string>(phone), candidate, account, moment);
    }
    const Time until = std::max(candidate.rep_until.value_or(now_), now_ + with_.policy.placing_lease);
    return wait_for_rep(allowed, gate_.calling(until), "the phone of whoever is to talk on it rings");
  }

  // Whoever talks to somebody of ours takes lines of one account. Until it has them nobody else gets any:
  // those of campaigns would take each that comes free.
  bool waits_for_lines(const Candidate& candidate, const Account& account) {
    if (candidate.rep != RepState::awaited && candidate.rep != RepState::there) return false;
    const int wanted = candidate.rep == RepState::there ? 1 : lines_with_rep;
    if (account.live_calls_max < lines_with_rep) return false;  // it is refused
    const bool rests = account.paused_until && now_ < *account.paused_until;
    const bool is_late = account.next_send_at > now_ + 2 * sent_within;
    if (!rests && !is_late && account_calls_[account.id] + wanted <= account.live_calls_max) return false;
    is_full_ = true;
    look_again_at(rests ? *account.paused_until : now_ + (is_late ? sent_within : lines_again));
    return true;
  }

  void ring(const std::string& phone, const Candidate& candidate, Account& account, Time moment) {
    const auto& own = candidate.under->rules.caller_ids;
    auto caller_id = caller_id_for(phone, own.empty() ? account.caller_ids : own);
    Call leg = leg_to(phone, *candidate.call, std::move(caller_id), with_.chance, now_);
    hand_over(leg, account, moment);
    store::save_call(tx_, leg);
    store::add_change(tx_, "call", candidate.call->id.value, now_);
    claims_.calls.push_back({leg, request_of_leg(leg, candidate.under->rules), steady_ + (moment - now_)});
    take_line(account, moment);
  }

  // What the sender needs of a call that it is to make, and whoever looks after it when he does not come
  // back.
  void hand_over(Call& call, const Account& account, Time moment) const {
    call.account_id = account.id;
    call.status = CallStatus::placing;
    call.placing_at = now_;
    ++call.deliveries;
    call.node = with_.node;
    call.send_by = moment + with_.policy.send_tolerance;
    call.lease_until = now_ + with_.policy.placing_lease;
    call.updated_at = now_;
  }

  void take_line(Account& account, Time moment) {
    ++account_calls_[account.id];
    account.next_send_at = moment + (1s + with_.policy.send_tolerance) / account.calls_per_second;
  }

  PlaceFacts place_facts(const LaneRules& lane, const Account& account) {
    PlaceFacts facts;
    facts.running = true;
    facts.live_calls = account_calls_[account.id];
    facts.live_calls_max = account.live_calls_max;
    facts.campaign_calls_max = 1;
    if (account.calls_per_second > 0) facts.free_from = moment_of(account);
    facts.call_cost_micros_max = cost_of(lane.rules);
    facts.carrier_paused_until = account.paused_until;
    if (!lane.campaign) return facts;
    facts.running = lane.campaign->state == CampaignState::running;
    if (lane.rules.begins_at) facts.begins_at = gate_.real(*lane.rules.begins_at);
    facts.campaign_calls = campaign_calls_[lane.lane];
    facts.campaign_calls_max = lane.rules.max_calls_batch;
    if (lane.rules.budget) {
      facts.budget = Budget{.limit_micros = static_cast<std::int64_t>(*lane.rules.budget * micros),
                            .spent_micros = lane.campaign->spent_micros,
                            .reserved_micros = lane.campaign->reserved_micros + reserved_[lane.campaign->id]};
    }
    return facts;
  }

  // The rules that hold every call of a lane back, or of the whole workspace.
  bool holds_back(const LaneRules& lane) {
    if (is_full_) return true;
    const Account& account = next_account();
    const Verdict verdict = may_place(place_facts(lane, account), now_);
    if (verdict.decision == Decision::allow) return false;
    is_full_ = verdict.rule == "concurrency" || verdict.rule == "rate" || verdict.rule == "carrier";
    look_again_at(verdict.until.value_or(now_ + with_.policy.blind));
    return true;
  }

  static std::int64_t cost_of(const CampaignRules& rules) {
    return cost_at_most(Prices{}, std::chrono::seconds(rules.talk_limit_seconds));
  }

  // ---- it may ----

  void place(Candidate& candidate, const Verdict& verdict, Account& account, Time moment) {
    Call call = call_for(candidate, account, moment);
    if (candidate.lead) take_lead(*candidate.lead, call);
    store::save_call(tx_, call);
    if (call.caller_id) count_number(*call.caller_id, *call.attempt_at);
    if (call.campaign_id) {
      reserved_[*call.campaign_id] += call.reserved_micros;
      ++campaign_calls_[candidate.place.lane];
    }
    take_line(account, moment);
    leave(candidate.place);
    candidate.call = call;
    decisions_.push_back(decision_of(candidate, verdict, gate_, with_.chance, now_));
    store::add_change(tx_, "call", call.id.value, now_);
    claims_.calls.push_back({call, request_of(call, candidate.under->rules), steady_ + (moment - now_)});
  }

  Call call_for(Candidate& candidate, const Account& account, Time moment) {
    const CampaignRules& rules = candidate.under->rules;
    Call call = candidate.call ? *candidate.call : new_call(candidate);
    hand_over(call, account, moment);
    call.caller_id = caller_id_of(candidate, account);
    call.problem.reset();
    call.counts = true;
    call.attempt_at = gate_.calling(now_);
    call.reserved_micros = cost_of(rules);
    return call;
  }

  Call new_call(const Candidate& candidate) const {
    Call call;
    call.id = with_.chance.id<CallTag>(now_);
    call.lead_id = candidate.place.lead_id;
    call.campaign_id = candidate.under->campaign->id;
    call.phone = candidate.place.phone;
    call.priority = candidate.under->rules.priority;
    call.purpose = candidate.under->rules.purpose;
    call.message = candidate.under->rules.message;
    call.voicemail_message = candidate.under->rules.voicemail_message;
    call.created_at = now_;
    return call;
  }

  // Whose use nobody has asked for yet, the store will tell.
  void count_number(const std::string& number, Time at) {
    const auto known = number_uses_.find(number);
    if (known == number_uses_.end()) return;
    ++known->second.calls;
    known->second.first_at = std::min(at, known->second.first_at.value_or(at));
  }

  static std::optional<std::string> caller_id_of(const Candidate& candidate, const Account& account) {
    const auto& own = candidate.under->rules.caller_ids;
    return caller_id_for(candidate.place.phone, own.empty() ? account.caller_ids : own);
  }

  void take_lead(Lead& lead, Call& call) {
    call.lead_status_before = lead.status;
    lead.status = LeadStatus::calling;
    ++lead.call_attempts;
    lead.last_called_at = call.attempt_at;
    lead.next_attempt_at.reset();
    lead.updated_at = now_;
    store::move_lead(tx_, lead);
    store::add_change(tx_, "lead", lead.id.value, now_);
  }

  void leave(LinePlace place) {
    if (place.lane == asked_lane) return store::leave_line(tx_, place.lane, place.subject);
    place.state = LineState::out;
    place.rule.clear();
    moved_.push_back(std::move(place));
  }

  static Detection detection_of(const Call& call) {
    if (call.kind != CallKind::call) return Detection::none;
    return call.voicemail_message ? Detection::end_of_greeting : Detection::who_answers;
  }

  static PlaceRequest request_of(const Call& call, const CampaignRules& rules) {
    return {.call = call.id,
            .to = call.phone,
            .from = call.caller_id.value_or(""),
            .message = call.message.value_or(""),
            .ring_timeout = std::chrono::seconds(rules.ring_timeout_seconds),
            .talk_limit = std::chrono::seconds(rules.talk_limit_seconds),
            .detection = detection_of(call)};
  }

  void look_again_at(Time at) { claims_.look_again = std::min(at, claims_.look_again.value_or(at)); }
  void hurry() { look_again_at(now_); }

  Tx& tx_;
  const Engine& with_;
  Gate gate_;
  const Time now_;
  const Span steady_;
  std::vector<Account> accounts_;
  std::map<AccountId, int> account_calls_;
  std::map<LaneId, int> campaign_calls_;
  std::map<CampaignId, std::int64_t> reserved_;
  std::map<std::string, NumberUse> number_uses_;
  std::set<std::string> phones_;
  int looked_at_ = 0;
  bool is_full_ = false;
  std::vector<LinePlace> moved_;
  std::vector<store::DecisionRecord> decisions_;
  Claims claims_;
};

}  // namespace

bool promote(Tx& tx, const Engine& with, const Desk& desk, Time now) {
  const Time calling_now = store::calling_clock(tx).calling(now);
  const auto due = store::due_in_line(tx, calling_now, with.policy.judged_per_unit);
  if (due.empty()) return false;
  Gate gate(tx, with.atlas, with.rules, desk.kind);
  const auto lanes = lanes_of(tx, due);
  std::vector<LinePlace> moved;
  std::vector<store::DecisionRecord> decisions;
  for (Candidate& candidate : gate.gather(due, lanes, now)) {
    const Verdict verdict = gate.may_dial(candidate, calling_now);
    const LinePlace after = placed_by(candidate.place, verdict, calling_now);
    const bool asked_and_refused = after.state == LineState::refused && candidate.facts.asked_for;
    if (is_news(candidate.place, after)) {
      decisions.push_back(decision_of(candidate, verdict, gate, with.chance, now));
    }
    if (asked_and_refused)
      refuse_call(tx, with, candidate, verdict, now);
    else if (stands_rep_up(candidate, verdict, calling_now))
      call_off(tx, with, candidate, verdict, now);
    else
      moved.push_back(after);
  }
  store::move_places(tx, moved);
  store::add_decisions(tx, decisions);
  return std::ssize(due) == with.policy.judged_per_unit;
}

Claims claim(Tx& tx, const Engine& with, const Desk& desk, Time now, Span steady) {
  store::take_turn(tx);
  return Claiming(tx, with, desk, now, steady).run();
}

}  // namespace ringdown::flow
