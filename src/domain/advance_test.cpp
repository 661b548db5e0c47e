#include "domain/advance.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <functional>

#include "domain/call_facts.h"

using namespace ringdown;

namespace {

const Time noon = *parse_time("2026-06-16T12:00:00Z");
const Time later = noon + 30s;

Call placing_call() {
  Call call;
  call.phone = "+12125550123";
  call.lead_id = LeadId{};
  call.status = CallStatus::placing;
  call.counts = true;
  call.attempt_at = call.placing_at = noon;
  call.lead_status_before = LeadStatus::pending;
  call.deliveries = 1;
  call.reserved_micros = 1000;
  return call;
}

// As the claim leaves it: calling, with one attempt more.
Lead called_lead(int attempts) {
  Lead lead;
  lead.phone = "+12125550123";
  lead.status = LeadStatus::calling;
  lead.call_attempts = attempts;
  lead.last_called_at = noon;
  return lead;
}

Scene scene(int attempts = 1) {
  return {.call = placing_call(),
          .lead = called_lead(attempts),
          .policy = {.attempts_max = 3, .interval = 15},
          .ring_lease = 90s,
          .talk_lease = 660s,
          .lookup_every = 60s,
          .lookups_max = 12};
}

Step after(Scene from, std::initializer_list<CallEvent> events, Time now = later) {
  Step step{std::move(from), {}};
  for (const CallEvent& event : events) {
    Step next = advance(std::move(step.after), event, now);
    std::ranges::move(next.effects, std::back_inserter(step.effects));
    step.after = std::move(next.after);
  }
  return step;
}

template <class E>
bool has(const Step& step) {
  return std::ranges::any_of(step.effects, [](const Effect& e) { return std::holds_alternative<E>(e); });
}

struct Row {
  const char* says;
  std::vector<CallEvent> events;
  CallStatus status;
  std::optional<Outcome> outcome;
  LeadStatus lead;
  LeadStatus lead_at_max;
  bool counts;
  std::optional<Span> next;  // after the attempt
};

const CallEvent placed = Placed{"CA1"};
const CallEvent ringing = Ringing{noon + 2s};
const CallEvent answered = Answered{noon + 9s};

CallEvent ended(Cause cause) {
  return Ended{.cause = cause, .at = noon + 20s};
}

// PRODUCT.md's table.
const std::vector<Row> table = {
    {"busy",
     {placed, ended(Cause::busy)},
     CallStatus::busy,
     Outcome::busy,
     LeadStatus::pending,
     LeadStatus::no_answer,
     true,
     15min},
    {"not answered",
     {placed, ringing, ended(Cause::no_answer)},
     CallStatus::no_answer,
     Outcome::no_answer,
     LeadStatus::pending,
     LeadStatus::no_answer,
     true,
     15min},
    {"a machine",
     {placed, ringing, answered, AnswerClassified{AnsweredBy::machine}, ended(Cause::completed)},
     CallStatus::completed,
     Outcome::voicemail,
     LeadStatus::pending,
     LeadStatus::no_answer,
     true,
     15min},
    {"screening",
     {placed, answered, AnswerClassified{AnsweredBy::screening}, ended(Cause::completed)},
     CallStatus::completed,
     Outcome::no_answer,
     LeadStatus::pending,
     LeadStatus::no_answer,
     true,
     15min},
    {"a number that is none",
     {Rejected{Rejection::invalid_number, "unreachable"}},
     CallStatus::failed,
     Outcome::wrong_number,
     LeadStatus::wrong_number,
     LeadStatus::wrong_number,
     false,
     {}},
    {"blocked by the carrier",
     {Rejected{Rejection::blocked, "603"}},
     CallStatus::failed,
     Outcome::blocked,
     LeadStatus::pending,
     LeadStatus::error,
     true,
     24h},
    {"our configuration",
     {Rejected{Rejection::our_fault, "no funds"}},
     CallStatus::failed,
     Outcome::failed,
     LeadStatus::pending,
     LeadStatus::pending,
     false,
     15min},
    {"failed after acceptance",
     {placed, ended(Cause::failed)},
     CallStatus::failed,
     Outcome::failed,
     LeadStatus::pending,
     LeadStatus::error,
     true,
     15min},
    {"canceled after placing",
     {placed, EndAsked{}, ended(Cause::canceled)},
     CallStatus::canceled,
     {},
     LeadStatus::pending,
     LeadStatus::pending,
     true,
     {}},
    {"a person, nothing agreed",
     {placed, ringing, answered, ended(Cause::completed)},
     CallStatus::completed,
     Outcome::connected,
     LeadStatus::contacted,
     LeadStatus::contacted,
     true,
     {}},
    {"not interested",
     {placed, answered, Declined{}, ended(Cause::completed)},
     CallStatus::completed,
     Outcome::not_interested,
     LeadStatus::not_interested,
     LeadStatus::not_interested,
     true,
     {}},
    {"the wrong person",
     {placed, answered, WrongPerson{}, ended(Cause::completed)},
     CallStatus::completed,
     Outcome::wrong_number,
     LeadStatus::wrong_number,
     LeadStatus::wrong_number,
     true,
     {}},
    {"opted out",
     {placed, answered, OptedOut{}, ended(Cause::completed)},
     CallStatus::completed,
     Outcome::dnc,
     LeadStatus::dnc,
     LeadStatus::dnc,
     true,
     {}},
    {"asks to be called back",
     {placed, answered, CallbackAsked{noon + 3h}, ended(Cause::completed)},
     CallStatus::completed,
     Outcome::callback,
     LeadStatus::callback,
     LeadStatus::callback,
     true,
     3h},
    {"books",
     {placed, answered, Booked{}, ended(Cause::completed)},
     CallStatus::completed,
     Outcome::scheduled,
     LeadStatus::scheduled,
     LeadStatus::scheduled,
     true,
     {}},
};

Step play(Scene from, const std::vector<CallEvent>& events) {
  Step step{std::move(from), {}};
  for (const CallEvent& event : events) step = advance(std::move(step.after), event, later);
  return step;
}

}  // namespace

