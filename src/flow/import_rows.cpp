#include "flow/import_rows.h"

#include <algorithm>
#include <deque>
#include <map>
#include <unordered_map>

#include "domain/row_outcome.h"
#include "flow/line_up.h"
#include "store/consents.h"

namespace ringdown::flow {
namespace {

constexpr Span planned_after = 2s;  // so that the units of a file do not meet the planner one by one

// A lead that is known or that this file makes, and what is to be written of it.
struct Entry {
  Lead lead;
  bool fresh = false;
  bool changed = false;
};

std::string name_and_number(const std::string& phone, const std::string& key) {
  return phone + '\n' + key;
}

std::string name_and_number(const LeadFields& said) {
  return name_and_number(said.phone, name_key(said.contact_name.value_or("")));
}

// What a rehearsal finds leads by; as hashes, since a file may have a million.
std::size_t key_of_external(const std::string& id) {
  return std::hash<std::string>{}('\n' + id);
}
std::size_t key_of_name(const LeadFields& said) {
  return std::hash<std::string>{}(name_and_number(said));
}
std::size_t key_of_number(const std::string& phone) {
  return std::hash<std::string>{}(phone);
}

// Who is who: by external id where there is one, else by number and name.
class Directory {
 public:
  Directory(Tx& tx, std::span<const ReadRow> rows, const Rehearsal& earlier) : earlier_(earlier) {
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
    if (found == by_name_.end() || found->second.empty()) return nullptr;

    // With an external id it is only somebody who has none yet; without one, whoever has the name.
    for (Entry* entry : found->second) {
      if (!entry->lead.external_id) return entry;
    }
    return said.external_id ? nullptr : found->second.front();
  }

  bool knows_number(const std::string& phone) const {
    return phones_.contains(phone) || earlier_.knows_number(phone);
  }

  Entry& add(Lead lead, bool fresh) {
    Entry& entry = entries_.emplace_back(Entry{std::move(lead), fresh});
    phones_.insert(entry.lead.phone);
    put_under_name(entry);
    note_external(entry);
    return entry;
  }

  // Later rows find it by what it is called now, wherever a stretch of the file ends.
  void changed(Entry& entry, const std::string& name_before) {
    note_external(entry);
    if (name_and_number(entry.lead) == name_before) return;
    std::erase(by_name_[name_before], &entry);
    phones_.insert(entry.lead.phone);
    put_under_name(entry);
  }

  std::vector<Lead> leads(bool fresh) const {
    std::vector<Lead> chosen;
    for (const Entry& entry : entries_) {
      if (entry.fresh == fresh && (fresh || entry.changed)) chosen.push_back(entry.lead);
    }
    return chosen;
  }

 private:
  void note_external(Entry& entry) {
    if (entry.lead.external_id) by_external_[*entry.lead.external_id] = &entry;
  }

  // Oldest first.
  void put_under_name(Entry& entry) {
    std::vector<Entry*>& same = by_name_[name_and_number(entry.lead)];
    const auto id_of = [](const Entry* one) { return one->lead.id; };
    same.insert(std::ranges::upper_bound(same, entry.lead.id, {}, id_of), &entry);
  }

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
    if (!ids.empty()) keep(store::leads_by_ids(tx, ids));
    if (!asked.empty()) keep(store::leads_by_name(tx, asked));
    if (!external.empty()) keep(store::leads_by_external_id(tx, external));
    for (const ReadRow& row : rows) {
      if (row.row) keep(earlier_.known_by(row.row->fields));
    }
    for (auto& [id, lead] : found) {
      if (const Lead* later = earlier_.find(id)) lead = *later;
    }
    for (auto& [id, lead] : found) add(std::move(lead), false);  // oldest first
  }

  const Rehearsal& earlier_;
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
  Importer(Tx& tx, const Act& act, const NumberDesk& desk, const store::Import& import,
           const Rehearsal& earlier)
      : tx_(tx), act_(act), desk_(desk), import_(import), earlier_(earlier) {
    // It may have been removed while the file is read.
    if (import.pipeline_id && store::find_pipeline(tx, *import.pipeline_id)) pipeline_ = import.pipeline_id;
  }

