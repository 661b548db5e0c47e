#include "sim/look.h"

#include "store/calls.h"
#include "store/leads.h"

namespace ringdown::sim {
namespace {

constexpr int page = 500;

constexpr Statement line_statement{
    "sim_whole_line",
    Scope::tenant,
    "SELECT lane, subject, lead_id, call_id, phone, state, rank, turn, ready_at, rule FROM line "
    "WHERE workspace_id = ?1 ORDER BY lane, subject",
    "",
    0,
    true};

template <class Page>
auto all_of(Page page_behind) {
  auto all = page_behind(nullptr);
  for (auto more = all; std::ssize(more) == page;) {
    more = page_behind(&all.back());
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace

std::vector<LinePlace> whole_line(Tx& tx) {
  return tx.rows<LinePlace>(line_statement);
}

std::vector<Call> all_calls(Tx& tx) {
  return all_of([&](const Call* last) {
    return store::calls_page(tx, {}, last ? std::optional(last->id) : std::nullopt, page);
  });
}

std::vector<Lead> all_leads(Tx& tx) {
  return all_of([&](const Lead* last) {
    store::LeadPage wanted{.order = store::LeadOrder::oldest, .limit = page};
    if (last) {
      wanted.behind = last->id;
      wanted.behind_time = last->created_at;
    }
    return store::leads_page(tx, wanted);
  });
}

}  // namespace ringdown::sim
