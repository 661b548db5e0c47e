#include "sim/node.h"

#include <boost/asio/co_spawn.hpp>

namespace ringdown::sim {

Node::Node(const Surroundings& around, NodeId id, Dice dice, Span ahead)
    : around_(around),
      id_(id),
      clock_(around.timeline, id, ahead),
      chance_(dice),
      db_(around.store, around.timeline, around.fate, id, [this] { around_.die(id_); }),
      carrier_({around.carrier, around.timeline, around.fate, clock_, id, [this] { around_.die(id_); }}) {}

Node::~Node() {
  around_.timeline.forget(id_);
  around_.store.forget(id_);
}

void Node::spawn(Task<void> task) {
  boost::asio::co_spawn(loop_, std::move(task), [this](std::exception_ptr problem) {
    if (problem) around_.broke(id_, problem);
  });
}

void Node::poll() {
  loop_.restart();
  loop_.poll();
}

}  // namespace ringdown::sim