  ImportedRows take(std::span<const ReadRow> rows) {
    Directory known(tx_, rows, earlier_);
    for (const ReadRow& row : rows) take(row, known);
    if (import_.dry_run) {
      done_.leads = known.leads(true);
      const auto changed = known.leads(false);
      done_.leads.insert(done_.leads.end(), changed.begin(), changed.end());
    } else {
      write(known);
    }
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
      const std::string name_before = name_and_number(entry->lead);
      const bool changed = add_to(*entry, said);
      known.changed(*entry, name_before);
      report(row.line, changed ? RowResult::updated : RowResult::duplicate, joined(notes));
    } else if (earlier_.has_met(said)) {
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

  std::optional<PipelineId> pipeline_of(const LeadRow& row) {
    if (!row.pipeline) return pipeline_;
    const auto [known, fresh] = pipelines_.try_emplace(name_key(*row.pipeline));
    if (!fresh) return known->second;

    if (const auto found = store::pipeline_called(tx_, *row.pipeline)) return known->second = found->id;
    return known->second = make_pipeline(*row.pipeline);
  }

  PipelineId make_pipeline(const std::string& name) {
    const store::Pipeline made{act_.chance.id<PipelineTag>(act_.now), name, act_.now};
    if (!import_.dry_run) {
      store::add_pipeline(tx_, made);
      return made.id;
    }
    const auto earlier = earlier_.pipelines().find(name_key(name));
    return done_.pipelines[name_key(name)] =
               earlier == earlier_.pipelines().end() ? made.id : earlier->second;
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
    store::save_leads(tx_, changed);  // first: a new lead may have the number and name that a known one had
    expect(store::add_leads(tx_, fresh) == std::ssize(fresh), "who is not known is added");
    if (store::add_consents(tx_, consents_) > 0) judge_consenting();
    block_if_asked(tx_, act_, fresh);
    block_if_asked(tx_, act_, changed);
    if (!fresh.empty()) plan_soon(tx_, act_.now + planned_after);
    if (!changed.empty()) line_up_changed(tx_, changed, act_.now);
  }

  void judge_consenting() {
    std::vector<std::string> phones;
    for (const store::Consent& consent : consents_) phones.push_back(consent.phone);
    judge_anew(tx_, phones, act_.now);
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
  const Rehearsal& earlier_;
  std::optional<PipelineId> pipeline_;  // of rows that name none
  std::uint16_t place_ = 0;
  std::map<std::string, std::optional<PipelineId>> pipelines_;
  std::vector<store::Consent> consents_;
  ImportedRows done_;
};

}  // namespace

void Rehearsal::remember(const ImportedRows& done) {
  for (const Lead& lead : done.leads) remember(lead);
  pipelines_.insert(done.pipelines.begin(), done.pipelines.end());
}

void Rehearsal::remember(const Lead& lead) {
  met_.insert(key_of_number(lead.phone));
  if (leads_.size() >= leads_max_ && !leads_.contains(lead.id)) {
    met_.insert(lead.external_id ? key_of_external(*lead.external_id) : key_of_name(lead));
    return;
  }
  leads_.insert_or_assign(lead.id, lead);
  put(key_of_name(lead), lead.id);
  if (lead.external_id) put(key_of_external(*lead.external_id), lead.id);
}

void Rehearsal::put(std::size_t key, LeadId id) {
  const auto [begin, end] = keys_.equal_range(key);
  const bool is_there = std::any_of(begin, end, [&](const auto& one) { return one.second == id; });
  if (!is_there) keys_.emplace(key, id);
}

std::vector<Lead> Rehearsal::known_by(const LeadFields& said) const {
  std::vector<Lead> known;
  const auto add = [&](std::size_t key) {
    for (auto [one, end] = keys_.equal_range(key); one != end; ++one) known.push_back(leads_.at(one->second));
  };
  add(key_of_name(said));
  if (said.external_id) add(key_of_external(*said.external_id));
  return known;
}

bool Rehearsal::has_met(const LeadFields& said) const {
  return met_.contains(said.external_id ? key_of_external(*said.external_id) : key_of_name(said));
}

const Lead* Rehearsal::find(LeadId id) const {
  const auto found = leads_.find(id);
  return found == leads_.end() ? nullptr : &found->second;
}

bool Rehearsal::knows_number(const std::string& phone) const {
  return met_.contains(key_of_number(phone));
}

ImportedRows import_rows(Tx& tx, const Act& act, const NumberDesk& desk, const store::Import& import,
                         std::span<const ReadRow> rows, const Rehearsal& earlier) {
  expect(rows.size() <= rows_of_a_unit_max, "a unit takes no more rows than their ids have places");
  return Importer(tx, act, desk, import, earlier).take(rows);
}

}  // namespace ringdown::flow
