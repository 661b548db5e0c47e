#include "sim/simulation.h"

#include <fmt/format.h>

#include "flow/engine.h"
#include "flow/record.h"
#include "sim/look.h"
#include "sim/office.h"
#include "store/campaigns.h"

namespace ringdown::sim {
namespace {

// Before a weekend on which clocks change, or an ordinary week.
Time first_moment(const Faults& faults, Dice& dice) {
  const char* day = "2026-01-06T00:00:00Z";
  if (faults.on(Fault::dst_day)) day = dice.happens(500) ? "2026-03-07T00:00:00Z" : "2026-10-31T00:00:00Z";
  return *parse_time(day) + dice.between(Span(0), 24h);
}

class Simulation {
 public:
  Simulation(const SimulationOptions& options, Faults faults, Dice dice, const Atlas& atlas,
             const Rulebook& rules)
      : options_(options),
        dice_(dice),
        atlas_(atlas),
        rules_(rules),
        policy_(any_policy(dice_)),
        world_(world_options(faults), tenants()),
        house_(build_house(world_.store(), dice_.fork(), options.leads, world_.timeline().now())),
        office_(world_, house_, dice_.fork(), [this](Node& node) { return engine_of(node); }) {}

  Outlook run() {
    office_.open();
    world_.run_for(options_.lasts.value_or(std::chrono::days(options_.days)));
    world_.stop_faults();
    stop_dialing();
    world_.run_for(options_.settles_for);
    return judge();
  }

 private:
  // Rounds that have nothing to do look again at very different paces. As often as the product does, that
  // would be most of what happens here.
  static flow::EnginePolicy any_policy(Dice& dice) {
    flow::EnginePolicy policy;
    policy.nap = dice.happens(50) ? dice.between(5s, 30s) : dice.between(2min, 5min);
    policy.blind = dice.between(1min, 20min);
    policy.round_lease = policy.blind / 20;
    policy.plan_every = dice.between(5min, 1h);
    return policy;
  }

  WorldOptions world_options(const Faults& faults) {
    WorldOptions options;
    options.seed = dice_.number();
    options.begins = first_moment(faults, dice_);
    options.nodes = faults.on(Fault::nodes) ? 2 + dice_.below(2) : 1;
    options.faults = faults;
    options.manners.creation_delay_max = options_.creation_delay_max;
    options.reader = options_.reader;
    options.fate = options_.fate;
    return options;
  }

  Tenants tenants() {
    return {.move_in = [this](Node& node) { move_in(node); },
            .receive = [this](Node& node, const Report& report) { return receive(node, report); }};
  }

  flow::Engine engine_of(Node& node) {
    return {.db = node.db(),
            .clock = node.clock(),
            .chance = node.chance(),
            .carrier = node.carrier(),
            .atlas = atlas_,
            .rules = rules_,
            .node = uuid_v7(Time{}, {static_cast<std::uint64_t>(node.id()), 0}),
            .policy = policy_};
  }

  void move_in(Node& node) {
    node.spawn(flow::keep_planning(engine_of(node)));
    node.spawn(flow::keep_dialing(engine_of(node)));
    node.spawn(flow::keep_reconciling(engine_of(node)));
  }

  // A report that is about nothing of ours is answered so, and changes nothing.
  Task<void> receive(Node& node, const Report& report) {
    for (std::size_t i = 0; i < report.events.size(); ++i) {
      const CallEvent& event = report.events[i];
      const auto taken = co_await flow::record(engine_of(node), report.workspace, report.call,
                                               fmt::format("{}:{}", report.key, i), event);
      if (taken && std::holds_alternative<OptedOut>(event) && taken->agreement == Agreement::opted_out) {
        house_.bans.push_back({BanKind::number, world_.timeline().elapsed(), {}, taken->phone});
      }
    }
  }

  // Those who wait go on waiting, so that everything else comes to its end.
  void stop_dialing() {
    world_.store().directly(house_.workspace, [&](Tx& tx) {
      auto account = store::accounts(tx).front();
      account.live_calls_max = 0;
      store::save_account(tx, account);
    });
  }

  Outlook judge() {
    const Remains remains = world_.store().directly(house_.workspace, [&](Tx& tx) { return remains_of(tx); });
    Outlook outlook{options_.faults == "none" ? "none" : world_.faults().words(), totals_of(remains), {}, {}};
    outlook.broken = broken_invariants(remains);
    for (const std::string& bug : world_.store().bugs()) outlook.broken.push_back("a bug showed: " + bug);
    for (const std::string& what : world_.complaints()) outlook.broken.push_back(what);
    outlook.trace_hash = world_.trace().hash();
    return outlook;
  }

  Remains remains_of(Tx& tx) {
    return {.ledger = world_.ledger(),
            .house = house_,
            .ended_at = world_.timeline().now(),
            .calls = all_calls(tx),
            .leads = all_leads(tx),
            .line = whole_line(tx),
            .campaign = store::find_campaign(tx, house_.campaign).value()};
  }

  Totals totals_of(const Remains& remains) {
    const Ledger& ledger = remains.ledger;
    Totals totals{.requests = std::ssize(ledger.requests),
                  .calls = std::ssize(ledger.calls),
                  .late_rings = late_rings(remains),
                  .deaths = world_.deaths(),
                  .commits = world_.store().commits(),
                  .statements = world_.store().statements()};
    for (const LedgerCall& call : ledger.calls) totals.rings += call.rang ? 1 : 0;
    for (const Call& call : remains.calls) ++totals.outcomes[call.outcome ? to_text(*call.outcome) : "none"];
    for (const Lead& lead : remains.leads) ++totals.leads[to_text(lead.status)];
    for (const LinePlace& place : remains.line) {
      if (!place.rule.empty()) ++totals.why_not[place.rule];
    }
    return totals;
  }

  const SimulationOptions& options_;
  Dice dice_;
  const Atlas& atlas_;
  const Rulebook& rules_;
  const flow::EnginePolicy policy_;
  World world_;
  House house_;
  Office office_;
};

}  // namespace

std::string where_films_are_real(std::string toml) {
  constexpr std::string_view films = "kind = \"fictional\"";
  for (auto at = toml.find(films); at != toml.npos; at = toml.find(films)) {
    toml.replace(at, films.size(), "kind = \"ordinary\"");
  }
  return toml;
}

Result<Outlook> simulate(const SimulationOptions& options, const Atlas& atlas, const Rulebook& rules) {
  Dice dice(options.seed);
  const auto faults = Faults::read(options.faults, dice);
  if (!faults) return std::unexpected(faults.error());
  return Simulation(options, *faults, dice, atlas, rules).run();
}

std::string replay_command(const SimulationOptions& options) {
  return fmt::format("ringdown simulate --seed {} --leads {} --days {} --faults {}", options.seed,
                     options.leads, options.days, options.faults);
}

}  // namespace ringdown::sim
