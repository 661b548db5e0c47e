#include "store/facts.h"

#include "store/sql.h"

namespace ringdown::store {
namespace {

constexpr const char* paused = "dialing-paused";

}  // namespace

void pause_dialing(Tx& tx, const std::string& why, Time now) {
  tx.run(sql::state_fact, {paused, why, now});
}

std::optional<Fact> dialing_pause(Tx& tx) {
  return tx.row<Fact>(sql::fact, {paused});
}

bool resume_dialing(Tx& tx) {
  return tx.run(sql::withdraw_fact, {paused}) == 1;
}

// The microseconds of now are more than any earlier life of this instance can have counted to, by changes or
// by the microseconds of its own beginning.
void forget_past_changes(Tx& tx, Time now) {
  tx.run(sql::forget_past_changes, {to_micros(now)});
  tx.run(sql::begin_changes_behind, {to_micros(now)});
}

}  // namespace ringdown::store
