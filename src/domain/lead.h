// A person or company to call: what people say about them, and what the product knows. One member per column;
// the names that the seeds use for the same thing are read and written beside it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace ringdown {

using LeadId = Id<struct LeadTag>;
using PipelineId = Id<struct PipelineTag>;

enum class LeadStatus {
  pending,
  calling,
  contacted,
  no_answer,
  callback,
  scheduled,
  not_interested,
  wrong_number,
  dnc,
  error
};
BOOST_DESCRIBE_ENUM(LeadStatus, pending, calling, contacted, no_answer, callback, scheduled, not_interested,
                    wrong_number, dnc, error)
template <>
inline constexpr bool keeps_underscores<LeadStatus> = true;

enum class Tier { low, standard, high, premium };
BOOST_DESCRIBE_ENUM(Tier, low, standard, high, premium)

// What people, files and other systems say. A blank text is no text: tidied() takes it out.
struct LeadFields {
  std::string phone;
  std::optional<std::string> extension;
  std::optional<std::string> contact_name;
  std::optional<std::string> company_name;
  std::optional<std::string> email;
  std::optional<std::string> external_id;
  std::optional<PipelineId> pipeline_id;
  LeadStatus status = LeadStatus::pending;
  std::optional<Tier> tier;
  std::vector<std::string> tags;
  std::map<std::string, double> interests;
  std::optional<std::string> city;
  std::optional<std::string> state;
  std::optional<std::string> postal_code;
  std::optional<std::string> country;
  std::optional<double> latitude;
  std::optional<double> longitude;
  std::optional<std::string> timezone;
  std::optional<std::string> notes;

  bool operator==(const LeadFields&) const = default;
};
BOOST_DESCRIBE_STRUCT(LeadFields, (),
                      (phone, extension, contact_name, company_name, email, external_id, pipeline_id, status,
                       tier, tags, interests, city, state, postal_code, country, latitude, longitude,
                       timezone, notes))

inline constexpr std::size_t lead_notes_max = 10000;  // characters

template <>
inline constexpr auto json_rules<LeadFields> = rules_of<LeadFields>(
    field(&LeadFields::phone, length(1, 60), accepting("phone_number"),
          says("with country code, or as it is written in the workspace's region")),
    field(&LeadFields::extension, length(1, 20)),
    field(&LeadFields::contact_name, length(0, 200), also("name")),
    field(&LeadFields::company_name, length(0, 200), accepting("company")),
    field(&LeadFields::email, length(0, 254)),
    field(&LeadFields::external_id, length(0, 200), says("what another system calls this lead")),
    field(&LeadFields::status, also("lead_status"), may_be_missing),
    field(&LeadFields::tier, accepting("value_tier"), says("how much the lead is worth")),
    field(&LeadFields::tags, length(0, 50), each(length(1, 60)), may_be_missing),
    field(&LeadFields::interests, length(0, 50), each(range(0, 1)), may_be_missing,
          says("by service, how much they are interested in it, from 0 to 1")),
    field(&LeadFields::city, length(0, 120)), field(&LeadFields::state, length(0, 120), accepting("region")),
    field(&LeadFields::postal_code, length(0, 20), accepting("zip")),
    field(&LeadFields::country, length(0, 2), says("two letters, such as US")),
    field(&LeadFields::latitude, range(-90, 90)), field(&LeadFields::longitude, range(-180, 180)),
    field(&LeadFields::timezone, length(0, 64), says("such as America/Chicago, where it is known for sure")),
    field(&LeadFields::notes, length(0, lead_notes_max)));

struct Lead : LeadFields {
  LeadId id;
  std::optional<std::string> undialable;
  std::optional<std::string> call_sid;
  int call_attempts = 0;
  std::optional<Time> last_called_at;
  std::optional<Time> next_attempt_at;
  std::optional<std::string> cal_booking_uid;
  bool follow_up_email_sent = false;
  Time created_at;
  Time updated_at;

  bool operator==(const Lead&) const = default;
};
BOOST_DESCRIBE_STRUCT(Lead, (LeadFields),
                      (id, undialable, call_sid, call_attempts, last_called_at, next_attempt_at,
                       cal_booking_uid, follow_up_email_sent, created_at, updated_at))

template <>
inline constexpr auto json_rules<Lead> = rules_of<Lead>(
    json_rules<LeadFields>,
    field(&Lead::undialable, says("why this number is never called; missing where it may be")),
    field(&Lead::call_sid, says("the carrier's id of the latest call")),
    field(&Lead::call_attempts, also("call_count")), field(&Lead::last_called_at, also("last_contacted_at")));

// Texts trimmed, blank ones taken out, tags once each. What breaks a rule that only code can judge is named.
Result<LeadFields> tidied(LeadFields);

// The one form of a name by which leads with the same number are told apart: case, spaces and punctuation
// around it do not matter.
std::string name_key(std::string_view contact_name);

// Those that are not there yet, as long as there is room.
inline constexpr std::size_t lead_tags_max = 50;
void add_tags(std::vector<std::string>& known, const std::vector<std::string>& said);

// A line below what is there already, as long as there is room.
void add_note(Lead&, const std::string& line);

// What a later file or record says about a lead that we know: blank says nothing; tags and interests are
// added to; the status is ours by now.
void merge(LeadFields& known, const LeadFields& said);

}  // namespace ringdown
