// Which column of a file says what about a lead: guessed from the headers, set by people, kept with an
// import.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace ringdown {

enum class LeadColumn {
  phone,
  other_phone,  // taken where `phone` is blank or cannot be read; any number of these, from left to right
  extension,
  contact_name,
  first_name,
  last_name,
  company_name,
  email,
  external_id,
  pipeline,
  status,
  tier,
  tags,
  interests,  // botox:0.8; filler:0.5
  interest,   // in one service, which is named beside it
  city,
  state,
  postal_code,
  country,
  latitude,
  longitude,
  timezone,
  notes,
  consent_text,
  consent_at,
  consent_method,
  consent_scope,
  consent_written,
  consent_ai_named,
  consent_proof
};
BOOST_DESCRIBE_ENUM(LeadColumn, phone, other_phone, extension, contact_name, first_name, last_name,
                    company_name, email, external_id, pipeline, status, tier, tags, interests, interest, city,
                    state, postal_code, country, latitude, longitude, timezone, notes, consent_text,
                    consent_at, consent_method, consent_scope, consent_written, consent_ai_named,
                    consent_proof)
template <>
inline constexpr bool keeps_underscores<LeadColumn> = true;

struct MappedColumn {
  std::string
      header;  // as the file has it; "column 3" where it is blank, "Phone (column 3)" where it is taken
  std::optional<LeadColumn> column;    // nothing: left out
  std::optional<std::string> service;  // of an interest

  bool operator==(const MappedColumn&) const = default;
};
BOOST_DESCRIBE_STRUCT(MappedColumn, (), (header, column, service))

struct LeadMapping {
  std::vector<MappedColumn> columns;  // as they stand in the file

  bool operator==(const LeadMapping&) const = default;
};
BOOST_DESCRIBE_STRUCT(LeadMapping, (), (columns))

// What somebody wants instead of the guess: header → column word ("phone", "interest:botox"), null to leave
// the column out. A header is written as in the file, or as MappedColumn names it.
using WantedColumns = std::map<std::string, std::optional<std::string>>;

LeadMapping guess_lead_mapping(std::span<const std::string_view> headers);

// The guess where nothing is wanted. Refused: no column for the phone, words and headers that do not exist,
// two headers for one column, and a first row that names no columns because it is a lead already.
Result<LeadMapping> settle_lead_mapping(std::span<const std::string_view> headers,
                                        const WantedColumns& wanted = {});

}  // namespace ringdown
