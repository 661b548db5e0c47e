// What a stretch of a file does to the leads: one unit of work of its import.
#pragma once

#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "domain/lead_rows.h"
#include "flow/leads.h"
#include "store/imports.h"

namespace ringdown::flow {

struct ReadRow {
  std::int64_t line;
  Result<LeadRow> row;
};

inline constexpr std::size_t rows_of_a_unit_max = 4096;  // that many ids sort within their moment

struct ImportedRows {
  std::int64_t created = 0, updated = 0, duplicate = 0, invalid = 0;
  std::string report;                           // a CSV line for each: where it began, what came of it, why
  std::vector<Lead> leads;                      // that were made or changed, where the import rehearses
  std::map<std::string, PipelineId> pipelines;  // likewise, by the form of their names
};

// What a file that only rehearses would have written, as far as it was read: so that a later row finds what
// an earlier one would have left. A bounded number of leads is known in full; of more than these it is known
// who they are, and a row about one of them counts as a duplicate.
class Rehearsal {
 public:
  explicit Rehearsal(std::size_t leads_max = 50'000) : leads_max_(leads_max) {}

  void remember(const ImportedRows&);

  std::vector<Lead> known_by(const LeadFields&) const;  // by external id, or by number and name
  bool has_met(const LeadFields&) const;                // likewise, of those not known in full
  const Lead* find(LeadId) const;
  bool knows_number(const std::string& phone) const;
  const std::map<std::string, PipelineId>& pipelines() const { return pipelines_; }

 private:
  void remember(const Lead&);
  void put(std::size_t key, LeadId);

  const std::size_t leads_max_;
  std::map<LeadId, Lead> leads_;
  // lookup only
  std::unordered_multimap<std::size_t, LeadId> keys_;
  // lookup only
  std::unordered_set<std::size_t> met_;
  std::map<std::string, PipelineId> pipelines_;
};

// Known leads are added to, unknown ones made; consents are kept, and whoever says dnc is blocked. An import
// that rehearses writes nothing, and finds what it would have written in `earlier`.
ImportedRows import_rows(Tx&, const Act&, const NumberDesk&, const store::Import&, std::span<const ReadRow>,
                         const Rehearsal& earlier);

}  // namespace ringdown::flow
