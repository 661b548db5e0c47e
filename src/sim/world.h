// A simulated world: nodes, what they share, and the loop that lets them run. One thread; nothing happens but
// by the seed, so the same seed is the same world again.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/node.h"
#include "sim/seeded_fate.h"

namespace ringdown::sim {

struct WorldOptions {
  using FateMaker = std::function<std::unique_ptr<Fate>(const Faults&, Dice)>;

  std::uint64_t seed = 1;
  Time begins;
  int nodes = 1;
  Faults faults = Faults::none();
  CarrierManners manners{};
  Trace::Reader reader{};
  FateMaker fate{};                     // another one than the seed's
  std::int64_t steps_max = 50'000'000;  // a world in which time does not pass any more is broken
};

// What runs in the nodes.
struct Tenants {
  std::function<void(Node&)> move_in;                       // a node starts: spawn its loops
  std::function<Task<void>(Node&, const Report&)> receive;  // what the carrier reports; may throw Breakage
};

class World {
 public:
  World(WorldOptions, Tenants);
  ~World();

  void run_until(Span elapsed);
  void run_for(Span span) { run_until(timeline_.elapsed() + span); }

  // A node that runs, as the dice will; none while all are dead or stand still.
  Node* any_node();
  void set_clocks_forward(Span);
  void stop_faults();

  Timeline& timeline() { return timeline_; }
  SimStore& store() { return store_; }
  Trace& trace() { return trace_; }
  const Ledger& ledger() const { return carrier_.ledger(); }
  const Faults& faults() const { return faults_; }
  Dice dice() { return dice_.fork(); }
  int deaths() const { return deaths_; }

  void complain(std::string what) { complaints_.push_back(std::move(what)); }
  const std::vector<std::string>& complaints() const {
    return complaints_;
  }  // what may never happen, and did

 private:
  struct Seat {
    std::unique_ptr<Node> node;
    bool doomed = false;
    bool frozen = false;
    Span ahead{0};
  };

  Seat& seat_of(NodeId id) { return seats_[static_cast<std::size_t>(id - 1)]; }
  void start(NodeId);
  void poll();
  void bury();
  void maybe_freeze();
  void deliver(Report);
  void deliver_again(Report);
  Task<void> hand_over(Node&, Report);
  void node_broke(NodeId, std::exception_ptr);

  WorldOptions options_;
  Tenants tenants_;
  Faults faults_;
  Dice dice_;
  Timeline timeline_;
  Trace trace_;
  SimStore store_;
  std::unique_ptr<Fate> fate_;
  CarrierModel carrier_;
  std::vector<Seat> seats_;
  std::vector<std::string> complaints_;
  int deaths_ = 0;
  std::int64_t steps_ = 0;
};

}  // namespace ringdown::sim
