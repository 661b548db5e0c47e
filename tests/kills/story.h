// The real binary and a sandbox's carrier, each a process; the product is killed and started again on the
// same data, address and carrier.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "tests/support/ringdown_process.h"
#include "tests/support/signed_up.h"

namespace ringdown::test {

struct Stage {
  Words environment{};  // which store; the carrier's is added
  std::string speed = "60";
  Words mishaps{};  // of the carrier, in percent
  std::string settings = R"({"call_gap_minutes":1,"calls_a_day":24})";
  std::string message = "This is a test.";
};

class Story {
 public:
  Story(std::string data, Stage);

  // Imports people to call, and starts a campaign that calls them as fast as the carrier takes it.
  void begin();

  // Each soon after the carrier made a few more calls: in the middle of requests, callbacks and look-ups.
  void kill_in_the_middle(int times);

  // No more calls are placed, and what became of each is found out.
  void wait_for_the_end();

  // The carrier's SIDs of all calls that the product knows.
  std::set<std::string> known_sids() const;

  std::string ledger() const { return data_ + ".ledger"; }

 private:
  void start();
  bool any_call_is_live() const;
  static void wait_until(const char* awaited, const std::function<bool()>& reached);

  std::string data_;
  Stage stage_;
  const std::string listen_;
  std::string campaign_;
  RunningServer sandbox_;
  std::optional<RunningRingdown> product_;
  std::optional<Owner> owner_;
};

}  // namespace ringdown::test
