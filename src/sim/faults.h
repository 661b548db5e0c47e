// What may go wrong in a simulated world. Every kind is switched on or off per seed, with a rate of its own:
// where all are always on, some never get their turn because others come first.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/enums.h"
#include "base/result.h"
#include "sim/dice.h"

namespace ringdown::sim {

enum class Fault {
  answer_lost,       // to a request; it may have arrived or not
  created_then_500,  // the carrier made the call and says that it broke
  created_late,      // and its answer is lost
  turned_away,       // 429
  slow_answer,
  queueing,  // the carrier keeps calls in a line of its own for hours
  event_lost,
  event_twice,
  event_late,
  event_forged,
  clock_jump,
  dst_day,
  crash,
  freeze,  // a node stands still, as under SIGSTOP
  unit_fails,
  commit_lost,
  opt_out,
  pause,
  cancel,
  nodes,  // several of them
};
BOOST_DESCRIBE_ENUM(Fault, answer_lost, created_then_500, created_late, turned_away, slow_answer, queueing,
                    event_lost, event_twice, event_late, event_forged, clock_jump, dst_day, crash, freeze,
                    unit_fails, commit_lost, opt_out, pause, cancel, nodes)
inline constexpr std::size_t fault_kinds =
    boost::mp11::mp_size<boost::describe::describe_enumerators<Fault>>();

class Faults {
 public:
  static Faults none() { return {}; }
  static Faults drawn(Dice&);         // about half of them, each with a rate
  static Faults drawn(Dice&, Fault);  // only that one, and certainly

  // "all": drawn; "none"; or names with commas between, which are all on.
  static Result<Faults> read(std::string_view words, Dice&);

  bool on(Fault fault) const { return per_mille(fault) > 0; }
  int per_mille(Fault fault) const { return stopped_ ? 0 : rates_[static_cast<std::size_t>(fault)]; }
  void stop() { stopped_ = true; }  // from now on all is well

  std::string words() const;  // "crash 12, nodes 500"

 private:
  void draw(Fault, Dice&);

  std::array<int, fault_kinds> rates_{};
  bool stopped_ = false;
};

}  // namespace ringdown::sim
