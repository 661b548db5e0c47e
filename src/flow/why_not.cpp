#include "flow/why_not.h"

#include <algorithm>

#include "domain/call_cost.h"
#include "domain/place_rules.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/leads.h"

namespace ringdown::flow {
namespace {

constexpr double micros = 1'000'000;

// Whom it would be called for: the campaign that is meant, or the default one, or what that would begin with.
Result<LaneRules> lane_for(Tx& tx, std::optional<CampaignId> id) {
  const auto campaign = id ? store::find_campaign(tx, *id) : store::default_campaign(tx);
  if (campaign) return rules_of_lane(*campaign);
  if (id) return fail(Reason::not_found, "there is no such campaign", "campaign");
  return rules_of_asked_lane(tx);
}

// The account that would be asked: the one with the most room.
std::optional<Account> roomiest(const std::vector<Account>& accounts,
                                const std::vector<store::LiveCalls>& live, Time now) {
  const auto room = [&](const Account& account) {
    int calls = 0;
    for (const auto& one : live) calls += one.account_id == account.id ? one.calls : 0;
    const bool rests = account.paused_until && now < *account.paused_until;
    return rests ? 0 : account.live_calls_max - calls;
  };
  if (accounts.empty()) return {};
  return *std::ranges::max_element(accounts, {}, room);
}

PlaceFacts facts_of(Tx& tx, const Gate& gate, const Campaign& campaign, Time now) {
  const auto live = store::live_calls(tx);
  const auto account = roomiest(store::accounts(tx), live, now);
  PlaceFacts facts{.running = campaign.state == CampaignState::running};
  if (campaign.rules.begins_at) facts.begins_at = gate.real(*campaign.rules.begins_at);
  if (campaign.rules.ends_at) facts.ends_at = gate.real(*campaign.rules.ends_at);
  for (const auto& one : live) {
    if (account && one.account_id == account->id) facts.live_calls += one.calls;
    if (one.campaign_id == campaign.id) facts.campaign_calls += one.calls;
  }
  facts.campaign_calls_max = campaign.rules.max_calls_batch;
  facts.call_cost_micros_max =
      cost_at_most(Prices{}, std::chrono::seconds(campaign.rules.talk_limit_seconds));
  if (campaign.rules.budget) {
    facts.budget = Budget{.limit_micros = static_cast<std::int64_t>(*campaign.rules.budget * micros),
                          .spent_micros = campaign.spent_micros,
                          .reserved_micros = campaign.reserved_micros};
  }
  if (!account) return facts;
  facts.live_calls_max = account->live_calls_max;
  facts.free_from = std::max(now, account->next_send_at);
  facts.carrier_paused_until = account->paused_until;
  return facts;
}

Verdict word_on_placing(Tx& tx, const Gate& gate, const Campaign& campaign, bool is_paused, Time now) {
  Verdict verdict = may_place(facts_of(tx, gate, campaign, now), now);
  if (!is_paused) return verdict;
  const RuleAnswer paused{.rule = "instance",
                          .decision = Decision::defer,
                          .until = {},
                          .says = "dialing is paused on the whole instance"};
  verdict.asked.insert(verdict.asked.begin(), paused);
  if (verdict.decision == Decision::refuse) return verdict;
  verdict.decision = Decision::defer;
  verdict.until.reset();
  verdict.rule = paused.rule;
  verdict.says = paused.says;
  return verdict;
}

}  // namespace

LinePlace place_of(LaneId lane, LeadId lead, const std::string& phone) {
  return {.lane = lane,
          .subject = lead.value,
          .lead_id = lead,
          .call_id = {},
          .phone = phone,
          .turn = {},
          .ready_at = {},
          .rule = {}};
}

Result<WhyNot> why_not(Tx& tx, const Engine& with, WorkspaceKind kind, LeadId id,
                       std::optional<CampaignId> campaign, bool is_paused, Time now) {
  const auto lead = store::find_lead(tx, id);
  if (!lead) return fail(Reason::not_found, "there is no such lead");
  const auto lane = lane_for(tx, campaign);
  if (!lane) return std::unexpected(lane.error());

  Gate gate(tx, with.atlas, with.rules, kind);
  const LinePlace place = place_of(lane->lane, id, lead->phone);
  const std::map<LaneId, LaneRules> under{{lane->lane, *lane}};
  const auto candidates = gate.gather(std::span(&place, 1), under, now);
  WhyNot answer{
      .dial = {}, .place = {}, .campaign = {}, .rulebook = gate.version(), .calling_at = gate.calling(now)};
  answer.dial = gate.may_dial(candidates.front(), answer.calling_at);
  if (!lane->campaign) return answer;
  answer.campaign = lane->campaign->id;
  answer.place = word_on_placing(tx, gate, *lane->campaign, is_paused, now);
  return answer;
}

}  // namespace ringdown::flow
