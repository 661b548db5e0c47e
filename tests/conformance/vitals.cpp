// How the engine and its line do, on every database.
#include <algorithm>

#include "base/json.h"
#include "store/call_counts.h"
#include "store/campaigns.h"
#include "store/coordination.h"
#include "store/due.h"
#include "store/engine_rounds.h"
#include "store/leads.h"
#include "store/line.h"
#include "tests/conformance/history.h"
#include "tests/conformance/leads.h"
#include "tests/support/stores.h"

namespace ringdown::test {
namespace {

const Uuid here = nth<struct NodeTag>(1).value;
const Uuid there = nth<struct NodeTag>(2).value;

void note_rounds(History& history, const std::vector<store::EngineRound>& rounds) {
  for (const auto& round : rounds) history.note("{}", write_json(round));
}

LinePlace waiting(std::uint64_t n, Time ready_at, std::string rule) {
  return {.lane = lane_of(nth<CampaignTag>(7)),
          .subject = lead_id(n).value,
          .lead_id = lead_id(n),
          .call_id = {},
          .phone = number(n),
          .state = LineState::waiting,
          .turn = {},
          .ready_at = ready_at,
          .rule = std::move(rule)};
}

}  // namespace

void engine_rounds(Db& db, History& history) {
  await(db.instance([&](Tx& tx) {
    store::note_round(tx, {here, "dial", tuesday, tuesday + 8s});
    store::note_round(tx, {here, "plan", tuesday + 1s, tuesday + 9s});
    store::note_round(tx, {there, "dial", tuesday + 2s, tuesday + 10s});
    store::note_round(tx, {here, "dial", tuesday + 3s, tuesday + 11s});
    note_rounds(history, store::engine_rounds(tx, 2));
    note_rounds(history, store::engine_rounds_of(tx, here));
    history.note("forgotten {}", store::forget_engine_rounds(tx, tuesday + 2s));
    note_rounds(history, store::engine_rounds(tx, 9));
  }));
}

void hurried_work(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  for (const Workspace workspace : {clinic, agency}) {
    await(db.write(workspace, [&](Tx& tx) { store::make_due_at(tx, store::dial_work, tuesday + 1h); }));
  }
  await(db.instance([&](Tx& tx) {
    const auto hurry = [&](WorkspaceId behind, WorkspaceId up_to) {
      return store::hurry_work(tx, store::dial_work, behind, up_to, tuesday);
    };
    history.note("first {}", hurry({}, clinic.id()));
    history.note("due {}", store::due_now(tx, store::dial_work, tuesday, 9).size());
    history.note("both {}", hurry({}, agency.id()));
    history.note("due {}", store::due_now(tx, store::dial_work, tuesday, 9).size());
  }));
}

void counted_calls(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  await(db.write(clinic, [&](Tx& tx) {
    Call call;
    for (const std::uint64_t n : {1, 2, 3}) {
      call.id = {.value = nth<CallTag>(n).value};
      call.id.value.bytes.back() = static_cast<std::uint8_t>(n);  // so that the shards differ
      call.status = n == 3 ? CallStatus::canceled : CallStatus::busy;
      call.outcome = n == 3 ? std::nullopt : std::optional(Outcome::busy);
      store::count_ended(tx, call);
    }
    store::count_rang_late(tx, call.id);
    for (const auto& count : store::call_counts(tx)) history.note("{}", write_json(count));
  }));
}

void line_figures(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  await(db.write(clinic, [&](Tx& tx) {
    const store::Pipeline spring{nth<PipelineTag>(1), "Spring", tuesday};
    store::add_pipeline(tx, spring);
    std::vector<Lead> all;
    for (const std::uint64_t n : {1, 2, 3}) all.push_back(bare_lead(n));
    all[0].pipeline_id = spring.id;
    store::add_leads(tx, all);
    history.note("leads {} {} {}", store::count_leads_to_line_up(tx, {}, 9),
                 store::count_leads_to_line_up(tx, {}, 2), store::count_leads_to_line_up(tx, spring.id, 9));

    store::put_in_line(tx, waiting(1, tuesday + 5min, "gap"));
    store::put_in_line(tx, waiting(2, tuesday + 10min, ""));
    store::put_in_line(tx, waiting(3, tuesday + 2h, "us.hours"));
    const LaneId lane = lane_of(nth<CampaignTag>(7));
    for (const auto& due : store::due_by_hour(tx, lane, 9)) history.note("{}", write_json(due));
    store::wake_lane(tx, lane, tuesday);
    for (const auto& due : store::due_by_hour(tx, lane, 1)) history.note("awake {}", write_json(due));
    history.note("waiting {} {}", store::places_in(tx, LineState::waiting, 9),
                 store::places_in(tx, LineState::waiting, 2));

    Campaign campaign{.id = nth<CampaignTag>(7)};
    campaign.rules.name = "spring";
    campaign.rules.pipeline_id = spring.id;
    store::add_campaign(tx, campaign);
    history.note("calls it {}", shown(store::campaign_of_pipeline(tx, spring.id)));
    history.note("calls it {}", shown(store::campaign_of_pipeline(tx, nth<PipelineTag>(2))));
  }));
}

}  // namespace ringdown::test
