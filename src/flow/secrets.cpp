#include "flow/secrets.h"

#include <algorithm>
#include <iterator>

#include "domain/integrations.h"
#include "store/people.h"
#include "store/settings.h"

namespace ringdown::flow {
namespace {

constexpr int batch = 100;

struct Step {
  std::string last;  // the name the batch ended with; empty when it was the last one
  Resealed resealed;
};

Step reseal_batch(Tx& tx, const Vault& vault, Workspace workspace, const std::string& after) {
  const auto secrets = store::sealed_secrets(tx, after, batch);
  Step step;
  for (const auto& [name, sealed] : secrets) {
    if (!vault.is_outdated(sealed)) continue;

    const auto secret = vault.open(sealed, workspace.id(), name);
    if (!secret) {
      step.resealed.problems.push_back("workspace " + to_text(workspace.id()) + ": " + secret.error().text);
      continue;
    }
    store::reseal_secret(tx, {name, vault.seal(*secret, workspace.id(), name)});
    ++step.resealed.secrets;
  }
  if (secrets.size() == batch) step.last = secrets.back().name;
  return step;
}

Task<void> reseal_workspace(Db& db, const Vault& vault, Workspace workspace, Resealed& total) {
  std::string after;
  do {
    auto work = [&vault, workspace, after](Tx& tx) { return reseal_batch(tx, vault, workspace, after); };
    Step step = co_await db.write(workspace, std::move(work), Urgency::bulk);
    total.secrets += step.resealed.secrets;
    std::ranges::move(step.resealed.problems, std::back_inserter(total.problems));
    after = std::move(step.last);
  } while (!after.empty());
}

}  // namespace

void keep_secret(Tx& tx, const Vault& vault, Workspace workspace, const std::string& name,
                 const Secret& secret, Time now, std::optional<UserId> by) {
  const Bytes sealed = vault.seal(secret, workspace.id(), name);
  store::put_secret(tx, {name, hint_of(secret.reveal()), now, by}, sealed);
}

Result<std::optional<Secret>> open_secret(Tx& tx, const Vault& vault, Workspace workspace,
                                          const std::string& name) {
  const auto sealed = store::find_sealed_secret(tx, name);
  if (!sealed) return std::nullopt;

  auto secret = vault.open(*sealed, workspace.id(), name);
  if (!secret) return std::unexpected(secret.error());
  return *std::move(secret);
}

Task<Resealed> reseal_all(Db& db, const Vault& vault) {
  Resealed total;
  WorkspaceId last{};
  while (true) {
    auto next = [last](Tx& tx) { return store::workspaces_after(tx, last, batch); };
    const std::vector<WorkspaceId> workspaces = co_await db.instance_read(std::move(next));
    if (workspaces.empty()) co_return total;

    for (const WorkspaceId id : workspaces) co_await reseal_workspace(db, vault, Workspace(id), total);
    last = workspaces.back();
  }
}

}  // namespace ringdown::flow