TEST_CASE("every cause leads where the product's table says") {
  for (const Row& row : table) {
    CAPTURE(row.says);

    const Scene once = play(scene(1), row.events).after;
    const Scene at_max = play(scene(3), row.events).after;

    CHECK(once.call.status == row.status);
    CHECK(once.call.outcome == row.outcome);
    CHECK(once.call.counts == row.counts);
    CHECK(once.lead->status == row.lead);
    CHECK(at_max.lead->status == row.lead_at_max);
    CHECK(once.lead->call_attempts == (row.counts ? 1 : 0));
    const auto next = row.next ? std::optional(noon + *row.next) : std::nullopt;
    CHECK(once.lead->next_attempt_at == next);
  }
}

TEST_CASE("a lost answer is never asked again, and closes when the carrier knows of no such call") {
  Step step = after(scene(), {Lost{"timeout"}});
  CHECK(step.after.call.status == CallStatus::unknown);
  CHECK(step.after.call.counts);
  CHECK_FALSE(has<BackInLine>(step));

  const auto look = [&step] { step = advance(step.after, NotFound{}, *step.after.call.lease_until); };
  for (int looks = 1; looks < 12; ++looks) look();
  CHECK(step.after.call.status == CallStatus::unknown);
  look();

  CHECK(step.after.call.status == CallStatus::failed);
  CHECK(step.after.call.cause == Cause::not_found);
  CHECK(step.after.lead->status == LeadStatus::pending);
  CHECK(step.after.lead->next_attempt_at == noon + 24h);
  CHECK(step.after.lead->call_attempts == 1);
}

TEST_CASE("several nodes that look at the same time have looked once") {
  Step step = after(scene(), {Lost{"timeout"}});

  const Time moment = *step.after.call.lease_until;
  for (int node = 1; node <= 12; ++node) step = advance(step.after, NotFound{}, moment);

  CHECK(step.after.call.lookups == 1);
  CHECK(step.after.call.status == CallStatus::unknown);
}

TEST_CASE("an unknown call that speaks after all goes on") {
  const Step step = after(scene(), {Lost{"timeout"}, placed, ringing});

  CHECK(step.after.call.status == CallStatus::ringing);
  CHECK(step.after.call.call_sid == "CA1");
}

TEST_CASE("what the carrier turned away is handed over again, thrice at most, and is no attempt") {
  Step step = after(scene(), {Rejected{Rejection::busy, "429"}});
  CHECK(step.after.call.status == CallStatus::queued);
  CHECK(has<BackInLine>(step));
  CHECK(step.after.lead->status == LeadStatus::pending);
  CHECK(step.after.lead->call_attempts == 0);

  Scene again = scene();
  again.call.turned_away = 2;
  step = after(again, {Rejected{Rejection::busy, "429"}});

  CHECK(step.after.call.status == CallStatus::failed);
  CHECK_FALSE(has<BackInLine>(step));
  CHECK_FALSE(step.after.call.counts);
}

