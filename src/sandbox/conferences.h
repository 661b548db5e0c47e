// The conferences of the twin: who sits in them, when they begin and end, and who is told. On the loop of the
// calls.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/chance.h"
#include "sandbox/conference_plan.h"
#include "sandbox/hooks.h"
#include "sandbox/ledger.h"

namespace ringdown::sandbox {

struct Seat {
  CallPtr call;
  ConferencePlan plan;
  Link link{};
};
using SeatPtr = std::shared_ptr<Seat>;

class Conferences {
 public:
  Conferences(std::string account_sid, std::uint64_t seed, Hooks&, Ledger&);

  SeatPtr join(CallPtr, ConferencePlan);  // null where it is full
  void leave(const SeatPtr&);             // nothing where the conference is over already

 private:
  struct Room {
    std::string sid;
    ConferencePlan plan;  // of who came first: theirs is the address that is told
    std::vector<SeatPtr> seats{};
    bool started = false;
    int sequence = 1;  // of the next callback
  };

  void start(Room&);
  void take_out(Room&, SeatPtr);
  void end(Room&, const Seat& last);
  void note(std::string_view what, const std::string& sid, const Seat&);
  void tell(Room&, std::string_view event, Pairs more);

  std::string account_sid_;
  Chance sids_;
  Hooks& hooks_;
  Ledger& ledger_;
  std::map<std::string, Room> rooms_;  // by name; none is empty
};

}  // namespace ringdown::sandbox
