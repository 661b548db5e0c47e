#include "flow/leads.h"

#include <algorithm>

#include "domain/phone.h"
#include "flow/laws.h"
#include "flow/line_up.h"
#include "store/changes.h"
#include "store/consents.h"
#include "store/recordings.h"
#include "store/settings.h"

namespace ringdown::flow {
namespace {

constexpr int same_number_max = 10;

std::unexpected<Failure> no_such_lead() {
  return fail(Reason::not_found, "there is no such lead");
}

std::unexpected<Failure> known_already(const Lead& lead, const char* by, std::string field) {
  return fail(Reason::conflict, "lead " + to_text(lead.id) + " has this " + by + " already; change that one",
              std::move(field));
}

store::NameAndPhone identity_of(const Lead& lead) {
  return {lead.phone, name_key(lead.contact_name.value_or(""))};
}

// Another lead that is the same by what tells leads apart.
Result<void> nobody_else_is(Tx& tx, const Lead& lead) {
  if (lead.external_id) {
    for (const Lead& other : store::leads_by_external_id(tx, std::span(&*lead.external_id, 1))) {
      if (other.id != lead.id) return known_already(other, "external id", "external_id");
    }
  }
  const store::NameAndPhone identity = identity_of(lead);
  for (const Lead& other : store::leads_by_name(tx, std::span(&identity, 1))) {
    if (other.id != lead.id && other.external_id == lead.external_id) {
      return known_already(other, "number and name", "phone");
    }
  }
  return {};
}

Result<void> pipeline_exists(Tx& tx, const std::optional<PipelineId>& pipeline) {
  if (!pipeline || store::find_pipeline(tx, *pipeline)) return {};
  return fail(Reason::invalid, "there is no such pipeline; /api/pipelines lists them", "pipeline_id");
}

void tell(Tx& tx, const Act& act, LeadId id) {
  store::add_change(tx, "lead", id.value, act.now);
}

void apply(const Batch& batch, Lead& lead) {
  switch (batch.action) {
    case BatchAction::set_status: lead.status = batch.status.value(); return;
    case BatchAction::set_tier: lead.tier = batch.tier; return;
    case BatchAction::set_pipeline: lead.pipeline_id = batch.pipeline_id; return;
    case BatchAction::add_tags: add_tags(lead.tags, batch.tags); return;
    case BatchAction::remove_tags:
      std::erase_if(lead.tags, [&](const std::string& tag) {
        return std::ranges::find(batch.tags, tag) != batch.tags.end();
      });
      return;
    case BatchAction::remove: return;
  }
}

Result<void> check(Tx& tx, const Batch& batch) {
  if (batch.action == BatchAction::set_status && !batch.status) {
    return fail(Reason::invalid, "required for set-status", "status");
  }
  if (batch.status == LeadStatus::calling) {
    return fail(Reason::invalid, "a lead is calling while its call runs; choose another status", "status");
  }
  const bool tags = batch.action == BatchAction::add_tags || batch.action == BatchAction::remove_tags;
  if (tags && batch.tags.empty()) return fail(Reason::invalid, "name at least one tag", "tags");
  return pipeline_exists(tx, batch.pipeline_id);
}

}  // namespace

NumberDesk desk_here(Tx& tx, const Numbering& numbering, WorkspaceKind kind) {
  return {numbering, kind, store::load_settings(tx).default_region.text};
}

Result<std::string> number_of(const NumberDesk& desk, const std::string& text) {
  auto phone = to_e164(text, desk.region);
  if (!phone) return std::unexpected(std::move(phone.error()));
  return std::move(phone->e164);
}

void judge_number(const NumberDesk& desk, Lead& lead) {
  const NumberKind kind = desk.numbering.judge(lead.phone).kind;
  lead.undialable.reset();
  if (!is_dialable(kind, desk.kind)) lead.undialable = to_text(kind);
}

Result<Lead> read_lead(const NumberDesk& desk, const LeadFields& said) {
  auto phone = to_e164(said.phone, desk.region);
  if (!phone) return std::unexpected(std::move(phone.error()));
  auto fields = tidied(said);
  if (!fields) return std::unexpected(std::move(fields.error()));
  if (fields->status == LeadStatus::calling) {
    return fail(Reason::invalid, "a lead is calling while its call runs; choose another status", "status");
  }

  Lead lead;
  static_cast<LeadFields&>(lead) = *std::move(fields);
  lead.phone = std::move(phone->e164);
  if (!phone->extension.empty()) lead.extension = std::move(phone->extension);
  judge_number(desk, lead);
  return lead;
}

Result<AddedLead> add_lead(Tx& tx, const Act& act, const NumberDesk& desk, const LeadFields& said) {
  auto lead = read_lead(desk, said);
  if (!lead) return std::unexpected(std::move(lead.error()));
  if (auto pipeline = pipeline_exists(tx, lead->pipeline_id); !pipeline) {
    return std::unexpected(std::move(pipeline.error()));
  }
  lead->id = act.chance.id<LeadTag>(act.now);
  lead->created_at = lead->updated_at = act.now;
  if (auto fresh = nobody_else_is(tx, *lead); !fresh) return std::unexpected(std::move(fresh.error()));

  AddedLead added{*lead, store::leads_of_phone(tx, lead->phone, same_number_max)};
  expect(store::add_leads(tx, std::span(&*lead, 1)) == 1, "a lead that nobody is gets added");
  block_if_asked(tx, act, std::span(&*lead, 1));
  line_up_changed(tx, std::span(&*lead, 1), act.now);
  tell(tx, act, lead->id);
  return added;
}

Result<Lead> change_lead(Tx& tx, const Act& act, const NumberDesk& desk, LeadId id,
                         const JsonPatch<LeadFields>& patch) {
  const auto before = store::lead_to_change(tx, id);
  if (!before) return no_such_lead();

  LeadFields said = *before;
  patch.put_over(said);
  const bool still_calling = before->status == LeadStatus::calling && said.status == LeadStatus::calling;
  if (still_calling) said.status = LeadStatus::pending;  // as far as people have a say in it
  auto read = read_lead(desk, said);
  if (!read) return std::unexpected(std::move(read.error()));
  if (auto pipeline = pipeline_exists(tx, read->pipeline_id); !pipeline) {
    return std::unexpected(std::move(pipeline.error()));
  }

  Lead after = *before;
  static_cast<LeadFields&>(after) = *read;
  after.undialable = read->undialable;
  if (still_calling) after.status = LeadStatus::calling;
  if (after == *before) return after;
  after.updated_at = act.now;
  if (auto fresh = nobody_else_is(tx, after); !fresh) return std::unexpected(std::move(fresh.error()));

  store::save_leads(tx, std::span(&after, 1));
  if (before->status != after.status || before->phone != after.phone) {
    block_if_asked(tx, act, std::span(&after, 1));
  }
  line_up_changed(tx, std::span(&after, 1), act.now);
  tell(tx, act, id);
  return after;
}

Result<void> remove_lead(Tx& tx, const Act& act, LeadId id) {
  if (store::remove_leads(tx, std::span(&id, 1), act.now) == 0) return no_such_lead();
  note_here(tx, act, "lead deleted", to_text(id));
  tell(tx, act, id);
  return {};
}

Result<store::Erasure> erase_lead(Tx& tx, const Act& act, const Vault& vault, Workspace workspace, LeadId id,
                                  const std::string& reason) {
  const auto phone = store::erase_lead(tx, id);
  if (!phone) return no_such_lead();

  store::Erasure erasure{.id = act.chance.id<store::ErasureTag>(act.now),
                         .lead_id = id,
                         .fingerprint = vault.fingerprint(*phone, workspace.id()),
                         .reason = reason,
                         .erased_at = act.now,
                         .erased_by = act.user};
  if (!store::phone_is_known(tx, *phone)) {
    erasure.consents = static_cast<int>(store::forget_consents(tx, *phone));
  }
  store::add_erasure(tx, erasure);
  store::let_recordings_go(tx, id, act.now);
  note_here(tx, act, "lead erased", to_text(id));
  tell(tx, act, id);
  return erasure;
}

Result<Lead> link_call(Tx& tx, const Act& act, LeadId id, const std::string& call_sid) {
  auto lead = store::lead_to_change(tx, id);
  if (!lead) return no_such_lead();
  if (lead->call_sid == call_sid) return *lead;
  if (const auto other = store::lead_by_call(tx, call_sid)) {
    return fail(Reason::conflict,
                "this call is linked to lead " + to_text(other->id) + "; unlink it there first", "call_sid");
  }
  store::set_call(tx, id, call_sid, act.now);
  tell(tx, act, id);
  lead->call_sid = call_sid;
  lead->updated_at = act.now;
  return *std::move(lead);
}

Result<Lead> unlink_call(Tx& tx, const Act& act, LeadId id) {
  auto lead = store::lead_to_change(tx, id);
  if (!lead) return no_such_lead();
  if (!lead->call_sid) return *lead;
  store::set_call(tx, id, std::nullopt, act.now);
  tell(tx, act, id);
  lead->call_sid.reset();
  lead->updated_at = act.now;
  return *std::move(lead);
}

Result<BatchDone> change_many(Tx& tx, const Act& act, const Batch& batch) {
  if (auto checked = check(tx, batch); !checked) return std::unexpected(std::move(checked.error()));

  BatchDone done;
  std::vector<Lead> changed;
  std::vector<LeadId> found;
  for (const LeadId id : batch.ids) {
    const auto before = store::lead_to_change(tx, id);
    if (!before) {
      done.missing.push_back(id);
      continue;
    }
    found.push_back(id);
    Lead after = *before;
    apply(batch, after);
    static_cast<LeadFields&>(after) = tidied(after).value_or(after);
    if (after == *before) continue;
    after.updated_at = act.now;
    changed.push_back(std::move(after));
  }
  if (batch.action == BatchAction::remove) {
    done.changed = store::remove_leads(tx, found, act.now);
    note_here(tx, act, "leads deleted", std::to_string(done.changed));
  } else {
    done.changed = std::ssize(changed);
    store::save_leads(tx, changed);
    block_if_asked(tx, act, changed);
    line_up_changed(tx, changed, act.now);
  }
  if (done.changed > 0) store::add_change(tx, "lead", std::nullopt, act.now);
  return done;
}

void block_if_asked(Tx& tx, const Act& act, std::span<const Lead> leads) {
  std::vector<std::string> phones;
  for (const Lead& lead : leads) {
    if (lead.status == LeadStatus::dnc) phones.push_back(lead.phone);
  }
  if (!phones.empty()) block_in(tx, act, std::move(phones), "status", "a lead of this number says dnc");
}

}  // namespace ringdown::flow
