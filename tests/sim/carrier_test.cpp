#include <doctest/doctest.h>

#include <algorithm>

#include "sim/world.h"

namespace ringdown::sim {
namespace {

const Time tuesday = *parse_time("2026-01-06T15:00:00Z");

template <class Of>
Id<Of> nth(std::uint64_t n) {
  return {uuid_v7(tuesday, {n, n})};
}

// Asks for a call every minute, and keeps what it was told.
struct Caller {
  CarrierAccount account{Workspace(nth<WorkspaceTag>(1)), nth<AccountTag>(2)};
  std::vector<CallEvent> answers;
  std::vector<std::pair<CallId, CallEvent>> reports;

  Task<void> keep_calling(Node& node) {
    while (true) {
      answers.push_back(
          co_await node.carrier().place(account, {.call = node.chance().id<CallTag>(node.clock().now()),
                                                  .to = "+13055550100",
                                                  .from = "+13055550199",
                                                  .message = "",
                                                  .ring_timeout = 30s,
                                                  .talk_limit = 2min}));
      co_await node.clock().sleep_until(node.clock().now() + 1min);
    }
  }
  Task<void> receive(const Report& report) {
    for (const CallEvent& event : report.events) reports.push_back({report.call, event});
    co_return;
  }

  template <class Event>
  std::int64_t answered() const {
    return std::ranges::count_if(answers,
                                 [](const auto& answer) { return std::holds_alternative<Event>(answer); });
  }
  template <class Event>
  std::int64_t reported() const {
    return std::ranges::count_if(reports,
                                 [](const auto& one) { return std::holds_alternative<Event>(one.second); });
  }
};

World world_of(Caller& caller, Faults faults, std::uint64_t seed = 1) {
  return {{.seed = seed, .begins = tuesday, .faults = faults},
          {.move_in = [&](Node& node) { node.spawn(caller.keep_calling(node)); },
           .receive = [&](Node&, const Report& report) { return caller.receive(report); }}};
}

World world_with(Caller& caller, Fault fault) {
  Dice dice(7);
  return world_of(caller, Faults::drawn(dice, fault));
}

}  // namespace

TEST_CASE("every request of a good day becomes one call, which ends and is told of once") {
  Caller caller;
  World world = world_of(caller, Faults::none());

  world.run_for(10h);
  world.run_for(10min);

  const Ledger& ledger = world.ledger();
  CHECK(ledger.requests.size() > 600);
  CHECK(caller.answered<Placed>() == std::ssize(ledger.calls));
  CHECK(caller.answered<Rejected>() == std::ssize(ledger.requests) - std::ssize(ledger.calls));
  CHECK(caller.answered<Lost>() == 0);
  CHECK(std::ranges::count_if(ledger.calls, [](const auto& call) { return call.ended.has_value(); }) ==
        caller.reported<Ended>());
  CHECK(caller.reported<OptedOut>() > 0);
}

TEST_CASE("a call that is made late is none that was answered, and comes within the bound") {
  Caller caller;
  World world = world_with(caller, Fault::created_late);

  world.run_for(10h);

  const Ledger& ledger = world.ledger();
  Span latest{0};
  for (const LedgerCall& call : ledger.calls) {
    latest = std::max(latest, call.created - ledger.request_of(call).begun);
  }
  CHECK(caller.answered<Lost>() > 0);
  CHECK(latest > 1min);
  CHECK(latest <= CarrierManners{}.creation_delay_max);
}

TEST_CASE("each fault of the carrier shows") {
  const auto shows = [](Fault fault, auto look) {
    Caller caller;
    World world = world_with(caller, fault);
    world.run_for(10h);
    CAPTURE(to_text(fault));
    CHECK(look(caller, world.ledger()));
  };
  const auto made = [](const Ledger& ledger) { return std::ssize(ledger.calls); };
  const auto ended = [](const Ledger& ledger) {
    return std::ranges::count_if(ledger.calls, [](const auto& call) { return call.ended.has_value(); });
  };

  shows(Fault::answer_lost, [&](auto& us, auto& it) { return us.template answered<Placed>() < made(it); });
  shows(Fault::created_then_500,
        [&](auto& us, auto& it) { return us.template answered<Placed>() < made(it); });
  shows(Fault::turned_away, [&](auto& us, auto&) { return us.template answered<Rejected>() > 60; });
  shows(Fault::slow_answer, [&](auto& us, auto&) { return us.template answered<Lost>() > 0; });
  shows(Fault::event_lost, [&](auto& us, auto& it) { return us.template reported<Ended>() < ended(it); });
  shows(Fault::event_twice, [&](auto& us, auto& it) { return us.template reported<Ended>() > ended(it); });
  shows(Fault::event_forged, [&](auto& us, auto& it) { return us.template reported<Ended>() > ended(it); });
  shows(Fault::queueing, [&](auto&, auto& it) {
    return std::ranges::any_of(it.calls,
                               [](const auto& call) { return call.rang && *call.rang - call.created > 1h; });
  });
  shows(Fault::event_late, [&](auto& us, auto&) {
    const auto place = [&](auto is) { return std::ranges::find_if(us.reports, is) - us.reports.begin(); };
    for (const auto& [call, event] : us.reports) {
      const auto rang =
          place([&](auto& one) { return one.first == call && std::holds_alternative<Ringing>(one.second); });
      const auto over =
          place([&](auto& one) { return one.first == call && std::holds_alternative<Ended>(one.second); });
      if (over < rang) return true;
    }
    return false;
  });
}

TEST_CASE("a call that is ended does not go on, wherever it stands") {
  struct Ender : Caller {
    Task<void> keep_ending(Node& node) {
      for (int n = 0;; ++n) {
        const CallEvent answer =
            co_await node.carrier().place(account, {.call = node.chance().id<CallTag>(node.clock().now()),
                                                    .to = "+13055550100",
                                                    .from = "+13055550199",
                                                    .message = "",
                                                    .ring_timeout = 30s,
                                                    .talk_limit = 2min});
        if (const auto* placed = std::get_if<Placed>(&answer)) {
          co_await node.clock().sleep_until(node.clock().now() + 300ms * (n % 60));
          co_await node.carrier().end(account, placed->sid);
        }
        co_await node.clock().sleep_until(node.clock().now() + 1min);
      }
    }
  } caller;
  World world({.begins = tuesday},
              {.move_in = [&](Node& node) { node.spawn(caller.keep_ending(node)); },
               .receive = [&](Node&, const Report& report) { return caller.receive(report); }});

  world.run_for(10h);

  int before_ringing = 0;
  for (const LedgerCall& call : world.ledger().calls) {
    if (!call.end_asked) continue;
    CHECK(call.ended == call.end_asked);
    before_ringing += call.rang ? 0 : 1;
  }
  CHECK(before_ringing > 0);
  CHECK(caller.reported<Ended>() > 100);
}

}  // namespace ringdown::sim
