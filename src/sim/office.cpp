#include "sim/office.h"

#include "flow/campaigns.h"
#include "flow/laws.h"
#include "store/calls.h"

namespace ringdown::sim {
namespace {

constexpr int calls_seen = 50;

}  // namespace

Office::Office(World& world, House& house, Dice dice, EngineOf engine_of)
    : world_(world),
      house_(house),
      dice_(dice),
      engine_of_(std::move(engine_of)),
      asks_per_mille_(dice_.happens(500) ? dice_.below(500) : 0) {}

void Office::open() {
  come_by_later();
}

void Office::come_by_later() {
  world_.timeline().after(dice_.between(1min, 90min), nobody, [this] {
    run_an_errand();
    come_by_later();
  });
}

void Office::run_an_errand() {
  const auto wants = [this](Fault fault) { return dice_.happens(world_.faults().per_mille(fault)); };
  if (wants(Fault::opt_out)) send(&Office::take_off);
  if (wants(Fault::cancel)) send(&Office::cancel);
  if (wants(Fault::pause) && !paused_) send(&Office::pause);
  if (dice_.happens(asks_per_mille_)) send(&Office::ask_for_a_call);
  if (wants(Fault::clock_jump)) set_clocks();
}

// They are wrong by so much at most, and jump when somebody sees to it.
void Office::set_clocks() {
  constexpr Span wrong_max = 20s;
  const Span wrong = dice_.between(-wrong_max, wrong_max);
  world_.set_clocks_forward(wrong - clocks_wrong_);
  clocks_wrong_ = wrong;
}

void Office::send(Errand errand) {
  if (Node* node = world_.any_node()) node->spawn(go(*node, errand));
}

// Whoever is told that it did not work, or nothing, believes nothing.
Task<void> Office::go(Node& node, Errand errand) {
  try {
    co_await (this->*errand)(node);
  } catch (const Breakage& breakage) {
    if (breakage.reason() == Reason::internal) throw;
  }
}

void Office::ban(Ban ban) {
  world_.trace().note(world_.timeline().elapsed(), "banned", {ban.phone});
  house_.bans.push_back(std::move(ban));
}

Task<void> Office::pause(Node& node) {
  paused_ = true;
  resume_later();  // also where nobody learns that it was paused
  const flow::Act act = flow::act_of_command_line(node.clock().now(), node.chance());
  const auto done = co_await flow::pause_campaign(engine_of_(node), house_.workspace, act, house_.campaign);
  if (done && paused_) ban({BanKind::pause, world_.timeline().elapsed()});
}

void Office::resume_later() {
  world_.timeline().after(dice_.between(5min, 4h), nobody, [this] { resume(); });
}

void Office::resume() {
  paused_ = false;
  for (Ban& ban : house_.bans) {
    if (ban.kind == BanKind::pause && !ban.until) ban.until = world_.timeline().elapsed();
  }
  DiceChance chance(dice_.fork());
  const flow::Act act = flow::act_of_command_line(world_.timeline().now(), chance);
  world_.store().directly(house_.workspace,
                          [&](Tx& tx) { flow::start_campaign(tx, act, house_.campaign).value(); });
}

Task<void> Office::cancel(Node& node) {
  auto calls = world_.store().directly(house_.workspace,
                                       [](Tx& tx) { return store::calls_page(tx, {}, {}, calls_seen); });
  std::erase_if(calls, [](const Call& call) { return is_terminal(call.status); });
  if (calls.empty()) co_return;
  const CallId id = calls[static_cast<std::size_t>(dice_.below(static_cast<int>(calls.size())))].id;
  const flow::Act act = flow::act_of_command_line(node.clock().now(), node.chance());
  const auto done = co_await flow::cancel_call(engine_of_(node), house_.workspace, act, id);
  if (done) ban({.kind = BanKind::call, .from = world_.timeline().elapsed(), .call = id});
}

Task<void> Office::take_off(Node& node) {
  const std::string phone = somebody().phone;
  const flow::Act act = flow::act_of_command_line(node.clock().now(), node.chance());
  co_await flow::opt_out(engine_of_(node), house_.workspace, act, {phone}, "manual", "wrote to us");
  ban({.kind = BanKind::number, .from = world_.timeline().elapsed(), .phone = phone});
}

// For now or later, lawful or not: the gate sees to that.
Task<void> Office::ask_for_a_call(Node& node) {
  const Person& person = somebody();
  ScheduledCall wanted{.to = person.phone, .lead_id = person.lead};
  if (dice_.happens(500)) wanted.lead_id.reset();
  if (dice_.happens(500)) wanted.scheduled_time = node.clock().now() + dice_.between(Span(0), 20h);
  const flow::Act act = flow::act_of_command_line(node.clock().now(), node.chance());
  const flow::NumberDesk desk{engine_of_(node).atlas.numbering, WorkspaceKind::live, "US"};
  co_await node.db().write(house_.workspace,
                           [&](Tx& tx) { return flow::schedule_call(tx, act, desk, wanted); });
}

const Person& Office::somebody() {
  return house_.people[static_cast<std::size_t>(dice_.below(static_cast<int>(house_.people.size())))];
}

}  // namespace ringdown::sim
