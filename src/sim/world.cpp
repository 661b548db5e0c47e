#include "sim/world.h"

#include <fmt/format.h>

#include "base/expect.h"

namespace ringdown::sim {
namespace {

constexpr int hand_overs_max = 4;
constexpr Span hand_over_again_after = 15s;
constexpr Span skew_max = 500ms;  // between the clocks of two nodes
constexpr Span freeze_max = 5min;
constexpr Span look_for_freezes_every = 30s;

std::string text_of(std::exception_ptr problem) {
  try {
    std::rethrow_exception(problem);
  } catch (const std::exception& exception) {
    return exception.what();
  } catch (...) {
    return "something that is no exception";
  }
}

std::unique_ptr<Fate> fate_by(const WorldOptions& options, const Faults& faults, Dice dice) {
  if (options.fate) return options.fate(faults, dice);
  return std::make_unique<SeededFate>(faults, dice);
}

}  // namespace

World::World(WorldOptions options, Tenants tenants)
    : options_(std::move(options)),
      tenants_(std::move(tenants)),
      faults_(options_.faults),
      dice_(options_.seed),
      timeline_(options_.begins, dice_.fork()),
      trace_(options_.reader),
      store_(timeline_, trace_),
      fate_(fate_by(options_, faults_, dice_.fork())),
      carrier_(timeline_, trace_, faults_, dice_.fork(), options_.manners,
               [this](Report report) { deliver(std::move(report)); }) {
  seats_.resize(static_cast<std::size_t>(options_.nodes));
  for (NodeId id = 1; id <= options_.nodes; ++id) {
    if (id > 1) seat_of(id).ahead = dice_.between(-skew_max, skew_max);
    timeline_.after(dice_.between(Span(0), 1s), nobody, [this, id] { start(id); });
  }
  if (faults_.on(Fault::freeze)) maybe_freeze();
}

World::~World() {
  for (Seat& seat : seats_) seat.node.reset();
}

void World::start(NodeId id) {
  trace_.note(timeline_.elapsed(), "start", id);
  Node::Surroundings around{timeline_,
                            store_,
                            *fate_,
                            carrier_,
                            [this](NodeId dead) { seat_of(dead).doomed = true; },
                            [this](NodeId which, std::exception_ptr why) { node_broke(which, why); }};
  Seat& seat = seat_of(id);
  seat.node = std::make_unique<Node>(around, id, dice_.fork(), seat.ahead);
  tenants_.move_in(*seat.node);
}

void World::run_until(Span elapsed) {
  while (true) {
    poll();
    bury();
    const auto next = timeline_.next();
    if (!next || *next > elapsed) break;
    expect(++steps_ <= options_.steps_max, "time passes in a world");
    timeline_.step();
  }
  timeline_.move_to(elapsed);
}

// Nodes meet on the timeline only, so none can wake another one while it is polled.
void World::poll() {
  const std::size_t first = static_cast<std::size_t>(dice_.below(static_cast<int>(seats_.size())));
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    Seat& seat = seats_[(first + i) % seats_.size()];
    if (seat.node && !seat.frozen && !seat.doomed) seat.node->poll();
  }
}

void World::bury() {
  for (NodeId id = 1; id <= options_.nodes; ++id) {
    Seat& seat = seat_of(id);
    if (!seat.doomed) continue;
    trace_.note(timeline_.elapsed(), "dies", id);
    ++deaths_;
    seat.node.reset();
    seat.doomed = false;
    timeline_.after(dice_.between(1s, 90s), nobody, [this, id] { start(id); });
  }
}

// It wakes by itself, also when the time of faults is over by then.
void World::maybe_freeze() {
  const NodeId id = 1 + dice_.below(options_.nodes);
  Seat& seat = seat_of(id);
  if (!seat.frozen && dice_.happens(faults_.per_mille(Fault::freeze))) {
    trace_.note(timeline_.elapsed(), "freezes", id);
    seat.frozen = true;
    timeline_.after(dice_.between(1s, freeze_max), nobody, [this, id] { seat_of(id).frozen = false; });
  }
  timeline_.after(look_for_freezes_every, nobody, [this] { maybe_freeze(); });
}

Node* World::any_node() {
  const std::size_t first = static_cast<std::size_t>(dice_.below(static_cast<int>(seats_.size())));
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    Seat& seat = seats_[(first + i) % seats_.size()];
    if (seat.node && !seat.frozen && !seat.doomed) return seat.node.get();
  }
  return nullptr;
}

void World::set_clocks_forward(Span span) {
  trace_.note(timeline_.elapsed(), "clocks jump");
  for (Seat& seat : seats_) {
    seat.ahead += span;
    if (seat.node) seat.node->clock().set_forward(span);
  }
}

void World::stop_faults() {
  trace_.note(timeline_.elapsed(), "faults stop");
  faults_.stop();
}

void World::deliver(Report report) {
  if (Node* node = any_node()) {
    node->spawn(hand_over(*node, std::move(report)));
  } else {
    deliver_again(std::move(report));
  }
}

void World::deliver_again(Report report) {
  if (++report.tries >= hand_overs_max) return;
  timeline_.after(hand_over_again_after, nobody,
                  [this, report = std::move(report)]() mutable { deliver(std::move(report)); });
}

Task<void> World::hand_over(Node& node, Report report) {
  trace_.note(timeline_.elapsed(), "report", node.id(), report.key);
  bool taken = true;
  try {
    co_await tenants_.receive(node, report);
  } catch (const Breakage& breakage) {
    if (breakage.reason() == Reason::internal) throw;
    taken = false;
  }
  if (!taken) deliver_again(std::move(report));
}

void World::node_broke(NodeId id, std::exception_ptr why) {
  complain(fmt::format("a coroutine of node {} ended: {}", id, text_of(why)));
}

}  // namespace ringdown::sim
