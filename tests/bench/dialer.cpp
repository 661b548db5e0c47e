#include "tests/bench/dialer.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>

#include "flow/record.h"
#include "store/campaigns.h"
#include "store/people.h"
#include "tests/support/plain_engine.h"

namespace ringdown::bench {

const Time noon = *parse_time("2026-06-16T17:00:00Z");
const Time watching_begins = noon + 1h;

namespace {

Campaign campaign_of_all() {
  Campaign campaign{.id = test::nth<CampaignTag>(1), .state = CampaignState::running};
  campaign.rules.name = "all";
  campaign.rules.purpose = Purpose::information;
  campaign.rules.max_calls_batch = 1'000;
  return campaign;
}

Account account_of_all() {
  Account account{.id = test::nth<AccountTag>(1),
                  .kind = "test",
                  .name = "all",
                  .caller_ids = {"+12125550199"},
                  .paused_until = {}};
  account.calls_per_second = 1'000;
  account.live_calls_max = 10'000;
  return account;
}

}  // namespace

ReadyLeads open_campaign(Db& db, std::uint64_t leads) {
  const store::WorkspaceRecord clinic{test::nth<WorkspaceTag>(1), "Clinic", WorkspaceKind::live, noon};
  const Campaign campaign = campaign_of_all();
  await(db.instance([&](Tx& tx) { store::add_workspace(tx, clinic); }));
  await(db.write(Workspace(clinic.id), [&](Tx& tx) {
    store::add_campaign(tx, campaign);
    store::add_account(tx, account_of_all());
  }));
  return {Workspace(clinic.id), lane_of(campaign.id), leads};
}

Dialer::Dialer(std::unique_ptr<Db> db, Workspace workspace)
    : db_(std::move(db)),
      desk_{workspace, WorkspaceKind::live},
      clock_(noon),
      engine_(test::plain_engine(*db_, clock_, chance_, carrier_)) {}

Load Dialer::claim(int batches) {
  Load load;
  Calls calls;
  for (int i = 0; i < batches; ++i) {
    const auto asked = SteadyClock::now();
    claim_batch(calls);
    load.waits_ms.push_back(ms_since(asked));
    load.seconds += static_cast<double>(load.waits_ms.back()) / 1e3;
    ++load.units;
  }
  Load untimed;
  side_by_side(calls, [&](const Call& call) {
    return tell(call, "ended", Ended{.cause = Cause::completed, .at = clock_.now()}, untimed);
  });
  return load;
}

Load Dialer::record(int batches) {
  Calls calls;
  for (int i = 0; i < batches; ++i) claim_batch(calls);
  Load load;
  const auto begun = SteadyClock::now();
  side_by_side(calls, [&](const Call& call) { return live(call, load); });
  load.seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
  return load;
}

void Dialer::claim_batch(Calls& calls) {
  clock_.advance(1s);
  const auto claims = await(db_->write(
      desk_.workspace,
      [&](Tx& tx) { return flow::claim(tx, engine_, desk_, clock_.now(), clock_.monotonic()); },
      Urgency::urgent));
  if (std::ssize(claims.calls) != engine_.policy.claimed_per_unit)
    throw std::runtime_error("a claim found no full batch: " + std::to_string(claims.calls.size()));
  for (const flow::Claimed& claimed : claims.calls) calls.push_back(claimed.call);
}

void Dialer::side_by_side(const Calls& calls, const std::function<Task<void>(const Call&)>& each) {
  boost::asio::io_context loop(1);
  std::exception_ptr problem;
  std::size_t next = 0;
  const auto work = [&]() -> Task<void> {
    while (next < calls.size()) co_await each(calls[next++]);
  };
  for (int i = 0; i < at_once; ++i) {
    boost::asio::co_spawn(loop, work, [&](std::exception_ptr thrown) {
      if (thrown) problem = thrown;
    });
  }
  loop.run();
  if (problem) std::rethrow_exception(problem);
}

// False when the store gave up, as it does with a unit that met others for too long; whoever told it tells it
// again.
Task<bool> Dialer::is_recorded(const Call& call, const std::string& key, const CallEvent& event) {
  try {
    (co_await flow::record(engine_, desk_.workspace, call.id, key, event)).value();
    co_return true;
  } catch (const Breakage& breakage) {
    if (breakage.reason() != Reason::unavailable || given_up_ >= given_up_max) throw;
    co_return false;
  }
}

// What happens to a call that is answered, in its order.
Task<void> Dialer::live(const Call& call, Load& load) {
  const CallEvent placed = co_await carrier_.place({desk_.workspace, *call.account_id}, {.call = call.id});
  co_await tell(call, "placed", placed, load);
  co_await tell(call, "ringing", Ringing{clock_.now()}, load);
  co_await tell(call, "answered", Answered{clock_.now()}, load);
  co_await tell(call, "ended", Ended{.cause = Cause::completed, .at = clock_.now(), .cost_micros = 14'000},
                load);
}

Task<void> Dialer::tell(const Call& call, std::string key, CallEvent event, Load& load) {
  const auto asked = SteadyClock::now();
  while (!co_await is_recorded(call, key, event)) ++given_up_;
  load.waits_ms.push_back(ms_since(asked));
  ++load.units;
}

}  // namespace ringdown::bench
