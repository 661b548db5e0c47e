#include "sandbox/conferences.h"

#include <algorithm>

#include "sandbox/moments.h"

namespace ringdown::sandbox {
namespace {

std::string word(bool value) {
  return value ? "true" : "false";
}

Pairs about(const Seat& seat) {
  return {{"CallSid", seat.call->sid},
          {"Muted", "false"},
          {"Hold", "false"},
          {"Coaching", "false"},
          {"StartConferenceOnEnter", word(seat.plan.starts_it)},
          {"EndConferenceOnExit", word(seat.plan.ends_it)}};
}

std::string name_of(std::string_view event) {
  return (event == "start" || event == "end" ? "conference-" : "participant-") + std::string(event);
}

}  // namespace

Conferences::Conferences(std::string account_sid, std::uint64_t seed, Hooks& hooks, Ledger& ledger)
    : account_sid_(std::move(account_sid)),
      sids_(chance_of(seed, "conferences")),
      hooks_(hooks),
      ledger_(ledger) {}

SeatPtr Conferences::join(CallPtr call, ConferencePlan plan) {
  auto at = rooms_.find(plan.name);
  if (at == rooms_.end()) at = rooms_.emplace(plan.name, Room{"CF" + hex_digits(sids_, 32), plan}).first;
  Room& room = at->second;
  if (room.seats.size() >= std::min(room.plan.people_max, plan.people_max)) return nullptr;

  const auto seat = std::make_shared<Seat>(std::move(call), std::move(plan));
  seat->link.counts_since = std::chrono::steady_clock::now();
  room.seats.push_back(seat);
  note("join", seat->call->sid, *seat);
  tell(room, "join", about(*seat));
  start(room);
  return seat;
}

// Twilio begins with two, of whom one may begin it; whoever comes later talks at once.
void Conferences::start(Room& room) {
  const auto may_start = [](const SeatPtr& seat) { return seat->plan.starts_it; };
  if (!room.started && (room.seats.size() < 2 || std::ranges::none_of(room.seats, may_start))) return;

  if (!std::exchange(room.started, true)) {
    note("talk", room.sid, *room.seats.back());
    tell(room, "start", {});
  }
  for (const SeatPtr& seat : room.seats) {
    if (seat->link.talks_since) continue;
    seat->link.talks_since = std::chrono::steady_clock::now();
    seat->call->sleeper.cancel();
  }
}

void Conferences::leave(const SeatPtr& seat) {
  if (seat->link.over) return;

  Room& room = rooms_.at(seat->plan.name);
  take_out(room, seat);
  while (seat->plan.ends_it && !room.seats.empty()) take_out(room, room.seats.front());
  if (room.seats.empty()) end(room, *seat);
}

void Conferences::take_out(Room& room, SeatPtr seat) {
  std::erase(room.seats, seat);
  seat->link.over = true;
  seat->call->sleeper.cancel();
  note("leave", seat->call->sid, *seat);
  tell(room, "leave", about(*seat));
}

void Conferences::end(Room& room, const Seat& last) {
  tell(room, "end",
       {{"CallSidEndingConference", last.call->sid},
        {"ReasonConferenceEnded",
         last.plan.ends_it ? "participant-with-end-conference-on-exit-left" : "last-participant-left"}});
  rooms_.erase(last.plan.name);
}

void Conferences::note(std::string_view what, const std::string& sid, const Seat& seat) {
  ledger_.write({.what = std::string(what),
                 .sid = sid,
                 .to = seat.call->plan.to,
                 .from = seat.call->plan.from,
                 .url = seat.plan.on_change.url,
                 .detail = seat.plan.name});
}

void Conferences::tell(Room& room, std::string_view event, Pairs more) {
  if (room.plan.on_change.url.empty() || !room.plan.events.contains(event)) return;

  Pairs fields{{"AccountSid", account_sid_},
               {"ConferenceSid", room.sid},
               {"FriendlyName", room.plan.name},
               {"StatusCallbackEvent", name_of(event)},
               {"SequenceNumber", std::to_string(room.sequence++)},
               {"Timestamp", mail_moment(now())}};
  fields.insert(fields.end(), more.begin(), more.end());
  hooks_.tell(room.sid, room.plan.on_change, std::move(fields));
}

}  // namespace ringdown::sandbox
