// One node's way to the simulated database. Its units wait for their turn on the timeline; fate has a word
// with each of them.
#pragma once

#include <functional>

#include "sim/fate.h"
#include "sim/sim_store.h"

namespace ringdown::sim {

class SimDb : public Db {
 public:
  // `die` is told when the node is to end here; no unit of it is answered any more.
  SimDb(SimStore& store, Timeline& timeline, Fate& fate, NodeId node, std::function<void()> die)
      : store_(store), timeline_(timeline), fate_(fate), node_(node), die_(std::move(die)) {}

  void submit(Unit) override;
  void on_change(std::function<void()> tell) override { store_.on_change(node_, std::move(tell)); }

 private:
  void run(Unit&);

  SimStore& store_;
  Timeline& timeline_;
  Fate& fate_;
  const NodeId node_;
  std::function<void()> die_;
};

}  // namespace ringdown::sim
