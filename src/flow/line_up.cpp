#include "flow/line_up.h"

#include <tuple>

#include "store/calls.h"
#include "store/campaigns.h"
#include "store/due.h"
#include "store/line.h"

namespace ringdown::flow {
namespace {

constexpr int campaigns_max = 100;

bool calls(const Campaign& campaign, const Lead& lead) {
  const bool open = lead.status == LeadStatus::pending || lead.status == LeadStatus::callback;
  return open && (!campaign.rules.pipeline_id || campaign.rules.pipeline_id == lead.pipeline_id);
}

bool gate_asks_otherwise(const Settings& before, const Settings& after) {
  const auto asked = [](const Settings& settings) {
    return std::tie(settings.call_gap_minutes, settings.calls_a_day, settings.allowed_countries,
                    settings.dnc_scrub, settings.dnc_scrubbed_at);
  };
  return asked(before) != asked(after);
}

}  // namespace

void line_up_changed(Tx& tx, std::span<const Lead> leads, Time now) {
  const auto running = store::running_campaigns(tx, campaigns_max);
  if (running.empty()) return;
  const Time calling_now = store::calling_clock(tx).calling(now);
  for (const Campaign& campaign : running) {
    std::vector<store::LeadToLineUp> called;
    for (const Lead& lead : leads) {
      if (calls(campaign, lead)) called.push_back({lead.id, lead.phone, lead.last_called_at});
    }
    store::line_up(tx, store::LineUp::everybody, lane_of(campaign.id),
                   static_cast<int>(campaign.rules.priority), called, calling_now);
  }
  store::make_due_by(tx, store::dial_work, now);
}

void judge_anew(Tx& tx, std::span<const std::string> phones, Time now) {
  const std::int64_t woken = store::wake_phones(tx, phones, store::calling_clock(tx).calling(now));
  if (woken > 0) store::make_due_by(tx, store::dial_work, now);
}

void settings_changed(Tx& tx, const Settings& before, const Settings& after, Time now) {
  if (!gate_asks_otherwise(before, after)) return;
  for (const Campaign& campaign : store::running_campaigns(tx, campaigns_max)) {
    store::plan_from(tx, campaign.id, std::nullopt);
  }
  store::wake_lane(tx, asked_lane, store::calling_clock(tx).calling(now));
  store::make_due_by(tx, store::dial_work, now);
  plan_soon(tx, now);
}

void plan_soon(Tx& tx, Time now) {
  if (store::running_campaigns(tx, 1).empty()) return;
  store::make_due_by(tx, store::plan_work, now);
}

}  // namespace ringdown::flow
