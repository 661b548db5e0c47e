#include "sim/carrier_port.h"

namespace ringdown::sim {
namespace {

constexpr Span for_ever = std::chrono::days(10'000);

auto silence() {
  return fail(Reason::unavailable, "the carrier does not answer");
}

}  // namespace

Task<void> CarrierPort::die_here() {
  way_.die();
  co_await way_.timeline.pause(for_ever, way_.node);
}

Task<CallEvent> CarrierPort::place(CarrierAccount account, PlaceRequest asked) {
  const RequestFate fate = way_.fate.of_request(way_.node);
  if (fate == RequestFate::died_before) co_await die_here();

  const auto reply = way_.model.take(way_.node, way_.clock.now(), account, asked);
  if (fate == RequestFate::died_after) co_await die_here();

  co_await way_.timeline.pause(reply.after, way_.node);
  co_return reply.says;
}

Task<Result<std::vector<CarrierCall>>> CarrierPort::find(CarrierAccount account, std::string to,
                                                         std::string from, Time since) {
  co_await travel();
  if (way_.model.fails_to_answer()) co_return silence();
  auto found = way_.model.find(account, to, from, since);
  co_await travel();
  co_return found;
}

Task<Result<std::optional<CarrierCall>>> CarrierPort::fetch(CarrierAccount account, std::string sid) {
  co_await travel();
  if (way_.model.fails_to_answer()) co_return silence();
  auto found = way_.model.fetch(account, sid);
  co_await travel();
  co_return found;
}

// Whoever is told to say goodbye says it, and hangs up.
Task<Result<void>> CarrierPort::speak_anew(CarrierAccount account, CallId, std::string sid) {
  return end(account, std::move(sid));
}

// An answer that is lost says nothing about what became of the request.
Task<Result<void>> CarrierPort::end(CarrierAccount account, std::string sid) {
  const bool arrives = !way_.model.fails_to_answer();
  const bool answered = !way_.model.fails_to_answer();
  co_await travel();
  if (arrives) way_.model.end(account, sid);
  co_await travel();
  if (!arrives || !answered) co_return silence();
  co_return Result<void>{};
}

}  // namespace ringdown::sim
