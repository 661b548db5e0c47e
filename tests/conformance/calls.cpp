// The scenarios about calls: what is known of them, who waits for one, and the campaigns they belong to.
#include "store/calls.h"

#include <doctest/doctest.h>

#include "base/json.h"
#include "store/campaigns.h"
#include "store/consents.h"
#include "store/due.h"
#include "store/line.h"
#include "store/people.h"
#include "store/rep_phones.h"
#include "tests/conformance/history.h"
#include "tests/conformance/leads.h"

namespace ringdown::test {
namespace {

CallId call_id(std::uint64_t n) {
  return nth<CallTag>(n);
}

Call bare_call(std::uint64_t n, CallStatus status = CallStatus::queued) {
  Call call;
  call.id = call_id(n);
  call.phone = number(n);
  call.status = status;
  call.created_at = call.updated_at = tuesday + std::chrono::seconds(n);
  return call;
}

Call placed_call(std::uint64_t n, CallStatus status, std::uint64_t of_number) {
  Call call = bare_call(n, status);
  call.phone = number(of_number);
  call.lead_id = lead_id(of_number);
  call.campaign_id = nth<CampaignTag>(7);
  call.account_id = nth<AccountTag>(8);
  call.counts = true;
  call.attempt_at = tuesday + std::chrono::minutes(n);
  call.placing_at = tuesday + std::chrono::minutes(n);
  call.send_by = tuesday + std::chrono::minutes(n) + 2s;
  call.lease_until = tuesday + std::chrono::hours(n);
  return call;
}

Call whole_call(std::uint64_t n) {
  Call call = placed_call(n, CallStatus::completed, n);
  call.direction = Direction::inbound;
  call.caller_id = number(99);
  call.outcome = Outcome::not_interested;
  call.priority = Priority::high;
  call.purpose = Purpose::information;
  call.voice = Voice::human;
  call.message = "hello \"{name}\" \\ ünï";
  call.scheduled_for = tuesday;
  call.asked_for = true;
  call.call_sid = "CA-whole";
  call.cause = Cause::completed;
  call.answered_by = AnsweredBy::machine;
  call.agreement = Agreement::not_interested;
  call.callback_at = tuesday + 1us;
  call.problem = "none";
  call.lead_status_before = LeadStatus::no_answer;
  call.deliveries = 2;
  call.turned_away = 1;
  call.lost = true;
  call.lookups = 3;
  call.end_asked = true;
  call.end_sent_at = tuesday;
  call.node = nth<struct NodeTag>(4).value;
  call.reserved_micros = 5'000'000'000;
  call.cost_micros = 1;
  call.duration_s = 61;
  call.ringing_at = call.answered_at = call.ended_at = tuesday;
  call.wrong_codes = 2;
  call.joined_at = tuesday + 2us;
  return call;
}

Call leg_of(std::uint64_t n, std::uint64_t of) {
  Call leg = bare_call(n);
  leg.kind = CallKind::rep_leg;
  leg.leg_of = call_id(of);
  leg.rep_id = nth<UserTag>(1);
  leg.code = "0123";
  return leg;
}

template <class T>
void note_all(History& history, const char* what, const std::vector<T>& things) {
  history.note("{}: {}", what, write_json(things));
}

std::string sorted(std::vector<store::PhoneMoment> moments) {
  std::ranges::sort(moments, {}, [](const auto& one) { return std::pair(one.phone, one.at); });
  std::string text;
  for (const auto& [phone, at] : moments) text += phone + " " + shown(at) + "; ";
  return text;
}

void note_numbers(Tx& tx, History& history) {
  const std::vector<std::string> phones{number(1), number(2), number(3), number(4)};
  history.note("attempts {}", sorted(store::attempts_of(tx, phones, tuesday + 2min)));
  history.note("last {}", sorted(store::last_attempts_of(tx, phones)));
  history.note("live {}", sorted(store::live_calls_of(tx, phones)));
  for (const Time since : {tuesday, tuesday + 1min, tuesday + 1h}) {
    history.note("of {}: {}", number(99), write_json(store::use_of_number(tx, number(99), since)));
  }
  store::hold_number(tx, number(2), tuesday + 24h);
  store::hold_number(tx, number(2), tuesday + 1h);
  history.note("held {}", sorted(store::held(tx, phones)));
  const store::BlockedNumber blocked{
      .phone = number(3), .source = "manual", .reason = {}, .added_at = tuesday, .added_by = {}};
  store::block_numbers(tx, std::span(&blocked, 1));
  note_all(history, "blocked", store::blocked(tx, phones));
  store::Consent consent;
  consent.id = nth<ConsentTag>(1);
  consent.phone = number(1);
  consent.given_at = consent.created_at = tuesday;
  store::add_consents(tx, std::span(&consent, 1));
  note_all(history, "consents", store::consents_of(tx, phones));
}

LinePlace place(std::uint64_t n, LaneId lane) {
  return {.lane = lane,
          .subject = lead_id(n).value,
          .lead_id = lead_id(n),
          .call_id = {},
          .phone = number(n),
          .state = LineState::waiting,
          .rank = 1,
          .turn = tuesday,
          .ready_at = tuesday + std::chrono::minutes(n),
          .rule = "gap"};
}

void note_line(Tx& tx, History& history, LaneId lane) {
  for (const auto& count : store::line_counts(tx, lane)) history.note("{}", write_json(count));
  note_all(history, "ready", store::ready_in_line(tx, lane, 10));
  history.note("next {}", shown(store::next_in_line(tx)));
}

void note_dues(Tx& tx, History& history) {
  const auto note = [&](const char* what) {
    history.note("{}: {}", what, shown(tx.row<Time>(sql::due_at, {store::dial_work})));
  };
  store::make_due_by(tx, store::dial_work, tuesday + 1h);
  store::make_due_by(tx, store::dial_work, tuesday + 2h);
  note("an earlier moment stays");
  store::make_due_at(tx, store::dial_work, tuesday + 3h);
  note("nobody took it, so it stays");
  history.note("taken too early {}", store::take_due(tx, store::dial_work, tuesday, tuesday + 2h));
  history.note("taken {}", store::take_due(tx, store::dial_work, tuesday + 1h, tuesday + 2h));
  note("somebody took it");
  store::make_due_by(tx, store::dial_work, tuesday + 3h);
  note("due again after the lease");
  store::make_due_by(tx, store::dial_work, tuesday + 90min);
  note("said while it is taken");
  store::make_due_at(tx, store::dial_work, tuesday + 4h);
  note("the round's end");
  store::make_due_at(tx, store::dial_work, {});
  note("the end of a round that has ended");
  store::take_due(tx, store::dial_work, tuesday + 4h, tuesday + 5h);
  store::make_due_at(tx, store::dial_work, {});
  note("nothing waits");
}

Campaign campaign(std::uint64_t n, const std::string& name) {
  Campaign campaign;
  campaign.id = nth<CampaignTag>(n);
  campaign.rules.name = name;
  campaign.created_at = campaign.updated_at = tuesday;
  return campaign;
}

}  // namespace

void calls(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  await(db.write(clinic, [&](Tx& tx) {
    store::take_turn(tx);
    store::take_turn(tx);
    store::save_call(tx, whole_call(9));
    history.note("{}", write_json(*store::find_call(tx, call_id(9))));
    store::save_call(tx, placed_call(1, CallStatus::placing, 1));
    store::save_call(tx, placed_call(2, CallStatus::unknown, 2));
    store::save_call(tx, placed_call(3, CallStatus::in_progress, 3));
    store::save_call(tx, placed_call(4, CallStatus::busy, 1));
    store::save_call(tx, bare_call(5));
    Call ending = placed_call(3, CallStatus::in_progress, 3);
    ending.call_sid = "CA3";
    ending.end_asked = true;
    store::save_call(tx, ending);
    history.note("locked {}", store::call_to_change(tx, call_id(3))->call_sid.value());
    history.note("by sid {}", ringdown::to_text(store::call_by_sid(tx, "CA3")->id));
    history.note("no sid {}", shown(store::call_by_sid(tx, "CA4").has_value()));
    history.note("page {}", ids_of(store::calls_page(tx, {}, {}, 3)));
    history.note("behind {}", ids_of(store::calls_page(tx, {}, call_id(3), 3)));
    history.note("of lead {}", ids_of(store::calls_page(tx, {.lead = lead_id(1)}, {}, 9)));
    history.note(
        "of campaign {}",
        ids_of(store::calls_page(tx, {.campaign = nth<CampaignTag>(7), .status = CallStatus::busy}, {}, 9)));
    history.note("of outcome {}", ids_of(store::calls_page(tx, {.outcome = Outcome::not_interested}, {}, 9)));
    history.note("look after {}", ids_of(store::calls_to_look_after(tx, tuesday + 2h, 9)));
    history.note("lease {}", shown(store::next_lease(tx)));
    history.note("end {}", ids_of(store::calls_to_end(tx, tuesday, 9)));
    Call mailbox = placed_call(6, CallStatus::in_progress, 6);
    mailbox.call_sid = "CA6";
    mailbox.answered_by = AnsweredBy::machine;
    mailbox.voicemail_message = "Call back.";
    store::save_call(tx, mailbox);
    history.note("tell {}", ids_of(store::mailboxes_to_tell(tx, 9)));
    mailbox.mailbox_told_at = tuesday;
    store::save_call(tx, mailbox);
    history.note("told {}", ids_of(store::mailboxes_to_tell(tx, 9)));
    history.note("under way {}", ids_of(store::requests_under_way(tx, tuesday + 1min)));
    history.note("none {}", ids_of(store::requests_under_way(tx, tuesday + 2min)));
    history.note("expired {}", store::expire_requests(tx, nth<struct NodeTag>(4).value, tuesday));
    history.note("stop {}", sorted_ids(store::calls_to_stop(tx, nth<CampaignTag>(7))));
    history.note("stop {}", ids_of(store::calls_to_stop(tx, std::vector{number(5)})));
    for (const auto& live : store::live_calls(tx)) history.note("live {}", write_json(live));
    note_numbers(tx, history);
  }));
  await(db.read(agency, [&](Tx& tx) {
    history.note("others see {}", store::calls_page(tx, {}, {}, 9).size());
    history.note("others find {}", shown(store::find_call(tx, call_id(9)).has_value()));
  }));
  try {
    await(db.write(clinic, [&](Tx& tx) { store::save_call(tx, placed_call(6, CallStatus::ringing, 1)); }));
  } catch (const Breakage&) {
    history.note("one live call per number");
  }
}

void legs(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const UserId ann = nth<UserTag>(1);
  await(db.instance([&](Tx& tx) { store::add_user(tx, {ann, "ann@example.com", "Ann", {}, tuesday, {}}); }));
  await(db.write(clinic, [&](Tx& tx) {
    store::save_call(tx, bare_call(1));
    store::save_call(tx, leg_of(2, 1));
    store::save_call(tx, leg_of(3, 1));
    store::save_call(tx, leg_of(4, 9));
    note_all(history, "legs", store::legs_of(tx, call_id(1)));
    history.note("page {}", ids_of(store::calls_page(tx, {}, {}, 9)));

    store::save_rep_phone(
        tx,
        {.user_id = ann, .phone = number(1), .call_id = call_id(5), .asked_at = tuesday, .confirmed_at = {}});
    history.note("another call {}", shown(store::confirm_rep_phone(tx, ann, call_id(6), tuesday + 1s)));
    history.note("confirmed {}", shown(store::confirm_rep_phone(tx, ann, call_id(5), tuesday + 1s)));
    history.note("twice {}", shown(store::confirm_rep_phone(tx, ann, call_id(5), tuesday + 2s)));
    history.note("{}", write_json(*store::find_rep_phone(tx, ann)));
    store::save_rep_phone(
        tx,
        {.user_id = ann, .phone = number(2), .call_id = call_id(7), .asked_at = tuesday, .confirmed_at = {}});
    history.note("{}", write_json(*store::find_rep_phone(tx, ann)));
    history.note("forgotten {}", shown(store::forget_rep_phone(tx, ann)));
    history.note("again {}", shown(store::forget_rep_phone(tx, ann)));
    history.note("found {}", shown(store::find_rep_phone(tx, ann).has_value()));
  }));
}

void call_records(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  await(db.write(clinic, [&](Tx& tx) {
    const auto event = [&](std::uint64_t n, std::optional<std::string> key) {
      return store::note_event(tx, {.id = nth<struct EventTag>(n).value,
                                    .call_id = call_id(1),
                                    .key = std::move(key),
                                    .kind = "ringing",
                                    .body = {R"({"at":"x"})"},
                                    .at = tuesday});
    };
    history.note("{} {} {} {}", shown(event(1, "a")), shown(event(2, "a")), shown(event(3, {})),
                 shown(event(4, {})));
    for (const auto& one : store::events_of(tx, call_id(1), {}, 2))
      history.note("{} {}", one.kind, one.key.value_or("-"));
    store::DecisionRecord decision{.id = nth<struct DecisionTag>(1).value,
                                   .lead_id = lead_id(1),
                                   .call_id = {},
                                   .lane = asked_lane,
                                   .decision = Decision::defer,
                                   .until = tuesday + 1h,
                                   .rule = "gap",
                                   .says = "later",
                                   .rulebook = "us",
                                   .calling_at = tuesday,
                                   .at = tuesday};
    store::DecisionRecord second = decision;
    second.id = nth<struct DecisionTag>(2).value;
    second.call_id = call_id(1);
    second.calling_at = tuesday + 1h;
    const std::vector both{decision, second};
    store::add_decisions(tx, both);
    store::add_decisions(tx, {});
    history.note("{}", write_json(*store::decision_before(tx, lead_id(1), tuesday + 59min)));
    history.note("{}", ringdown::to_text(store::decision_before(tx, lead_id(1), tuesday + 1h)->id));
    history.note("{}", shown(store::decision_before(tx, lead_id(1), tuesday - 1us).has_value()));
    note_all(history, "of the call", store::decisions_of(tx, call_id(1)));

    Lead lead = filled_lead(1, "x");
    store::add_leads(tx, std::span(&lead, 1));
    lead.status = LeadStatus::contacted;
    lead.call_sid = "CA1";
    lead.notes = "x\nOutbound call CA1 initiated";
    lead.call_attempts = 2;
    lead.last_called_at = tuesday;
    lead.next_attempt_at = tuesday + 1h;
    store::move_lead(tx, lead);
    history.note("{}", write_json(*store::find_lead(tx, lead.id)));

    history.note("{}", write_json(store::calling_clock(tx)));
    store::set_calling_clock(tx, {tuesday, tuesday + 24h, 60});
    store::set_calling_clock(tx, {tuesday, tuesday + 48h, 1.5});
    history.note("{}", write_json(store::calling_clock(tx)));
  }));
}

void line(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const LaneId lane = lane_of(nth<CampaignTag>(7));
  await(db.write(clinic, [&](Tx& tx) {
    std::vector<Lead> all;
    for (const std::uint64_t n : {1, 2, 3, 4}) all.push_back(bare_lead(n));
    all[1].status = LeadStatus::contacted;
    store::add_leads(tx, all);
    const auto page = store::leads_to_line_up(tx, {}, {}, 2);
    note_all(history, "line up", page);
    note_all(history, "then", store::leads_to_line_up(tx, page.back().id, {}, 2));
    history.note("of a pipeline {}", store::leads_to_line_up(tx, {}, nth<PipelineTag>(1), 2).size());
    store::line_up(tx, store::LineUp::newcomers, lane, 1, page, tuesday);
    store::line_up(tx, store::LineUp::newcomers, lane, 3, page, tuesday + 3h);
    note_line(tx, history, lane);
    store::line_up(tx, store::LineUp::everybody, lane, 2, page, tuesday + 1h);
    note_line(tx, history, lane);

    LinePlace asked = place(4, asked_lane);
    asked.call_id = call_id(4);
    store::put_in_line(tx, asked);
    asked.state = LineState::ready;
    store::put_in_line(tx, asked);
    history.note("{}", write_json(*store::place_of_call(tx, call_id(4))));
    note_all(history, "due", store::due_in_line(tx, tuesday + 1h, 10));
    LinePlace first = place(1, lane);
    first.state = LineState::ready;
    LinePlace third = place(3, lane);
    third.state = LineState::refused;
    const std::vector moved{first, third};
    store::move_places(tx, moved);
    note_line(tx, history, lane);
    history.note("ahead {}", store::places_ahead(tx, place(3, lane)));
    const std::vector<std::string> phones{number(3), number(3), number(9)};
    store::wake_phones(tx, phones, tuesday + 5h);
    note_line(tx, history, lane);
    store::move_lead_in_line(tx, lead_id(1), LineState::done, tuesday + 6h, tuesday + 1s);
    store::leave_line(tx, asked_lane, asked.subject);
    history.note("left {}", shown(store::place_of_call(tx, call_id(4)).has_value()));
    note_line(tx, history, lane);

    note_dues(tx, history);
  }));
}

void campaigns(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  await(db.write(clinic, [&](Tx& tx) {
    Campaign first = campaign(1, "spring \"sale\"");
    first.is_default = true;
    Campaign second = campaign(2, "recall");
    second.rules.priority = Priority::high;
    second.rules.hours = HoursByDay{{"monday", "09:00-17:00"}};
    second.rules.budget = 12.5;
    history.note("{} {}", shown(store::add_campaign(tx, first)), shown(store::add_campaign(tx, second)));
    Campaign again = campaign(3, "another default");
    again.is_default = true;
    history.note("{}", shown(store::add_campaign(tx, again)));
    history.note("{}", store::default_campaign(tx)->rules.name);
    first.state = second.state = CampaignState::running;
    store::save_campaign(tx, first);
    store::save_campaign(tx, second);
    history.note("running {}", ids_of(store::running_campaigns(tx, 9)));
    history.note("page {}", ids_of(store::campaigns_page(tx, first.id, 9)));
    store::settle_campaign(tx, second.id, 1000, 0);
    store::settle_campaign(tx, second.id, -400, 300);
    history.note("stopped {}", shown(store::stop_campaign(tx, second.id, "no funds", tuesday + 1h)));
    history.note("again {}", shown(store::stop_campaign(tx, second.id, "no funds", tuesday + 1h)));
    const Campaign found = store::campaign_to_change(tx, second.id).value();
    history.note("{} {} {} {} {}", ringdown::to_text(found.state), found.problem.value(),
                 found.reserved_micros, found.spent_micros, write_json(found.rules));
    history.note("{}", shown(store::find_campaign(tx, nth<CampaignTag>(9)).has_value()));
    history.note("planned {}", shown(store::planned_to(tx, first.id)));
    store::plan_from(tx, first.id, lead_id(5));
    history.note("planned {}", shown(store::planned_to(tx, first.id)));
    store::plan_from(tx, first.id, {});
    history.note("planned {}", shown(store::planned_to(tx, first.id)));

    Account account{.id = nth<AccountTag>(1),
                    .kind = "twilio",
                    .name = "main",
                    .caller_ids = {number(1)},
                    .paused_until = {}};
    store::add_account(tx, account);
    account.name = "renamed";
    account.live_calls_max = 20;
    account.number_calls_an_hour = 30;
    store::save_account(tx, account);
    account.next_send_at = tuesday + 1s;
    store::pace_account(tx, account);
    account.troubles = 2;
    account.pauses = 1;
    account.paused_until = tuesday + 1h;
    store::save_health(tx, account);
    note_all(history, "accounts", store::accounts(tx));
  }));
}

}  // namespace ringdown::test