TEST_CASE("a request that never began goes back; one of an earlier claim is not meant") {
  CHECK(has<BackInLine>(after(scene(), {NotSent{1}})));
  CHECK_FALSE(has<BackInLine>(after(scene(), {NotSent{0}})));
  CHECK_FALSE(has<BackInLine>(after(scene(), {placed, NotSent{1}})));
}

TEST_CASE("who is to end is ended as soon as the carrier has a name for it") {
  CHECK_FALSE(has<EndAtCarrier>(after(scene(), {EndAsked{}})));
  CHECK(has<EndAtCarrier>(after(scene(), {EndAsked{}, placed})));
  CHECK(has<EndAtCarrier>(after(scene(), {placed, EndAsked{}})));
  CHECK(has<RangLate>(after(scene(), {placed, EndAsked{}, ringing})));
}

TEST_CASE("the first end that is known stays the end") {
  const Ended busy{.cause = Cause::busy, .at = noon};
  const Ended completed{.cause = Cause::completed, .at = later};

  CHECK(after(scene(), {placed, busy, completed}).after.call.cause == Cause::busy);
}

TEST_CASE("what is heard again later happened when it was heard first") {
  const Call call =
      after(scene(), {placed, Ringing{noon}, Ringing{later}, Answered{noon}, Answered{later}}).after.call;

  CHECK(call.ringing_at == noon);
  CHECK(call.answered_at == noon);
}

TEST_CASE("a call of which nobody knows may be live, one that is over or waits is not") {
  CHECK(is_live(CallStatus::unknown));
  CHECK(is_live(CallStatus::placing));
  CHECK_FALSE(is_live(CallStatus::queued));
  CHECK_FALSE(is_live(CallStatus::completed));
}

TEST_CASE("nobody is called for whom the end was asked before") {
  Scene queued = scene();
  queued.call.placing_at.reset();
  queued.call.status = CallStatus::queued;

  const Step step = after(queued, {EndAsked{}});

  CHECK(step.after.call.status == CallStatus::canceled);
  CHECK(step.after.call.cause == Cause::withdrawn);
  CHECK(after(scene(), {EndAsked{}, NotSent{1}}).after.call.cause == Cause::withdrawn);
}

TEST_CASE("the budget gets back what was reserved and pays what was spent, each once") {
  std::int64_t reserved = 1000;
  std::int64_t spent = 0;
  const auto settle = [&](const Step& step) {
    for (const Effect& effect : step.effects) {
      if (const auto* settled = std::get_if<Settle>(&effect)) {
        reserved -= settled->unreserve;
        spent += settled->spend;
      }
    }
  };

  Step step = after(scene(), {placed, answered, ended(Cause::completed)});
  settle(step);
  CHECK(reserved == 0);
  CHECK(spent == 1000);
  step = after(step.after, {Ended{.cause = Cause::completed, .at = later, .cost_micros = 300}});
  settle(step);
  settle(after(step.after, {Ended{.cause = Cause::completed, .at = later, .cost_micros = 300}}));

  CHECK(spent == 300);
}

TEST_CASE("what people set on a lead during a call stays") {
  Scene talking = after(scene(), {placed, answered}).after;
  talking.lead->status = LeadStatus::scheduled;

  CHECK(after(talking, {ended(Cause::completed)}).after.lead->status == LeadStatus::scheduled);
}

TEST_CASE("a lead is linked to its call when the carrier names it, with one line in its notes") {
  Scene first = scene();
  first.lead->notes = "prefers mornings";

  const Scene twice = after(first, {placed, ringing, placed, ended(Cause::busy)}).after;

  CHECK(twice.lead->call_sid == twice.call.call_sid);
  CHECK(twice.lead->notes == "prefers mornings\nOutbound call " + *twice.call.call_sid + " initiated");
}

TEST_CASE("a link that people change during a call stays as they set it") {
  Scene ringing_call = after(scene(), {placed, ringing}).after;
  Scene unlinked = ringing_call;
  unlinked.lead->call_sid.reset();
  ringing_call.lead->call_sid = "CA-by-hand";

  CHECK(after(ringing_call, {answered, ended(Cause::completed)}).after.lead->call_sid == "CA-by-hand");
  CHECK_FALSE(after(unlinked, {placed, ended(Cause::completed)}).after.lead->call_sid);
}

