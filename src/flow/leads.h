// What people do with leads, each as part of a unit of the workspace: numbers become E.164 and are judged,
// one person is one lead, and whoever must not be called gets onto the list.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/json_patch.h"
#include "domain/lead.h"
#include "domain/numbering.h"
#include "flow/act.h"
#include "ports/vault.h"
#include "store/leads.h"

namespace ringdown::flow {

// By what numbers are read and judged here.
struct NumberDesk {
  const Numbering& numbering;
  WorkspaceKind kind;
  std::string region;  // where a number without a country code is at home
};

NumberDesk desk_here(Tx&, const Numbering&, WorkspaceKind);

// The one form of a number; refused where it is none that could be called anywhere.
Result<std::string> number_of(const NumberDesk&, const std::string& text);

// Makes number and extension of the phone as it was written, and says why it may not ring.
Result<Lead> read_lead(const NumberDesk&, const LeadFields&);
void judge_number(const NumberDesk&, Lead&);

struct AddedLead {
  Lead lead;
  std::vector<Lead> same_number;  // others that have it, under another name
};
Result<AddedLead> add_lead(Tx&, const Act&, const NumberDesk&, const LeadFields&);
Result<Lead> change_lead(Tx&, const Act&, const NumberDesk&, LeadId, const JsonPatch<LeadFields>&);
Result<void> remove_lead(Tx&, const Act&, LeadId);

// For good, with what was agreed to about its number, unless another lead has the number too. What must not
// be called is still not called.
Result<store::Erasure> erase_lead(Tx&, const Act&, const Vault&, Workspace, LeadId,
                                  const std::string& reason);

// A call belongs to one lead; linking what is linked already changes nothing.
Result<Lead> link_call(Tx&, const Act&, LeadId, const std::string& call_sid);
Result<Lead> unlink_call(Tx&, const Act&, LeadId);

// The same change for many leads; those that are gone are passed over.
enum class BatchAction { remove, set_status, set_tier, set_pipeline, add_tags, remove_tags };
BOOST_DESCRIBE_ENUM(BatchAction, remove, set_status, set_tier, set_pipeline, add_tags, remove_tags)

struct Batch {
  BatchAction action;
  std::vector<LeadId> ids;
  std::optional<LeadStatus> status;
  std::optional<Tier> tier;
  std::optional<PipelineId> pipeline_id;
  std::vector<std::string> tags;
};
struct BatchDone {
  std::int64_t changed = 0;
  std::vector<LeadId> missing;
};
Result<BatchDone> change_many(Tx&, const Act&, const Batch&);

// A lead that says dnc has its number on the list of those that are not called.
void block_if_asked(Tx&, const Act&, std::span<const Lead>);

}  // namespace ringdown::flow
