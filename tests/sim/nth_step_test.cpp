// A short day in which one step into the outside world goes wrong: its first, its second, and so on until
// there is none left to go wrong.
#include <doctest/doctest.h>

#include "sim/simulation.h"
#include "tests/seeds/seed.h"

namespace ringdown::sim {
namespace {

// The nth unit or request meets its fate, all others are spared.
class NthStep : public KindFate {
 public:
  NthStep(int n, UnitFate unit, RequestFate request, bool& came)
      : left_(n), unit_(unit), request_(request), came_(came) {}

  UnitFate of_unit(NodeId, bool writes) override {
    if (!is_it()) return UnitFate::done;
    const bool loses = unit_ == UnitFate::lost_done || unit_ == UnitFate::lost_undone;
    return loses && !writes ? UnitFate::failed : unit_;
  }
  RequestFate of_request(NodeId) override { return is_it() ? request_ : RequestFate::sent; }
  Span unit_delay(NodeId) override { return 1ms; }

 private:
  bool is_it() {
    if (left_ == 0 || --left_ > 0) return false;
    came_ = true;
    return true;
  }

  int left_;
  const UnitFate unit_;
  const RequestFate request_;
  bool& came_;
};

// How many steps the day has; a complaint fails the test.
int fail_each_step(UnitFate unit, RequestFate request) {
  for (int n = 1;; ++n) {
    bool came = false;
    SimulationOptions options{.seed = 5, .leads = 3, .lasts = 15min, .settles_for = 30min, .faults = "none"};
    options.fate = [&](const Faults&, Dice) { return std::make_unique<NthStep>(n, unit, request, came); };
    const Outlook outlook = test::simulated(options);
    CAPTURE(n);
    CHECK(test::complaint_about(options, outlook) == "");
    CHECK(outlook.totals.requests > 0);
    if (!came) return n - 1;
  }
}

}  // namespace

TEST_CASE("whichever step fails, or kills the node, the day ends as it should") {
  CHECK(fail_each_step(UnitFate::failed, RequestFate::sent) >= 30);
  CHECK(fail_each_step(UnitFate::lost_done, RequestFate::sent) >= 30);
  CHECK(fail_each_step(UnitFate::lost_undone, RequestFate::sent) >= 30);
  CHECK(fail_each_step(UnitFate::died_before, RequestFate::died_before) >= 30);
  CHECK(fail_each_step(UnitFate::died_after, RequestFate::died_after) >= 30);
}

}  // namespace ringdown::sim
