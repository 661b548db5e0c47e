#include "flow/line_up.h"

#include "store/calls.h"
#include "store/campaigns.h"
#include "store/line.h"

namespace ringdown::flow {
namespace {

constexpr int campaigns_max = 100;

bool calls(const Campaign& campaign, const Lead& lead) {
  const bool open = lead.status == LeadStatus::pending || lead.status == LeadStatus::callback;
  return open && (!campaign.rules.pipeline_id || campaign.rules.pipeline_id == lead.pipeline_id);
}

}  // namespace

void line_up_changed(Tx& tx, std::span<const Lead> leads, Time now) {
  const Time calling_now = store::calling_clock(tx).calling(now);
  for (const Campaign& campaign : store::running_campaigns(tx, campaigns_max)) {
    std::vector<store::LeadToLineUp> called;
    for (const Lead& lead : leads) {
      if (calls(campaign, lead)) called.push_back({lead.id, lead.phone, lead.last_called_at});
    }
    store::line_up(tx, store::LineUp::everybody, lane_of(campaign.id), static_cast<int>(campaign.rules.priority), called, calling_now);
  }
  store::make_due_by(tx, store::dial_work, now);
}

void judge_anew(Tx& tx, std::span<const std::string> phones, Time now) {
  store::wake_phones(tx, phones, store::calling_clock(tx).calling(now));
  store::make_due_by(tx, store::dial_work, now);
}

void plan_soon(Tx& tx, Time now) {
  store::make_due_by(tx, store::plan_work, now);
}

}  // namespace ringdown::flow
