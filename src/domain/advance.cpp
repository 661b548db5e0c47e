#include "domain/advance.h"

#include <algorithm>

#include "domain/call_facts.h"

namespace ringdown {
namespace {

constexpr Span carrier_block = 24h;
constexpr Span after_lapse = 1s;        // until a request that never began is placed again
constexpr Span after_turned_away = 2s;  // doubled each time

class Advance {
 public:
  Advance(Scene scene, Time now) : scene_(std::move(scene)), call_(scene_.call), before_(call_), now_(now) {}

  Step run(const CallEvent& event) {
    if (call_.status != CallStatus::refused) {
      std::visit([&](const auto& what) { take(what); }, event);
      settle();
    }
    return {std::move(scene_), std::move(effects_)};
  }

 private:
  // ---- what each event tells ----

  void take(const Placed& placed) {
    if (call_.call_sid) return;
    call_.call_sid = placed.sid;
    if (call_.cause) return after_the_end();
    if (is_ours()) add(CarrierHealth{true});
    lease(scene_.ring_lease);
    if (call_.end_asked) add(EndAtCarrier{});
  }

  void take(const Rejected& rejected) {
    if (!awaits_answer()) return;
    call_.problem = rejected.text;
    switch (rejected.why) {
      case Rejection::busy: return turn_away();
      case Rejection::invalid_number: return end(Cause::invalid_number, now_);
      case Rejection::blocked: return end(Cause::blocked, now_);
      case Rejection::failed: return end(Cause::failed, now_);
      case Rejection::our_fault: break;
    }
    end(Cause::our_fault, now_);
    add(CarrierHealth{false});
    add(StopCampaign{rejected.text});
  }

  void take(const Lost& lost) {
    if (!awaits_answer()) return;
    call_.problem = lost.text;
    add(CarrierHealth{false});
    lose();
  }

  void take(const LeaseExpired&) {
    if (is_nameless() && !call_.lost) lose();
  }

  void take(const NotSent& lapsed) {
    if (awaits_answer() && call_.deliveries == lapsed.delivery) back_in_line(after_lapse);
  }

  void take(const NotFound&) {
    if (!is_nameless()) return;
    if (call_.lease_until && now_ < *call_.lease_until) return;  // another node looked at the same time
    if (++call_.lookups >= scene_.lookups_max) return end(Cause::not_found, now_);
    lease(scene_.lookup_every);
  }

  void take(const Ringing& ringing) {
    if (!was_placed() || call_.ringing_at) return;
    call_.ringing_at = ringing.at;
    if (call_.cause) return after_the_end();
    if (!call_.answered_at) lease(scene_.ring_lease);
    if (call_.end_asked) add(RangLate{});
  }

  void take(const Answered& answered) {
    if (!was_placed() || call_.answered_at) return;
    call_.answered_at = answered.at;
    if (call_.cause) return after_the_end();
    lease(scene_.talk_lease);
  }

  void take(const AnswerClassified& classified) {
    if (!was_placed()) return;
    classify(classified.who);
    const bool listens = call_.answered_by == AnsweredBy::machine && !call_.cause && !call_.end_asked;
    if (listens && call_.voicemail_message && !call_.mailbox_told_at) add(TellMailbox{});
  }

  void take(const CallbackAsked& asked) {
    if (agree(Agreement::callback)) call_.callback_at = asked.at;
  }
  void take(const Booked&) { agree(Agreement::booked); }
  void take(const Declined&) { agree(Agreement::not_interested); }
  void take(const WrongPerson&) { agree(Agreement::wrong_person); }
  void take(const OptedOut&) {
    if (is_rep_leg()) return join();  // any key will do, and they work here
    if (agree(Agreement::opted_out) && !call_.phone.empty()) add(BlockNumber{});
  }

  void take(const Pressed& pressed) {
    if (is_rep_leg()) return join();
    if (call_.kind != CallKind::phone_check || call_.wrong_codes == wrong_codes_max) return;
    if (pressed.keys == call_.code) return join();
    ++call_.wrong_codes;
  }

  void take(const Ended& ended) {
    if (!was_placed()) return;
    if (ended.answered_by) classify(*ended.answered_by);
    if (!call_.duration_s) call_.duration_s = ended.duration_s;
    if (!call_.cost_micros) call_.cost_micros = ended.cost_micros;
    if (call_.cause) return;
    if (!ended.problem.empty()) call_.problem = ended.problem;
    end(ended.cause, ended.at);
  }

  void take(const EndAsked& asked) {
    if (call_.cause || call_.end_asked) return;
    call_.end_asked = true;
    if (!asked.why.empty() && !call_.answered_at) call_.problem = asked.why;
    if (!was_placed()) return end(Cause::withdrawn, now_);
    if (call_.call_sid) add(EndAtCarrier{});
  }

  void take(const NoticeHeard&) {
    const bool is_wanted = !call_.cause && !call_.end_asked && call_.agreement != Agreement::opted_out;
    if (was_placed() && is_wanted) add(BeginRecording{});
  }

  void take(const MessageHeard&) {}

  void take(const Recorded& told) {
    if (was_placed()) add(NoteRecording{told});
  }

