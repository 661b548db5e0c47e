#include "store/leads.h"

#include "base/text.h"

namespace ringdown::store {
namespace {

Values values_of(const Lead& lead, Time at) {
  return {lead.id,
          lead.phone,
          name_key(lead.contact_name.value_or("")),
          lead.extension,
          lead.contact_name,
          lead.company_name,
          lead.email,
          lead.external_id,
          lead.pipeline_id,
          lead.status,
          lead.tier,
          Json{write_json(lead.tags)},
          Json{write_json(lead.interests)},
          lead.city,
          lead.state,
          lead.postal_code,
          lead.country,
          lead.latitude,
          lead.longitude,
          lead.timezone,
          lead.notes,
          lead.undialable,
          at};
}

std::vector<Values> rows_of(std::span<const Lead> leads, Time Lead::* at) {
  std::vector<Values> rows;
  rows.reserve(leads.size());
  for (const Lead& lead : leads) rows.push_back(values_of(lead, lead.*at));
  return rows;
}

constexpr Uuid first_of_all{};
constexpr Uuid last_of_all = [] {
  Uuid last;
  last.bytes.fill(0xff);
  return last;
}();

// A pattern that finds the words anywhere, and nothing by chance.
std::string somewhere(std::string_view words) {
  std::string pattern = "%";
  for (const char c : words) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

std::string exactly(std::string_view words) {
  const std::string pattern = somewhere(words);
  return pattern.substr(1, pattern.size() - 2);
}

// Digits are looked for in numbers, however they are grouped; fewer than three find too much.
std::optional<std::string> digits_somewhere(std::string_view words) {
  std::string digits;
  for (const char c : words) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (!std::string_view("+-(). /").contains(c)) {
      return std::nullopt;
    }
  }
  if (digits.size() < 3) return std::nullopt;
  return "%" + digits + "%";
}

template <class Change>
std::optional<std::string> maybe(const std::optional<std::string>& text, Change change) {
  if (!text) return std::nullopt;
  return change(*text);
}

Values page_values(const LeadPage& page, Uuid start) {
  const LeadFilter& filter = page.filter;
  return {page.behind ? page.behind->value : start,
          page.offset,
          filter.status,
          filter.pipeline,
          filter.tier,
          filter.tag,
          maybe(filter.city, exactly),
          maybe(filter.state, exactly),
          filter.country,
          maybe(filter.words, somewhere),
          filter.words ? digits_somewhere(*filter.words) : std::nullopt,
          page.limit};
}

using by_word = sql::leads_by_word_order;

std::vector<Lead> page_by_word(Tx& tx, const LeadPage& page, const Statement& statement) {
  Values values = page_values(page, first_of_all);
  values.push_back(page.behind_word);
  return tx.rows<Lead>(statement, values);
}

std::vector<Lead> page_by_call_age(Tx& tx, const LeadPage& page) {
  Values values = page_values(page, first_of_all);
  values.push_back(page.behind_time.value_or(Time{}));
  return tx.rows<Lead>(sql::leads_by_call_age, values);
}

template <class T>
std::vector<T> rows_for(Tx& tx, const Statement& statement, std::span<const Values> asked) {
  std::vector<T> found;
  tx.run_set(statement, asked, [&](const Row& row) { found.push_back(read_row<T>(row)); });
  return found;
}

}  // namespace

std::int64_t add_leads(Tx& tx, std::span<const Lead> leads) {
  return tx.run_set(sql::add_leads, rows_of(leads, &Lead::created_at), [](const Row&) {});
}

void save_leads(Tx& tx, std::span<const Lead> leads) {
  tx.run_each(sql::save_lead, rows_of(leads, &Lead::updated_at));
}

std::vector<Lead> leads_by_name(Tx& tx, std::span<const NameAndPhone> asked) {
  std::vector<Values> rows;
  for (const NameAndPhone& one : asked) rows.push_back({one.phone, one.name_key});
  return rows_for<Lead>(tx, sql::leads_by_name, rows);
}

std::vector<Lead> leads_by_ids(Tx& tx, std::span<const LeadId> asked) {
  std::vector<Values> rows;
  for (const LeadId id : asked) rows.push_back({id});
  return rows_for<Lead>(tx, sql::leads_by_ids, rows);
}

std::vector<KnownName> names_of_phones(Tx& tx, std::span<const std::string> phones) {
  std::vector<Values> rows;
  for (const std::string& phone : phones) rows.push_back({phone});
  return rows_for<KnownName>(tx, sql::names_of_phones, rows);
}

std::vector<Lead> leads_by_external_id(Tx& tx, std::span<const std::string> asked) {
  std::vector<Values> rows;
  for (const std::string& one : asked) rows.push_back({one});
  return rows_for<Lead>(tx, sql::leads_by_external_id, rows);
}

std::optional<Lead> find_lead(Tx& tx, LeadId id) {
  return tx.row<Lead>(sql::lead_by_id, {id});
}

std::optional<Lead> lead_to_change(Tx& tx, LeadId id) {
  return tx.row<Lead>(sql::lead_to_change, {id});
}

std::optional<Lead> lead_by_call(Tx& tx, const std::string& call_sid) {
  return tx.row<Lead>(sql::lead_by_call, {call_sid});
}

std::vector<Lead> leads_of_phone(Tx& tx, const std::string& phone, int limit) {
  return tx.rows<Lead>(sql::leads_of_phone, {phone, limit});
}

std::vector<Lead> leads_page(Tx& tx, const LeadPage& page) {
  switch (page.order) {
    case LeadOrder::newest: return tx.rows<Lead>(sql::leads_newest, page_values(page, last_of_all));
    case LeadOrder::oldest: return tx.rows<Lead>(sql::leads_oldest, page_values(page, first_of_all));
    case LeadOrder::contact_name: return page_by_word(tx, page, sql::leads_by_contact_name);
    case LeadOrder::status: return page_by_word(tx, page, sql::leads_by_word(by_word::status));
    case LeadOrder::phone: return page_by_word(tx, page, sql::leads_by_word(by_word::phone));
    case LeadOrder::last_called_at: return page_by_call_age(tx, page);
  }
  expectation_broken("an order is one of its words", std::source_location::current());
}

std::vector<CitySaid> city_said(Tx& tx, const std::string& city, int limit) {
  return tx.rows<CitySaid>(sql::city_said, {city, limit});
}

std::int64_t remove_leads(Tx& tx, std::span<const LeadId> ids, Time now) {
  std::vector<Values> rows;
  for (const LeadId id : ids) rows.push_back({id, now});
  return tx.run_each(sql::remove_lead, rows);
}

bool set_call(Tx& tx, LeadId id, const std::optional<std::string>& call_sid, Time now) {
  return tx.run(sql::set_call, {id, call_sid, now}) == 1;
}

std::optional<std::string> erase_lead(Tx& tx, LeadId id) {
  return tx.row<std::string>(sql::erase_lead, {id});
}

bool phone_is_known(Tx& tx, const std::string& phone) {
  return tx.row<std::string>(sql::phone_is_known, {phone}).has_value();
}

void add_erasure(Tx& tx, const Erasure& erasure) {
  tx.run(sql::add_erasure, {erasure.id, erasure.lead_id, erasure.fingerprint, erasure.consents,
                            erasure.reason, erasure.erased_at, erasure.erased_by});
}

std::vector<Erasure> erasures_page(Tx& tx, ErasureId behind, int limit) {
  return tx.rows<Erasure>(sql::erasures_page, {behind, limit});
}

bool add_pipeline(Tx& tx, const Pipeline& pipeline) {
  const Values values{pipeline.id, pipeline.name, name_key(pipeline.name), pipeline.created_at};
  return tx.run(sql::add_pipeline, values) == 1;
}

bool rename_pipeline(Tx& tx, PipelineId id, const std::string& name) {
  return tx.run(sql::rename_pipeline, {id, name, name_key(name)}) == 1;
}

std::vector<Pipeline> pipelines_page(Tx& tx, PipelineId behind, int limit) {
  return tx.rows<Pipeline>(sql::pipelines_page, {behind, limit});
}

std::optional<Pipeline> find_pipeline(Tx& tx, PipelineId id) {
  return tx.row<Pipeline>(sql::pipeline_by_id, {id});
}

std::optional<Pipeline> pipeline_called(Tx& tx, const std::string& name) {
  return tx.row<Pipeline>(sql::pipeline_by_name, {name_key(name)});
}

bool remove_pipeline(Tx& tx, PipelineId id, Time now) {
  tx.run(sql::empty_pipeline, {id, now});
  tx.run(sql::forget_pipeline, {id});
  return tx.run(sql::remove_pipeline, {id}) == 1;
}

}  // namespace ringdown::store
