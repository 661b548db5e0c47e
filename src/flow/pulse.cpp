#include "flow/pulse.h"

#include <algorithm>

#include "base/log.h"
#include "store/line.h"

namespace ringdown::flow {
namespace {

void beat(const Engine& with, const char* work, Span patience) {
  const Time now = with.clock.now();
  if (with.pulse != nullptr) with.pulse->beat(work, now, now + patience);
}

Task<void> write_down(const Engine& with) {
  auto news = with.pulse->take_news(with.node);
  if (news.empty()) co_return;
  auto work = [news = std::move(news)](Tx& tx) {
    for (const store::EngineRound& round : news) store::note_round(tx, round);
  };
  co_await with.db.instance(std::move(work), Urgency::urgent);
}

}  // namespace

std::vector<store::EngineRound> Pulse::take_news(Uuid node) {
  std::vector<store::EngineRound> news;
  for (auto& [work, beat] : rounds_) {
    if (std::exchange(beat.is_news, false)) news.push_back({node, work, beat.at, beat.next_by});
  }
  return news;
}

void heard(const Engine& with, const char* work) {
  beat(with, work, with.policy.stalls_after);
}

void asks_carrier(const Engine& with, const char* work) {
  beat(with, work, with.policy.carrier_patience);
}

Task<void> begin_pulse(Engine with) {
  for (const char* work : {store::plan_work, store::dial_work, store::reconcile_work}) heard(with, work);
  co_await write_down(with);
}

Task<void> keep_pulse(Engine with) {
  while (true) {
    try {
      co_await write_down(with);
    } catch (const Breakage& breakage) {
      log::warn("that the engine goes round is not written down", {{"reason", breakage.what()}});
    }
    co_await with.clock.sleep_until(with.clock.now() + with.policy.beat_every);
  }
}

std::optional<store::EngineRound> stalled_round(Tx& tx, Uuid node, Time now) {
  const auto rounds = store::engine_rounds_of(tx, node);
  if (rounds.empty()) return store::EngineRound{.node = node, .kind = "every", .heard_at = {}, .next_by = {}};
  const auto first = std::ranges::min_element(rounds, {}, &store::EngineRound::next_by);
  if (first->next_by >= now) return {};
  return *first;
}

}  // namespace ringdown::flow