TEST_CASE("notes that are full stay as they are") {
  Scene full = scene();
  full.lead->notes = std::string(lead_notes_max - 5, 'x');

  CHECK(after(full, {placed}).after.lead->notes == full.lead->notes);
}

TEST_CASE("an earlier call of a lead no longer moves it") {
  Scene earlier = scene();
  earlier.lead->last_called_at = noon + 2h;

  CHECK(after(earlier, {placed, ended(Cause::busy)}).after.lead == earlier.lead);
}

TEST_CASE("a call that came in links its lead and leaves them where they are, but for an opt-out") {
  Scene coming = scene();
  coming.call.direction = Direction::inbound;
  coming.call.counts = false;
  coming.call.attempt_at.reset();
  coming.call.lead_status_before.reset();
  const Lead before = *coming.lead;

  for (const CallEvent& end : {ended(Cause::completed), ended(Cause::no_answer), CallEvent{Declined{}}}) {
    const Step step = after(coming, {placed, answered, end});
    CHECK(step.after.lead->call_sid == "CA1");
    CHECK(step.after.lead->notes == "Inbound call CA1 received");
    CHECK(step.after.lead->status == before.status);
    CHECK(step.after.lead->call_attempts == before.call_attempts);
    CHECK(step.after.lead->next_attempt_at == before.next_attempt_at);
    CHECK_FALSE(step.after.call.counts);
    CHECK_FALSE(has<BlockNumber>(step));
    CHECK_FALSE(has<CarrierHealth>(step));
  }
  CHECK_FALSE(has<HoldNumber>(after(coming, {placed, answered, ended(Cause::blocked)})));
  const Step out = after(coming, {placed, answered, OptedOut{}, OptedOut{}, ended(Cause::completed)});
  CHECK(out.after.lead->status == LeadStatus::dnc);
  CHECK(out.after.call.outcome == Outcome::dnc);
  CHECK(std::ranges::count_if(out.effects,
                              [](const Effect& e) { return std::holds_alternative<BlockNumber>(e); }) == 1);
  coming.call.phone.clear();
  CHECK_FALSE(has<BlockNumber>(after(coming, {placed, answered, OptedOut{}})));
}

TEST_CASE("whoever heard the notice is recorded, unless the call is to end or over") {
  CHECK(has<BeginRecording>(after(scene(), {Placed{"CA1"}, answered, NoticeHeard{}})));
  CHECK(after(scene(), {Placed{"CA1"}, answered, NoticeHeard{}}).after.call.status ==
        CallStatus::in_progress);
  CHECK_FALSE(has<BeginRecording>(after(scene(), {Placed{"CA1"}, answered, EndAsked{}, NoticeHeard{}})));
  CHECK_FALSE(has<BeginRecording>(after(scene(), {Placed{"CA1"}, answered, OptedOut{}, NoticeHeard{}})));
  CHECK_FALSE(has<BeginRecording>(after(
      scene(), {Placed{"CA1"}, answered, Ended{.cause = Cause::completed, .at = noon}, NoticeHeard{}})));
}

TEST_CASE("what the carrier says of a recording is noted, after the end of the call too") {
  const Recorded told{"RE1", RecordingState::completed, 7};
  const Step step =
      after(scene(), {Placed{"CA1"}, Answered{noon}, Ended{.cause = Cause::completed, .at = noon}, told});
  CHECK(std::ranges::count(step.effects, Effect(NoteRecording{told})) == 1);
  CHECK(step.after.call.status == CallStatus::completed);
}

TEST_CASE("a rep's leg is joined by any key, once, and is neither an attempt nor handed over again") {
  Scene leg = scene();
  leg.call.kind = CallKind::rep_leg;
  leg.lead.reset();
  for (const CallEvent& key : {CallEvent(Pressed{"5"}), CallEvent(OptedOut{})}) {
    const Step step = after(leg, {Placed{"CA1"}, Answered{noon}, key, key});
    CHECK(std::ranges::count(step.effects, Effect(RepJoined{})) == 1);
    CHECK_FALSE(has<BlockNumber>(step));
    CHECK(step.after.call.joined_at == later);
    CHECK_FALSE(step.after.call.counts);
  }
  const Step busy = after(leg, {Rejected{Rejection::busy, "later"}});
  CHECK(busy.after.call.cause == Cause::undelivered);
  CHECK_FALSE(has<BackInLine>(busy));
  CHECK_FALSE(has<RepJoined>(after(leg, {Placed{"CA1"}, Answered{noon}, EndAsked{}, Pressed{"5"}})));
}

