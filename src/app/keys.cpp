// `ringdown keys`: beside a product that serves, which sees a new key at its next use of the file.
#include <cstdio>

#include "app/commands.h"
#include "app/open_store.h"
#include "app/open_vault.h"
#include "crypto/key_file.h"
#include "flow/secrets.h"
#include "ports/await.h"

namespace ringdown {
namespace {

// Only where there is one: a rotation must never begin with a fresh ring that opens nothing.
void check_key_file(const std::string& file) {
  const auto ring = crypto::read_key_file(file);
  if (!ring) throw Breakage(ring.error().reason, ring.error().text);
}

void add_key(const std::string& file) {
  const auto ring = crypto::add_key_to_file(file);
  if (!ring) throw Breakage(ring.error().reason, ring.error().text);
  std::printf("added key %s to %s\n", crypto::key_name(ring->newest()).c_str(), file.c_str());
  std::fflush(stdout);
}

}  // namespace

int keys(const Config& config, KeysAction action) {
  const std::string file = key_file(config);
  check_key_file(file);
  const auto db = open_store(config);
  if (action == KeysAction::rotate) add_key(file);

  const crypto::FileVault vault = open_vault(config);
  const flow::Resealed resealed = await(flow::reseal_all(*db, vault));
  std::printf("sealed %lld secrets anew\n", static_cast<long long>(resealed.secrets));
  for (const std::string& problem : resealed.problems)
    std::fprintf(stderr, "ringdown: %s\n", problem.c_str());
  return resealed.problems.empty() ? 0 : 1;
}

}  // namespace ringdown