  void take(const Streamed& told) {
    const bool tells_why = was_placed() && told.state == StreamState::broken && !call_.problem;
    if (tells_why) call_.problem = "its sound broke off: " + told.problem;
  }

  // ---- what they do to the call ----

  bool is_ours() const { return call_.direction == Direction::outbound; }
  bool is_rep_leg() const { return call_.kind == CallKind::rep_leg; }
  bool was_placed() const { return call_.placing_at.has_value(); }
  bool is_nameless() const { return was_placed() && !call_.cause && !call_.call_sid; }
  bool awaits_answer() const { return is_nameless() && !call_.ringing_at && !call_.answered_at; }

  void end(Cause cause, Time at) {
    call_.cause = cause;
    call_.ended_at = at;
    call_.lease_until.reset();
    if (cause == Cause::blocked && is_ours()) add(HoldNumber{carrier_block});
  }

  // It was given up, and then the carrier spoke of it after all.
  void after_the_end() {
    if (call_.cause != Cause::not_found) return;
    add(RangLate{});
    if (call_.call_sid) add(EndAtCarrier{});
  }

  void join() {
    if (!was_placed() || call_.cause || call_.joined_at) return;
    call_.joined_at = now_;
    if (!call_.end_asked) add(RepJoined{});
  }

  void lose() {
    call_.lost = true;
    lease(scene_.lookup_every);
  }

  void turn_away() {
    add(CarrierHealth{false});
    if (call_.end_asked) return end(Cause::withdrawn, now_);
    if (++call_.turned_away >= scene_.deliveries_max) return end(Cause::undelivered, now_);
    back_in_line(after_turned_away * (1 << call_.turned_away));
  }

  void back_in_line(Span after) {
    if (call_.end_asked) return end(Cause::withdrawn, now_);
    if (is_rep_leg()) return end(Cause::undelivered, now_);  // its call asks for another one
    call_.placing_at.reset();
    call_.lease_until.reset();
    call_.send_by.reset();
    call_.lost = false;
    call_.lookups = 0;
    add(BackInLine{after});
  }

  void classify(AnsweredBy who) {
    if (!call_.answered_by || call_.answered_by == AnsweredBy::unknown) call_.answered_by = who;
  }

  bool agree(Agreement agreement) {
    if (!was_placed() || (call_.agreement && *call_.agreement >= agreement)) return false;
    call_.agreement = agreement;
    return true;
  }

  void lease(Span span) { call_.lease_until = now_ + span; }
  void add(Effect effect) { effects_.push_back(std::move(effect)); }

  // ---- what follows ----

  void settle() {
    if (call_ == before_ && effects_.empty()) return;
    call_.updated_at = now_;
    call_.status = status_of(call_);
    call_.outcome = outcome_of(call_);
    call_.counts = counts_as_attempt(call_);
    settle_budget();
    if (scene_.lead) settle_lead(*scene_.lead);
  }

  void settle_budget() {
    const Settle settle{reserved_by(before_) - reserved_by(call_), charged_by(call_) - charged_by(before_)};
    if (settle != Settle{}) add(settle);
  }

  // Who calls us is where our own calls put them, unless they say that there shall be no more.
  void settle_caller(Lead& lead) {
    if (!before_.call_sid && call_.call_sid) link(lead);
    if (call_.agreement != Agreement::opted_out || lead.status == LeadStatus::dnc) return;
    lead.status = LeadStatus::dnc;
    lead.next_attempt_at.reset();
    add(LeadMoved{});
  }

  // Only its latest call moves a lead, and only from where that call had put it: what people set stays.
  void settle_lead(Lead& lead) {
    if (!is_ours()) return settle_caller(lead);
    if (!before_.attempt_at || lead.last_called_at != before_.attempt_at) return;
    const LeadStatus given = lead_status_of(before_, scene_.policy, lead.call_attempts);
    if (before_.counts && !call_.counts) --lead.call_attempts;
    if (!before_.call_sid && call_.call_sid) link(lead);
    if (lead.status != given) return;
    lead.status = lead_status_of(call_, scene_.policy, lead.call_attempts);
    if (!is_live(call_.status)) lead.next_attempt_at = next_attempt_of(lead);
    if (!is_live(call_.status) || lead.status != given) add(LeadMoved{});
  }

  // When the carrier names the call, and never again: what people link later stays.
  void link(Lead& lead) const {
    lead.call_sid = call_.call_sid;
    add_note(lead, is_ours() ? "Outbound call " + *call_.call_sid + " initiated"
                             : "Inbound call " + *call_.call_sid + " received");
  }

  std::optional<Time> next_attempt_of(const Lead& lead) const {
    const bool waits = lead.status == LeadStatus::pending || lead.status == LeadStatus::callback;
    return waits ? next_attempt(scene_.policy, call_) : std::nullopt;
  }

  Scene scene_;
  Call& call_;
  const Call before_;
  const Time now_;
  std::vector<Effect> effects_;
};

}  // namespace

Step advance(Scene scene, const CallEvent& event, Time now) {
  return Advance(std::move(scene), now).run(event);
}

}  // namespace ringdown
