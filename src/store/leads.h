// Leads, the pipelines they stand in, and what is left of those that were erased: units of the workspace.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/access.h"
#include "domain/lead.h"
#include "domain/learned_cities.h"
#include "ports/db.h"
#include "store/sql.h"

namespace ringdown::store {

// A lead that nobody is yet is added; one by the same external id, or by the same number, name and external
// id, is left alone. Says how many were added.
std::int64_t add_leads(Tx&, std::span<const Lead>);

// Writes down what is said about them and what follows from it; their calls are written elsewhere.
void save_leads(Tx&, std::span<const Lead>);

struct NameAndPhone {
  std::string phone;
  std::string name_key;
};
std::vector<Lead> leads_by_name(Tx&, std::span<const NameAndPhone>);
std::vector<Lead> leads_by_ids(Tx&, std::span<const LeadId>);

// Who has a number, in short; no more than names_max of each.
struct KnownName {
  std::string phone;
  std::string name_key;
  std::string external_key;  // empty: no external id
  LeadId id;
};
BOOST_DESCRIBE_STRUCT(KnownName, (), (phone, name_key, external_key, id))
inline constexpr std::size_t names_max = 20;
std::vector<KnownName> names_of_phones(Tx&, std::span<const std::string> phones);

std::vector<Lead> leads_by_external_id(Tx&, std::span<const std::string>);

std::optional<Lead> find_lead(Tx&, LeadId);
std::optional<Lead> lead_to_change(Tx&, LeadId);  // locked to the end of the unit
std::optional<Lead> lead_by_call(Tx&, const std::string& call_sid);
std::vector<Lead> leads_of_phone(Tx&, const std::string& phone, int limit);  // oldest first

enum class LeadOrder { newest, oldest, contact_name, status, phone, last_called_at };
BOOST_DESCRIBE_ENUM(LeadOrder, newest, oldest, contact_name, status, phone, last_called_at)

// What is not given lets everything pass.
struct LeadFilter {
  std::optional<LeadStatus> status{};
  std::optional<PipelineId> pipeline{};
  std::optional<Tier> tier{};
  std::optional<std::string> tag{};
  std::optional<std::string> city{};   // without case
  std::optional<std::string> state{};  // without case
  std::optional<std::string> country{};
  std::optional<std::string> words{};  // somewhere in name, company, address, external id or number
};

struct LeadPage {
  LeadFilter filter{};
  LeadOrder order = LeadOrder::newest;
  std::optional<LeadId> behind{};  // the last lead of the page before
  std::string behind_word{};       // and its sort key, where the order goes by a word
  std::optional<Time> behind_time{};
  int limit = 50;
  int offset = 0;
};
std::vector<Lead> leads_page(Tx&, const LeadPage&);

// What the newest leads with coordinates say of a city, its name in capitals or not.
std::vector<CitySaid> city_said(Tx&, const std::string& city, int limit);

std::int64_t remove_leads(Tx&, std::span<const LeadId>, Time now);
bool set_call(Tx&, LeadId, const std::optional<std::string>& call_sid, Time now);

using ErasureId = Id<struct ErasureTag>;

struct Erasure {
  ErasureId id;
  LeadId lead_id;
  Bytes fingerprint;
  int consents = 0;  // how many were erased with it
  std::string reason;
  Time erased_at;
  std::optional<UserId> erased_by;
};
BOOST_DESCRIBE_STRUCT(Erasure, (), (id, lead_id, fingerprint, consents, reason, erased_at, erased_by))

std::optional<std::string> erase_lead(Tx&, LeadId);  // the number it had
bool phone_is_known(Tx&, const std::string& phone);  // by any lead, deleted ones too
void add_erasure(Tx&, const Erasure&);
std::vector<Erasure> erasures_page(Tx&, ErasureId behind, int limit);

struct Pipeline {
  PipelineId id;
  std::string name;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(Pipeline, (), (id, name, created_at))

bool add_pipeline(Tx&, const Pipeline&);                                  // false when the name is taken
bool rename_pipeline(Tx&, PipelineId, const std::string& name);           // false when taken, or gone
std::vector<Pipeline> pipelines_page(Tx&, PipelineId behind, int limit);  // oldest first
std::optional<Pipeline> find_pipeline(Tx&, PipelineId);
std::optional<Pipeline> pipeline_called(Tx&, const std::string& name);
bool remove_pipeline(Tx&, PipelineId, Time now);  // its leads stand in none

}  // namespace ringdown::store
