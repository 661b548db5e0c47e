// The product's engine on a store, a step at a time and on its own clock: batches are claimed, a carrier that
// answers at once takes the calls, and what it reports is recorded, many calls side by side.
#pragma once

#include <memory>

#include "flow/claim.h"
#include "tests/bench/bulk.h"
#include "tests/bench/rounds.h"
#include "tests/support/hand_carrier.h"
#include "tests/support/hand_clock.h"

namespace ringdown::bench {

// In Texas, on a Tuesday: noon, when dialers begin, and an hour later, which none of them reaches.
extern const Time noon;
extern const Time watching_begins;

// A campaign that runs, over an account that sets no bounds that matter; who is ready is up to the caller.
ReadyLeads open_campaign(Db&, std::uint64_t leads);

class Dialer {
 public:
  Dialer(std::unique_ptr<Db>, Workspace);

  Load claim(int batches);   // timed: the claims; then the calls are taken to their end
  Load record(int batches);  // timed: what happens to the calls of so many batches, a unit per fact
  int given_up() const { return given_up_; }  // how often a fact had to be told again
  static constexpr int at_once = 64;

 private:
  static constexpr int given_up_max = 1'000;
  using Calls = std::vector<Call>;

  void claim_batch(Calls&);
  void side_by_side(const Calls&, const std::function<Task<void>(const Call&)>& each);
  Task<void> live(const Call&, Load&);
  Task<bool> is_recorded(const Call&, const std::string& key, const CallEvent&);
  Task<void> tell(const Call&, std::string key, CallEvent, Load&);

  std::unique_ptr<Db> db_;
  flow::Desk desk_;
  test::HandClock clock_;
  SystemChance chance_;
  test::HandCarrier carrier_;
  flow::Engine engine_;
  int given_up_ = 0;
};

}  // namespace ringdown::bench
