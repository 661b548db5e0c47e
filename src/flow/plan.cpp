// Leads come into the lines of the campaigns that call them: those that are new since the last look, or all
// of them where a plan begins anew.
#include <algorithm>

#include "flow/pulse.h"
#include "flow/rounds.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/due.h"
#include "store/line.h"

namespace ringdown::flow {
namespace {

constexpr int campaigns_max = 100;
constexpr Span overlap = 10min;  // ids are minted before their units commit; no unit takes longer

// The first id that can have been minted so much before this one.
LeadId before(LeadId lead, Span span) {
  std::int64_t millis = 0;
  for (std::size_t i = 0; i < 6; ++i) millis = millis << 8 | lead.value.bytes[i];
  millis = std::max<std::int64_t>(0, millis - std::chrono::milliseconds(span / 1ms).count());
  LeadId earlier{};
  for (std::size_t i = 6; i-- > 0; millis >>= 8)
    earlier.value.bytes[i] = static_cast<std::uint8_t>(millis & 0xff);
  return earlier;
}

// Where a campaign's plan stands, as it was read; it goes on only from there.
struct Plan {
  Campaign campaign;
  std::optional<LeadId> planned_to;
  LeadId behind{};
  store::LineUp whom = store::LineUp::newcomers;
};

std::vector<Plan> plans(Tx& tx) {
  std::vector<Plan> found;
  for (Campaign& campaign : store::running_campaigns(tx, campaigns_max)) {
    const auto to = store::planned_to(tx, campaign.id);
    found.push_back({std::move(campaign), to, to ? before(*to, overlap) : LeadId{},
                     to ? store::LineUp::newcomers : store::LineUp::everybody});
  }
  return found;
}

// The next page; nothing at the end, or where somebody began the plan anew meanwhile.
std::optional<Plan> plan_page(Tx& tx, Plan plan, int limit, Time calling_now) {
  const Campaign& campaign = plan.campaign;
  if (store::planned_to(tx, campaign.id) != plan.planned_to) return {};
  const auto leads = store::leads_to_line_up(tx, plan.behind, campaign.rules.pipeline_id, limit);
  store::line_up(tx, plan.whom, lane_of(campaign.id), static_cast<int>(campaign.rules.priority), leads,
                 calling_now);
  if (leads.empty()) return {};
  plan.behind = leads.back().id;
  plan.planned_to = std::max(plan.planned_to.value_or(plan.behind), plan.behind);
  store::plan_from(tx, campaign.id, plan.planned_to);
  if (std::ssize(leads) < limit) return {};
  return plan;
}

Task<void> plan_campaign(const Engine& with, const Desk& desk, std::optional<Plan> plan) {
  while (plan) {
    heard(with, store::plan_work);
    auto work = [with, plan = *plan](Tx& tx) {
      const Time calling_now = store::calling_clock(tx).calling(with.clock.now());
      return plan_page(tx, plan, with.policy.leads_per_plan_unit, calling_now);
    };
    plan = co_await with.db.write(desk.workspace, std::move(work), Urgency::bulk);
  }
}

Task<void> plan_round(const Engine& with, const Desk& desk) {
  const auto found = co_await with.db.write(desk.workspace, [with](Tx& tx) {
    store::make_due_at(tx, store::plan_work, with.clock.now() + with.policy.plan_every);
    return plans(tx);
  });
  for (const Plan& plan : found) co_await plan_campaign(with, desk, plan);
  co_await with.db.write(desk.workspace,
                         [with](Tx& tx) { store::make_due_by(tx, store::dial_work, with.clock.now()); });
}

}  // namespace

Task<void> keep_planning(Engine with) {
  co_await keep_round(with, store::plan_work, plan_round);
}

}  // namespace ringdown::flow
