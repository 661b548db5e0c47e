// One attempt to reach one number: what is known of it so far. Its status and outcome follow from these facts
// alone (domain/advance), so it does not matter in which order they became known.
#pragma once

#include <optional>
#include <string>

#include "base/enums.h"
#include "base/ids.h"
#include "base/time.h"
#include "domain/access.h"
#include "domain/lead.h"
#include "domain/rules.h"

namespace ringdown {

using CallId = Id<struct CallTag>;
using CampaignId = Id<struct CampaignTag>;
using AccountId = Id<struct AccountTag>;  // of a carrier

// What the carrier is asked for: an attempt to reach somebody, the way to one of ours who talks on it, or a
// call by which one of ours confirms a phone.
enum class CallKind { call, rep_leg, phone_check };
BOOST_DESCRIBE_ENUM(CallKind, call, rep_leg, phone_check)
template <>
inline constexpr bool keeps_underscores<CallKind> = true;

enum class Direction { outbound, inbound };
BOOST_DESCRIBE_ENUM(Direction, outbound, inbound)

enum class CallStatus {
  queued,
  placing,
  ringing,
  in_progress,
  completed,
  no_answer,
  busy,
  failed,
  canceled,
  unknown,  // the carrier was asked, and its answer never came
  refused   // by the gate, where somebody had asked for this very call
};
BOOST_DESCRIBE_ENUM(CallStatus, queued, placing, ringing, in_progress, completed, no_answer, busy, failed,
                    canceled, unknown, refused)
template <>
inline constexpr bool keeps_underscores<CallStatus> = true;

bool is_live(CallStatus);      // may ring or talk, as far as anybody knows
bool is_terminal(CallStatus);  // never changes again

enum class Outcome {
  connected,
  voicemail,
  no_answer,
  busy,
  callback,
  not_interested,
  wrong_number,
  dnc,
  scheduled,
  failed,
  blocked,
  skipped
};
BOOST_DESCRIBE_ENUM(Outcome, connected, voicemail, no_answer, busy, callback, not_interested, wrong_number,
                    dnc, scheduled, failed, blocked, skipped)

enum class Priority { high, normal, low };
BOOST_DESCRIBE_ENUM(Priority, high, normal, low)

// Why a call is over, in the words of PRODUCT.md's table.
enum class Cause {
  completed,
  busy,
  no_answer,
  invalid_number,
  blocked,      // by the carrier or its analytics
  our_fault,    // configuration, funds, permission: nothing was dialed
  undelivered,  // tried to hand it to the carrier often enough: nothing was dialed
  failed,       // after the carrier had accepted it
  not_found,    // its answer was lost, and the carrier knows of no such call
  withdrawn,    // canceled before the carrier was asked
  canceled      // after
};
BOOST_DESCRIBE_ENUM(Cause, completed, busy, no_answer, invalid_number, blocked, our_fault, undelivered,
                    failed, not_found, withdrawn, canceled)

enum class AnsweredBy { unknown, human, machine, screening, fax };
BOOST_DESCRIBE_ENUM(AnsweredBy, unknown, human, machine, screening, fax)

// What a conversation led to, the weightiest last.
enum class Agreement { callback, booked, not_interested, wrong_person, opted_out };
BOOST_DESCRIBE_ENUM(Agreement, callback, booked, not_interested, wrong_person, opted_out)

inline constexpr int wrong_codes_max = 3;  // then a phone has to be asked for anew

// Moments are the machine's, but for attempt_at and callback_at, which are the workspace's calling clock's.
struct Call {
  CallId id;
  std::optional<LeadId> lead_id;
  std::optional<CampaignId> campaign_id;
  std::optional<AccountId> account_id;
  Direction direction = Direction::outbound;
  std::string phone;
  std::optional<std::string> caller_id;
  CallStatus status = CallStatus::queued;
  std::optional<Outcome> outcome;

  Priority priority = Priority::normal;
  Purpose purpose = Purpose::marketing;
  Voice voice = Voice::artificial;
  std::optional<std::string> message;
  std::optional<Time> scheduled_for;
  bool asked_for = false;  // somebody asked for this very call

  std::optional<std::string> call_sid;
  std::optional<Cause> cause;
  std::optional<AnsweredBy> answered_by;
  std::optional<Agreement> agreement;
  std::optional<Time> callback_at;
  std::optional<std::string> problem;

  bool counts = false;  // as an attempt
  std::optional<Time> attempt_at;
  std::optional<LeadStatus> lead_status_before;
  int deliveries = 0;   // times it was claimed, to be handed to the carrier
  int turned_away = 0;  // of these, times the carrier said: not now
  bool lost = false;    // whether the answer to the last one was
  int lookups = 0;      // at the carrier, that found nothing
  bool end_asked = false;
  std::optional<Time> end_sent_at;

  std::optional<Uuid> node;
  std::optional<Time> send_by;      // no request begins later
  std::optional<Time> lease_until;  // when somebody looks what became of it
  std::int64_t reserved_micros = 0;
  std::optional<std::int64_t> cost_micros;
  std::optional<int> duration_s;

  Time created_at;
  std::optional<UserId> created_by;
  std::optional<Time> placing_at;
  std::optional<Time> ringing_at;
  std::optional<Time> answered_at;
  std::optional<Time> ended_at;
  Time updated_at;

  CallKind kind = CallKind::call;
  std::optional<CallId> leg_of;     // of a rep's leg
  std::optional<UserId> rep_id;     // who talks on it, or whose phone it rings
  std::optional<std::string> code;  // the keys that confirm a phone
  int wrong_codes = 0;
  std::optional<Time> joined_at;  // somebody at the rep's phone pressed what they were asked to
  std::optional<std::string> voicemail_message;
  std::optional<Time> mailbox_told_at;  // it was to be left

  bool operator==(const Call&) const = default;
};
BOOST_DESCRIBE_STRUCT(Call, (),
                      (id, lead_id, campaign_id, account_id, direction, phone, caller_id, status, outcome,
                       priority, purpose, voice, message, scheduled_for, asked_for, call_sid, cause,
                       answered_by, agreement, callback_at, problem, counts, attempt_at, lead_status_before,
                       deliveries, turned_away, lost, lookups, end_asked, end_sent_at, node, send_by, lease_until,
                       reserved_micros, cost_micros, duration_s, created_at, created_by, placing_at,
                       ringing_at, answered_at, ended_at, updated_at, kind, leg_of, rep_id, code, wrong_codes,
                       joined_at, voicemail_message, mailbox_told_at))

}  // namespace ringdown
