#include "flow/import_rows.h"

#include <algorithm>
#include <deque>
#include <map>
#include <unordered_map>

#include "domain/row_outcome.h"
#include "store/consents.h"

namespace ringdown::flow {
namespace {

// A lead that is known or that this file makes, and what is to be written of it.
struct Entry {
  Lead lead;
  bool fresh = false;
  bool changed = false;
};

std::string name_and_number(const std::string& phone, const std::string& key) {
  return phone + '\n' + key;
}

// Who is who: by external id where there is one, else by number and name.
class Directory {
 public:
  Directory(Tx& tx, std::span<const ReadRow> rows) {
    std::vector<std::string> phones;
    std::vector<std::string> external;
    for (const ReadRow& row : rows) {
      if (!row.row) continue;
      phones.push_back(row.row->fields.phone);
      if (row.row->fields.external_id) external.push_back(*row.row->fields.external_id);
    }
    keep_each_once(phones);
    keep_each_once(external);
    load(tx, rows, phones, external);
  }

  Entry* find(const LeadFields& said, const std::string& key) {
    if (said.external_id) {
      if (const auto found = by_external_.find(*said.external_id); found != by_external_.end())
        return found->second;
    }
    const auto found = by_name_.find(name_and_number(said.phone, key));
    if (found == by_name_.end()) return nullptr;

    // With an external id it is only somebody who has none yet; without one, whoever has the name.
    for (Entry* entry : found->second) {
      if (!entry->lead.external_id) return entry;
    }
    return said.external_id ? nullptr : found->second.front();
  }

  bool knows_number(const std::string& phone) const { return phones_.contains(phone); }

  Entry& add(Lead lead, bool fresh) {
    Entry& entry = entries_.emplace_back(Entry{std::move(lead), fresh});
    phones_.insert(entry.lead.phone);
    by_name_[name_and_number(entry.lead.phone, name_key(entry.lead.contact_name.value_or("")))].push_back(
        &entry);
    note_external(entry);
    return entry;
  }

  void note_external(Entry& entry) {
    if (entry.lead.external_id) by_external_[*entry.lead.external_id] = &entry;
  }

  std::vector<Lead> leads(bool fresh) const {
    std::vector<Lead> chosen;
    for (const Entry& entry : entries_) {
      if (entry.fresh == fresh && (fresh || entry.changed)) chosen.push_back(entry.lead);
    }
    return chosen;
  }

 private:
  static void keep_each_once(std::vector<std::string>& texts) {
    std::ranges::sort(texts);
    const auto repeated = std::ranges::unique(texts);
    texts.erase(repeated.begin(), repeated.end());
  }

  void load(Tx& tx, std::span<const ReadRow> rows, const std::vector<std::string>& phones,
            const std::vector<std::string>& external) {
    // lookup only
    std::unordered_map<std::string, std::size_t> names_of;
    std::multimap<std::string, LeadId> known;
    for (store::KnownName& one : store::names_of_phones(tx, phones)) {
      phones_.insert(one.phone);
      ++names_of[one.phone];
      known.emplace(name_and_number(one.phone, one.name_key), one.id);
    }
    if (known.empty() && external.empty()) return;

    // Of a number with more names than we were told, those that the file asks for.
    std::vector<store::NameAndPhone> asked;
    // lookup only
    std::unordered_set<std::string> wanted;
    for (const ReadRow& row : rows) {
      if (!row.row || !phones_.contains(row.row->fields.phone)) continue;
      const LeadFields& said = row.row->fields;
      std::string key = name_key(said.contact_name.value_or(""));
      if (!wanted.insert(name_and_number(said.phone, key)).second) continue;
      if (names_of[said.phone] >= store::names_max) asked.push_back({said.phone, std::move(key)});
    }
    std::map<LeadId, Lead> found;
    const auto keep = [&](std::vector<Lead> leads) {
      for (Lead& lead : leads) found.try_emplace(lead.id, std::move(lead));
    };
    std::vector<LeadId> ids;
    for (const auto& [name, id] : known) {
      if (wanted.contains(name)) ids.push_back(id);
    }
    keep(store::leads_by_ids(tx, ids));
    keep(store::leads_by_name(tx, asked));
    keep(store::leads_by_external_id(tx, external));
    for (auto& [id, lead] : found) add(std::move(lead), false);  // oldest first
  }

  std::deque<Entry> entries_;  // whose addresses stay
  // lookup only
  std::unordered_set<std::string> phones_;
  // lookup only
  std::unordered_map<std::string, Entry*> by_external_;
  // lookup only
  std::unordered_map<std::string, std::vector<Entry*>> by_name_;
};

class Importer {
 public:
  Importer(Tx& tx, const Act& act, const NumberDesk& desk, const store::Import& import, const Met& met)
      : tx_(tx), act_(act), desk_(desk), import_(import), met_(met) {}

  ImportedRows take(std::span<const ReadRow> rows) {
    Directory known(tx_, rows);
    for (const ReadRow& row : rows) take(row, known);
    if (!import_.dry_run) write(known);
    return std::move(done_);
  }

