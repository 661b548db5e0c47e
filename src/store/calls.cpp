#include "store/calls.h"

#include "ports/row_writer.h"
#include "store/sql.h"

namespace ringdown::store {
namespace {

constexpr int under_way_max = 1000;

Uuid last_uuid() {
  Uuid last;
  last.bytes.fill(0xff);
  return last;
}

std::vector<Values> rows(std::span<const std::string> phones) {
  std::vector<Values> all;
  for (const std::string& phone : phones) all.push_back({phone});
  return all;
}

std::vector<PhoneMoment> moments(Tx& tx, const Statement& statement, std::span<const Values> asked) {
  std::vector<PhoneMoment> found;
  if (asked.empty()) return found;
  tx.run_set(statement, asked, [&](const Row& row) {
    found.push_back({std::string(row.text(0)), read_value<std::optional<Time>>(row, 1)});
  });
  return found;
}

}  // namespace

void take_turn(Tx& tx) {
  tx.run(sql::take_turn);
}

void save_call(Tx& tx, const Call& call) {
  tx.send(sql::save_call, values_of(call));
}

std::optional<Call> find_call(Tx& tx, CallId id) {
  return tx.row<Call>(sql::call_by_id, {id});
}

std::optional<Call> call_to_change(Tx& tx, CallId id) {
  return tx.row<Call>(sql::call_to_change, {id});
}

std::optional<Call> call_by_sid(Tx& tx, const std::string& sid) {
  return tx.row<Call>(sql::call_by_sid, {sid});
}

std::vector<Call> calls_page(Tx& tx, const CallFilter& filter, std::optional<CallId> behind, int limit) {
  const Uuid end = behind ? behind->value : last_uuid();
  return tx.rows<Call>(sql::calls_page,
                       {end, filter.lead, filter.campaign, filter.status, filter.outcome, limit});
}

std::vector<Call> legs_of(Tx& tx, CallId id) {
  return tx.rows<Call>(sql::legs_of_call, {id});
}

std::vector<Call> calls_to_look_after(Tx& tx, Time now, int limit) {
  return tx.rows<Call>(sql::calls_to_look_after, {now, limit});
}

std::optional<Time> next_lease(Tx& tx) {
  return tx.row<Time>(sql::next_lease);
}

std::vector<Call> calls_to_end(Tx& tx, Time not_sent_since, int limit) {
  return tx.rows<Call>(sql::calls_to_end, {not_sent_since, limit});
}

std::vector<Call> mailboxes_to_tell(Tx& tx, int limit) {
  return tx.rows<Call>(sql::mailboxes_to_tell, {limit});
}

std::vector<Call> requests_under_way(Tx& tx, Time now) {
  return tx.rows<Call>(sql::requests_under_way, {now});
}

std::int64_t expire_requests(Tx& tx, const Uuid& node, Time now) {
  return tx.run(sql::expire_requests, {node, now});
}

std::vector<Call> calls_to_stop(Tx& tx, CampaignId campaign) {
  return tx.rows<Call>(sql::calls_of_campaign_to_stop, {campaign});
}

std::vector<Call> calls_to_stop(Tx& tx, std::span<const std::string> phones) {
  std::vector<Call> found;
  if (phones.empty()) return found;
  tx.run_set(sql::calls_of_phones_to_stop, rows(phones),
             [&](const Row& row) { found.push_back(read_row<Call>(row)); });
  return found;
}

std::vector<LiveCalls> live_calls(Tx& tx) {
  return tx.rows<LiveCalls>(sql::live_calls);
}

std::vector<PhoneMoment> attempts_of(Tx& tx, std::span<const std::string> phones, Time since) {
  std::vector<Values> asked;
  for (const std::string& phone : phones) asked.push_back({phone, since});
  return moments(tx, sql::attempts_of_phones, asked);
}

std::vector<PhoneMoment> last_attempts_of(Tx& tx, std::span<const std::string> phones) {
  return moments(tx, sql::last_attempts_of_phones, rows(phones));
}

std::vector<PhoneMoment> live_calls_of(Tx& tx, std::span<const std::string> phones) {
  return moments(tx, sql::live_calls_of_phones, rows(phones));
}

std::vector<PhoneMoment> held(Tx& tx, std::span<const std::string> phones) {
  return moments(tx, sql::held_phones, rows(phones));
}

std::vector<std::string> blocked(Tx& tx, std::span<const std::string> phones) {
  std::vector<std::string> found;
  if (phones.empty()) return found;
  tx.run_set(sql::dnc_of_phones, rows(phones),
             [&](const Row& row) { found.push_back(read_row<std::string>(row)); });
  return found;
}

std::vector<PhoneConsent> consents_of(Tx& tx, std::span<const std::string> phones) {
  std::vector<PhoneConsent> found;
  if (phones.empty()) return found;
  tx.run_set(sql::consents_of_phones, rows(phones),
             [&](const Row& row) { found.push_back(read_row<PhoneConsent>(row)); });
  return found;
}

NumberUse use_of_number(Tx& tx, const std::string& caller_id, Time since) {
  return tx.row<NumberUse>(sql::use_of_number, {caller_id, since}).value();
}

void hold_number(Tx& tx, const std::string& phone, Time until) {
  tx.send(sql::hold_number, {phone, until});
}

bool note_event(Tx& tx, const CallEventRecord& event) {
  return tx.run(sql::note_event, values_of(event)) == 1;
}

std::vector<CallEventRecord> events_of(Tx& tx, CallId call, Uuid behind, int limit) {
  return tx.rows<CallEventRecord>(sql::events_of_call, {call, behind, limit});
}

void add_decisions(Tx& tx, std::span<const DecisionRecord> decisions) {
  if (!decisions.empty()) tx.run_set(sql::add_decisions, rows_of(decisions), [](const Row&) {});
}

std::optional<DecisionRecord> decision_before(Tx& tx, LeadId lead, Time calling_at) {
  return tx.row<DecisionRecord>(sql::decision_before, {lead, calling_at});
}

std::vector<DecisionRecord> decisions_of(Tx& tx, CallId call) {
  return tx.rows<DecisionRecord>(sql::decisions_of_call, {call, under_way_max});
}

void move_lead(Tx& tx, const Lead& lead) {
  tx.send(sql::move_lead, {lead.id, lead.status, lead.call_sid, lead.call_attempts, lead.last_called_at,
                           lead.next_attempt_at, lead.notes, lead.updated_at});
}

std::optional<CallingClock> find_calling_clock(Tx& tx) {
  return tx.row<CallingClock>(sql::calling_clock);
}

CallingClock calling_clock(Tx& tx) {
  return find_calling_clock(tx).value_or(CallingClock{});
}

void set_calling_clock(Tx& tx, const CallingClock& clock) {
  tx.run(sql::set_calling_clock, values_of(clock));
}

}  // namespace ringdown::store