TEST_CASE("a phone is confirmed by its code alone, within three tries, and makes no outcome") {
  Scene check = scene();
  check.call.kind = CallKind::phone_check;
  check.call.code = "0123";
  check.lead.reset();
  const CallEvent right = Pressed{"0123"};
  const CallEvent wrong = Pressed{"0124"};

  CHECK(has<RepJoined>(after(check, {Placed{"CA1"}, Answered{noon}, wrong, wrong, right})));
  CHECK_FALSE(has<RepJoined>(after(check, {Placed{"CA1"}, Answered{noon}, wrong, wrong, wrong, right})));
  CHECK_FALSE(after(check, {Placed{"CA1"}, Answered{noon}, Ended{.cause = Cause::completed, .at = noon}})
                  .after.call.outcome);
  CHECK_FALSE(has<RepJoined>(after(scene(), {Placed{"CA1"}, Answered{noon}, Pressed{""}})));
}

TEST_CASE("a mailbox is told once it listens, unless the call is to end or nothing is to be left") {
  const CallEvent machine = AnswerClassified{AnsweredBy::machine};
  Scene leaving = scene();
  leaving.call.voicemail_message = "Please call back.";

  CHECK(has<TellMailbox>(after(leaving, {Placed{"CA1"}, Answered{noon}, machine})));
  CHECK_FALSE(has<TellMailbox>(after(scene(), {Placed{"CA1"}, Answered{noon}, machine})));
  CHECK_FALSE(
      has<TellMailbox>(after(leaving, {Placed{"CA1"}, Answered{noon}, AnswerClassified{AnsweredBy::human}})));
  CHECK_FALSE(has<TellMailbox>(after(leaving, {Placed{"CA1"}, Answered{noon}, EndAsked{}, machine})));
}

TEST_CASE("a stream that broke says why, and ends nothing") {
  const Step step = after(
      scene(), {Placed{"CA1"}, Answered{noon}, Streamed{"MZ1", StreamState::broken, "31920: no handshake"}});

  CHECK(step.after.call.problem == "its sound broke off: 31920: no handshake");
  CHECK(step.after.call.status == CallStatus::in_progress);
  CHECK_FALSE(after(scene(), {Placed{"CA1"}, Streamed{"MZ1", StreamState::stopped, ""}}).after.call.problem);
}

// 120 orders, 32 sets of events that get lost, 32 that come twice: whatever the carrier tells at the end of
// the day completes what is missing, and every history ends the same.
TEST_CASE("no order, loss or repetition of a call's events changes where it ends") {
  const Ended end{.cause = Cause::completed,
                  .at = noon + 60s,
                  .answered_by = AnsweredBy::machine,
                  .duration_s = 51,
                  .cost_micros = 420};
  const std::array<CallEvent, 5> story = {placed, ringing, answered, AnswerClassified{AnsweredBy::machine},
                                          end};
  const auto tell_the_rest = [&](Scene from) { return after(std::move(from), {placed, end}).after; };
  const Scene straight =
      tell_the_rest(after(scene(), {story[0], story[1], story[2], story[3], story[4]}).after);

  std::array<int, 5> order = {0, 1, 2, 3, 4};
  int histories = 0;
  do {
    for (unsigned marked = 0; marked < 32; ++marked) {
      Scene lossy = scene();
      Scene repeated = scene();
      for (const int i : order) {
        const bool is_marked = (marked >> i & 1) != 0;
        repeated = advance(repeated, story[i], later).after;
        if (is_marked) repeated = advance(repeated, story[i], later).after;
        if (!is_marked) lossy = advance(lossy, story[i], later).after;
      }
      lossy = tell_the_rest(lossy);
      repeated = tell_the_rest(repeated);
      histories += 2;

      for (const Scene* ended_as : {&lossy, &repeated}) {
        REQUIRE(ended_as->call.status == straight.call.status);
        REQUIRE(ended_as->call.outcome == straight.call.outcome);
        REQUIRE(ended_as->call.call_sid == straight.call.call_sid);
        REQUIRE(ended_as->call.cost_micros == straight.call.cost_micros);
        REQUIRE(ended_as->lead == straight.lead);
      }
    }
  } while (std::ranges::next_permutation(order).found);
  CHECK(histories == 2 * 120 * 32);
}