 private:
  void take(const ReadRow& row, Directory& known) {
    if (!row.row) return report(row.line, RowResult::invalid, row.row.error().text);

    LeadFields said = row.row->fields;
    std::vector<std::string> notes = row.row->notes;
    said.pipeline_id = pipeline_of(*row.row);
    const std::string key = name_key(said.contact_name.value_or(""));
    if (Entry* entry = known.find(said, key)) {
      const bool changed = add_to(*entry, said);
      known.note_external(*entry);
      report(row.line, changed ? RowResult::updated : RowResult::duplicate, joined(notes));
    } else if (was_met(said, key)) {
      report(row.line, RowResult::duplicate, joined(notes));
    } else {
      if (known.knows_number(said.phone))
        notes.emplace_back("another lead has this number under another name");
      const Lead& lead = known.add(fresh_lead(std::move(said)), true).lead;
      if (lead.undialable) notes.emplace_back("this number is never called: " + *lead.undialable);
      report(row.line, RowResult::created, joined(notes));
    }
    if (row.row->consent) keep_consent(*row.row->consent);
  }

  // Did the row say anything new?
  bool add_to(Entry& entry, const LeadFields& said) {
    const Lead before = entry.lead;
    merge(entry.lead, said);
    if (said.status == LeadStatus::dnc) entry.lead.status = LeadStatus::dnc;
    if (entry.lead.phone != said.phone) {  // somebody known by an external id has another number now
      entry.lead.phone = said.phone;
      judge_number(desk_, entry.lead);
    }
    if (entry.lead == before) return false;
    entry.lead.updated_at = act_.now;
    entry.changed = true;
    return true;
  }

  Lead fresh_lead(LeadFields said) {
    Lead lead;
    static_cast<LeadFields&>(lead) = std::move(said);
    if (lead.status == LeadStatus::calling) lead.status = LeadStatus::pending;
    lead.id = {uuid_v7(act_.now, place_++, act_.chance.number())};
    lead.created_at = lead.updated_at = act_.now;
    judge_number(desk_, lead);
    return lead;
  }

  bool was_met(const LeadFields& said, const std::string& key) {
    if (!import_.dry_run) return false;
    std::string who = said.external_id ? '\n' + *said.external_id : name_and_number(said.phone, key);
    if (met_.contains(who)) return true;
    done_.met.push_back(std::move(who));
    return false;
  }

  std::optional<PipelineId> pipeline_of(const LeadRow& row) {
    if (!row.pipeline || import_.dry_run) return import_.pipeline_id;
    const auto [known, fresh] = pipelines_.try_emplace(name_key(*row.pipeline));
    if (!fresh) return known->second;

    if (const auto found = store::pipeline_called(tx_, *row.pipeline)) return known->second = found->id;
    const store::Pipeline made{act_.chance.id<PipelineTag>(act_.now), *row.pipeline, act_.now};
    store::add_pipeline(tx_, made);
    return known->second = made.id;
  }

  void keep_consent(const ConsentFields& said) {
    store::Consent consent;
    static_cast<ConsentFields&>(consent) = said;
    consent.id = act_.chance.id<ConsentTag>(act_.now);
    consent.created_at = act_.now;
    consent.created_by = act_.user;
    consents_.push_back(std::move(consent));
  }

  void write(const Directory& known) {
    const std::vector<Lead> fresh = known.leads(true);
    const std::vector<Lead> changed = known.leads(false);
    expect(store::add_leads(tx_, fresh).size() == fresh.size(), "who is not known is added");
    store::save_leads(tx_, changed);
    store::add_consents(tx_, consents_);
    block_if_asked(tx_, act_, fresh);
    block_if_asked(tx_, act_, changed);
  }

  void report(std::int64_t line, RowResult result, const std::string& why) {
    switch (result) {
      case RowResult::created: ++done_.created; break;
      case RowResult::updated: ++done_.updated; break;
      case RowResult::duplicate: ++done_.duplicate; break;
      case RowResult::invalid: ++done_.invalid; break;
    }
    append_report_line(done_.report, {line, result, why});
  }

  static std::string joined(const std::vector<std::string>& notes) {
    std::string text;
    for (const std::string& note : notes) text += (text.empty() ? "" : "; ") + note;
    return text;
  }

  Tx& tx_;
  const Act& act_;
  const NumberDesk& desk_;
  const store::Import& import_;
  const Met& met_;
  std::uint16_t place_ = 0;
  std::map<std::string, std::optional<PipelineId>> pipelines_;
  std::vector<store::Consent> consents_;
  ImportedRows done_;
};

}  // namespace

ImportedRows import_rows(Tx& tx, const Act& act, const NumberDesk& desk, const store::Import& import,
                         std::span<const ReadRow> rows, const Met& met) {
  expect(rows.size() <= rows_of_a_unit_max, "a unit takes no more rows than their ids have places");
  return Importer(tx, act, desk, import, met).take(rows);
}

}  // namespace ringdown::flow
