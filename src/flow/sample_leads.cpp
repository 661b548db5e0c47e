#include "flow/sample_leads.h"

#include <algorithm>

#include "base/log.h"
#include "flow/lead_upload.h"
#include "store/coordination.h"
#include "store/imports.h"
#include "store/leads.h"
#include "store/people.h"

namespace ringdown::flow {
namespace {

constexpr Span nap = 1s;
constexpr Span lease = 1min;
constexpr int page_size = 100;

std::optional<WorkspaceId> first_rehearsal(Tx& tx) {
  for (WorkspaceId after{};;) {
    const auto ids = store::workspaces_after(tx, after, page_size);
    if (ids.empty()) return std::nullopt;
    for (const WorkspaceId id : ids) {
      if (store::find_workspace(tx, id)->kind == WorkspaceKind::rehearsal) return id;
    }
    after = ids.back();
  }
}

// An upload that was cut off counts for nothing: it may have been ours.
bool is_whole(const store::Import& import) {
  return import.state != store::ImportState::uploading;
}

bool is_untouched(Tx& tx) {
  return std::ranges::none_of(store::imports_page(tx, std::nullopt, page_size), is_whole) &&
         store::leads_page(tx, {.limit = 1}).empty();
}

}  // namespace

Task<bool> bring_samples(Samples samples) {
  auto& [db, clock, chance, node, csv] = samples;
  const auto first = co_await db.instance_read(first_rehearsal);
  if (!first) co_return false;

  const bool mine = co_await db.instance([node, now = clock.now()](Tx& tx) {
    return store::take_lease(tx, "sample-leads", node, now, now + lease).has_value();
  });
  if (!mine) co_return false;

  const Workspace workspace(*first);
  if (!co_await db.read(workspace, is_untouched)) {
    log::info("no sample leads are brought: the first rehearsal workspace has leads or files already");
    co_return true;
  }

  LeadUpload upload(db, clock, chance, workspace, std::nullopt);
  co_await upload.add(csv);
  const auto whole = co_await upload.finish({.file_name = "sample_leads.csv"});
  if (!whole) throw Breakage(whole.error().reason, whole.error().text);
  log::info("sample leads are on their way into the first rehearsal workspace");
  co_return true;
}

Task<void> keep_bringing_samples(Samples samples) {
  while (true) {
    try {
      if (co_await bring_samples(samples)) co_return;
    } catch (const Breakage& breakage) {
      log::warn("the sample leads wait for the next round", {{"reason", breakage.what()}});
    }
    co_await samples.clock.sleep_until(samples.clock.now() + nap);
  }
}

}  // namespace ringdown::flow
