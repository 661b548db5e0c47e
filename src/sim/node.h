// One process of the product in a simulated world: its clock, its database, its chance, its carrier, and the
// loop on which its coroutines live. Destroying it is what kill -9 is to the real one.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>

#include "sim/carrier_port.h"
#include "sim/dice_chance.h"
#include "sim/sim_db.h"

namespace ringdown::sim {

class Node {
 public:
  // What all nodes share, and what is told when one ends or a coroutine of it breaks.
  struct Surroundings {
    Timeline& timeline;
    SimStore& store;
    Fate& fate;
    CarrierModel& carrier;
    std::function<void(NodeId)> die;
    std::function<void(NodeId, std::exception_ptr)> broke;
  };

  Node(const Surroundings&, NodeId, Dice, Span ahead);
  ~Node();

  NodeId id() const { return id_; }
  VirtualClock& clock() { return clock_; }
  Db& db() { return db_; }
  Chance& chance() { return chance_; }
  Carrier& carrier() { return carrier_; }

  void spawn(Task<void>);
  void poll();  // until nothing is left to do at this moment

 private:
  const Surroundings around_;
  const NodeId id_;
  VirtualClock clock_;
  DiceChance chance_;
  SimDb db_;
  CarrierPort carrier_;
  boost::asio::io_context loop_{1};  // the last: coroutines go before what they use
};

}  // namespace ringdown::sim
