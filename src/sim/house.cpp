#include "sim/house.h"

#include "flow/line_up.h"
#include "store/campaigns.h"
#include "store/consents.h"
#include "store/leads.h"
#include "store/people.h"

namespace ringdown::sim {
namespace {

template <class Of>
Id<Of> any_id(Dice& dice, Time now) {
  return {uuid_v7(now, {dice.number(), dice.number()})};
}

Lead lead_of(const Person& person, Time now) {
  Lead lead;
  static_cast<LeadFields&>(lead) = fields_of(person);
  lead.id = person.lead;
  lead.created_at = lead.updated_at = now;
  return lead;
}

store::Consent consent_of(const Person& person, Dice& dice, Time now) {
  store::Consent consent{};
  consent.phone = person.phone;
  consent.text_shown = "You may call me, also with an artificial voice.";
  consent.given_at = now - std::chrono::days(30);
  consent.method = "web form";
  consent.scope = ConsentScope::marketing;
  consent.written = person.standing != Standing::spoke_only;
  consent.ai_named = true;
  consent.id = any_id<ConsentTag>(dice, now);
  consent.created_at = now;
  if (person.standing == Standing::revoked) {
    consent.revoked_at = now - std::chrono::days(1);
    consent.revoked_reason = "said so";
  }
  return consent;
}

void add_consents(Tx& tx, const House& house, Dice& dice, Time now) {
  for (const Person& person : house.people) {
    if (person.standing == Standing::never_agreed) continue;
    store::Consent consent = consent_of(person, dice, now);
    store::add_consents(tx, std::span(&consent, 1));
    if (consent.revoked_at) store::revoke_consent(tx, consent.id, *consent.revoked_at, {}, "said so");
  }
}

void block_the_listed(Tx& tx, const House& house, Time now) {
  for (const Person& person : house.people) {
    if (person.standing != Standing::listed) continue;
    const store::BlockedNumber blocked{
        .phone = person.phone, .source = "manual", .reason = "wrote to us", .added_at = now, .added_by = {}};
    store::block_numbers(tx, std::span(&blocked, 1));
  }
}

void add_carrier(Tx& tx, const House& house, Time now) {
  store::add_account(tx, {.id = house.account,
                          .kind = "twilio",
                          .name = "simulated",
                          .caller_ids = {"+12025550190", "+12025550191"},
                          .calls_per_second = house.limits.calls_per_second,
                          .live_calls_max = house.limits.live_calls_max,
                          .next_send_at = now,
                          .created_at = now});
}

void add_campaign(Tx& tx, const House& house, Time now) {
  Campaign campaign{.id = house.campaign, .is_default = true, .state = CampaignState::running};
  CampaignRules& rules = campaign.rules;
  rules.name = "automation";
  rules.retry.attempts_max = house.limits.attempts_max;
  rules.ring_timeout_seconds = static_cast<int>(house.limits.ring_timeout / 1s);
  rules.talk_limit_seconds = static_cast<int>(house.limits.talk_limit / 1s);
  if (house.limits.budget_micros > 0) rules.budget = static_cast<double>(house.limits.budget_micros) / 1e6;
  campaign.created_at = campaign.updated_at = now;
  store::add_campaign(tx, campaign);
}

Limits any_limits(Dice& dice) {
  Limits limits;
  limits.attempts_max = 1 + dice.below(5);
  limits.calls_per_second = 1 + dice.below(5);
  limits.live_calls_max = 1 + dice.below(12);
  limits.ring_timeout = dice.between(15s, 60s);
  limits.talk_limit = dice.between(30s, 4min);
  if (dice.happens(300)) limits.budget_micros = 1'000'000 * (2 + dice.below(60));
  return limits;
}

}  // namespace

House build_house(SimStore& store, Dice dice, int leads, Time now) {
  const Limits limits = any_limits(dice);
  const auto id = any_id<WorkspaceTag>(dice, now);
  House house{Workspace(id), any_id<AccountTag>(dice, now), any_id<CampaignTag>(dice, now),
              limits,        any_people(dice, leads, now),  {}};
  for (const Person& person : house.people) {
    if (person.standing == Standing::listed)
      house.bans.push_back({BanKind::number, Span(0), {}, person.phone});
  }
  store.directly([&](Tx& tx) { store::add_workspace(tx, {id, "a house", WorkspaceKind::live, now}); });
  store.directly(house.workspace, [&](Tx& tx) {
    add_carrier(tx, house, now);
    add_campaign(tx, house, now);
    std::vector<Lead> all;
    for (const Person& person : house.people) all.push_back(lead_of(person, now));
    store::add_leads(tx, all);
    add_consents(tx, house, dice, now);
    block_the_listed(tx, house, now);
    flow::plan_soon(tx, now);
  });
  return house;
}

}  // namespace ringdown::sim
