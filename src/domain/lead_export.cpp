#include <fmt/format.h>

#include <array>

#include "domain/lead_cells.h"
#include "domain/lead_rows.h"

namespace ringdown {
namespace {

constexpr std::array<std::string_view, 19> exported = {
    "phone",   "extension", "contact_name", "company_name", "email", "external_id", "pipeline",
    "status",  "tier",      "tags",         "interests",    "city",  "state",       "postal_code",
    "country", "latitude",  "longitude",    "timezone",     "notes"};

std::string list_of(const std::vector<std::string>& tags) {
  std::string cell;
  for (const std::string& tag : tags) append_item(cell, tag);
  return cell;
}

std::string list_of(const std::map<std::string, double>& interests) {
  std::string cell;
  for (const auto& [service, interest] : interests) {
    append_item(cell, service);
    cell += fmt::format(":{}", interest);
  }
  return cell;
}

std::string number(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : "";
}

}  // namespace

std::span<const std::string_view> export_columns() {
  return exported;
}

std::vector<std::string> to_cells(const LeadFields& lead, std::string_view pipeline_name) {
  const auto text = [](const std::optional<std::string>& value) { return value.value_or(""); };
  return {lead.phone,
          text(lead.extension),
          text(lead.contact_name),
          text(lead.company_name),
          text(lead.email),
          text(lead.external_id),
          std::string(pipeline_name),
          to_text(lead.status),
          lead.tier ? to_text(*lead.tier) : "",
          list_of(lead.tags),
          list_of(lead.interests),
          text(lead.city),
          text(lead.state),
          text(lead.postal_code),
          text(lead.country),
          number(lead.latitude),
          number(lead.longitude),
          text(lead.timezone),
          text(lead.notes)};
}

}  // namespace ringdown
