// The people who work with the product in a simulated world: they pause, resume, cancel and take numbers off,
// when it suits nobody. What they were told is done binds from then on.
#pragma once

#include "flow/engine.h"
#include "sim/house.h"
#include "sim/world.h"

namespace ringdown::sim {

class Office {
 public:
  using EngineOf = std::function<flow::Engine(Node&)>;

  Office(World&, House&, Dice, EngineOf);

  void open();  // from now on somebody comes by every while

 private:
  using Errand = Task<void> (Office::*)(Node&);

  void come_by_later();
  void run_an_errand();
  void set_clocks();
  void send(Errand);
  Task<void> go(Node&, Errand);
  void resume_later();
  void resume();

  Task<void> pause(Node&);
  Task<void> cancel(Node&);
  Task<void> take_off(Node&);
  Task<void> ask_for_a_call(Node&);
  const Person& somebody();
  void ban(Ban ban);

  World& world_;
  House& house_;
  Dice dice_;
  EngineOf engine_of_;
  const int asks_per_mille_;
  bool paused_ = false;
  Span clocks_wrong_{0};
};

}  // namespace ringdown::sim
