#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include <cmath>

#include "base/csv.h"
#include "base/csv_writer.h"
#include "base/text.h"
#include "domain/lead_rows.h"

namespace ringdown {
namespace {

// Of at most `words_max` words, with a liking for what divides cells and lists.
std::string any_text(std::size_t words_max) {
  const auto words = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("Ann", "O'Neil", "Zoë", "😀", ",", ";", "|", ":", "\\", "\"", "\n",
                                    "\r\n", " ", "=", "+1", "0", "'", "\t"));
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < words_max; ++i) text += words[i];
  return text;
}

std::optional<std::string> maybe_text(std::size_t words_max) {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  return any_text(words_max);
}

double any_share(double most) {
  const double share =
      *rc::gen::element(0.0, 1.0, 0.1, 1e-7, 0.333333333333333315) * (*rc::gen::inRange(0, 1001) / 1000.0);
  return share * most;
}

LeadFields any_lead() {
  LeadFields lead;
  lead.phone = fmt::format("+1{}55501{:02}", *rc::gen::inRange(201, 990), *rc::gen::inRange(0, 100));
  lead.extension = maybe_text(3);
  lead.contact_name = maybe_text(20);
  lead.company_name = maybe_text(20);
  if (*rc::gen::arbitrary<bool>()) lead.email = "ann+test@example.com";
  lead.external_id = maybe_text(20);
  lead.status = *rc::gen::element(LeadStatus::pending, LeadStatus::contacted, LeadStatus::no_answer,
                                  LeadStatus::callback, LeadStatus::scheduled, LeadStatus::not_interested,
                                  LeadStatus::wrong_number, LeadStatus::dnc, LeadStatus::error);
  if (*rc::gen::arbitrary<bool>()) {
    lead.tier = *rc::gen::element(Tier::low, Tier::standard, Tier::high, Tier::premium);
  }
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
    lead.tags.push_back(any_text(10));
    const std::string service(trimmed(any_text(10)));
    if (!service.empty()) lead.interests[service] = any_share(1);
  }
  lead.city = maybe_text(20);
  lead.state = maybe_text(20);
  lead.postal_code = maybe_text(3);
  if (*rc::gen::arbitrary<bool>()) lead.country = *rc::gen::element<std::string>("US", "DE", "MX");
  if (*rc::gen::arbitrary<bool>()) {
    lead.latitude = any_share(90);
    lead.longitude = any_share(-180);
  }
  if (*rc::gen::arbitrary<bool>()) lead.timezone = "America/Chicago";
  lead.notes = maybe_text(100);
  return *tidied(std::move(lead));
}

LeadRow read_back(const std::string& table) {
  CsvReader reader;
  RC_ASSERT(reader.push(table));
  RC_ASSERT(reader.finish());
  const auto mapping = settle_lead_mapping(reader.next()->cells);
  RC_ASSERT(mapping);
  const auto row = read_lead_row(reader.next()->cells, *mapping, {.region = "GB"});
  RC_ASSERT(row);
  RC_ASSERT(!reader.next());
  return *row;
}

TEST_CASE("what is exported is imported as the same lead") {
  CHECK(rc::check([] {
    const LeadFields lead = any_lead();
    std::string table;
    append_csv_row(table, export_columns());
    append_csv_row(table, to_cells(lead, "Spring list"));

    const LeadRow row = read_back(table);

    RC_ASSERT(row.notes == std::vector<std::string>{});
    RC_ASSERT(write_json(row.fields) == write_json(lead));
    RC_ASSERT(row.fields == lead);
    RC_ASSERT(row.pipeline == "Spring list");
  }));
}

TEST_CASE("whatever the cells say, the lead that is read is tidy") {
  CHECK(rc::check([] {
    const std::string_view headers[] = {"phone", "name", "email", "tags",    "interests", "lat",
                                        "lng",   "tz",   "ext",   "country", "status",    "notes"};
    const auto mapping = settle_lead_mapping(headers);
    std::vector<std::string> texts = {"+12125550123"};
    while (texts.size() < std::size(headers)) texts.push_back(any_text(10));
    const std::vector<std::string_view> cells(texts.begin(), texts.end());

    const auto row = read_lead_row(cells, *mapping, {.region = "US"});

    RC_ASSERT(row);
    RC_ASSERT((tidied(row->fields) == row->fields));
    RC_ASSERT((read_json<LeadFields>(write_json(row->fields)) == row->fields));
  }));
}

}  // namespace
}  // namespace ringdown
