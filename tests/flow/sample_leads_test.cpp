// The samples of whoever tries the product, on every database.
#include "flow/sample_leads.h"

#include <doctest/doctest.h>

#include "store/imports.h"
#include "store/leads.h"
#include "store/people.h"
#include "tests/support/hand_clock.h"
#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const Uuid node_1 = nth<UserTag>(101).value;
const Uuid node_2 = nth<UserTag>(102).value;

void add_workspace(Db& db, std::uint64_t n, WorkspaceKind kind) {
  await(db.instance(
      [=](Tx& tx) { store::add_workspace(tx, {nth<WorkspaceTag>(n), "Clinic", kind, tuesday}); }));
}

std::vector<store::Import> imports_of(Db& db, std::uint64_t n) {
  return await(db.read(Workspace(nth<WorkspaceTag>(n)),
                       [](Tx& tx) { return store::imports_page(tx, std::nullopt, 10); }));
}

struct Trial {
  explicit Trial(StoreKind kind = StoreKind::sqlite_memory) : store(kind), db(store.open()) {}

  bool bring(const Uuid& node = node_1) {
    return await(flow::bring_samples({*db, clock, chance, node, "phone\n212-555-0123\n"}));
  }

  FreshStore store;
  std::unique_ptr<Db> db;
  HandClock clock{tuesday};
  SystemChance chance;
};

}  // namespace

TEST_CASE("the first rehearsal workspace gets the samples as an import, once") {
  for (const StoreKind kind : every_store) {
    CAPTURE(to_text(kind));
    Trial trial(kind);
    add_workspace(*trial.db, 1, WorkspaceKind::live);
    CHECK_FALSE(trial.bring());
    add_workspace(*trial.db, 2, WorkspaceKind::rehearsal);
    add_workspace(*trial.db, 3, WorkspaceKind::rehearsal);

    CHECK(trial.bring());
    CHECK(trial.bring());

    CHECK(imports_of(*trial.db, 1).empty());
    REQUIRE(imports_of(*trial.db, 2).size() == 1);
    CHECK(imports_of(*trial.db, 2).front().state == store::ImportState::waiting);
    CHECK(imports_of(*trial.db, 3).empty());
  }
}

TEST_CASE("a workspace that has a lead is left alone") {
  Trial trial;
  add_workspace(*trial.db, 1, WorkspaceKind::rehearsal);
  Lead lead;
  lead.id = nth<LeadTag>(1);
  lead.phone = "+12125550123";
  lead.created_at = lead.updated_at = tuesday;
  await(trial.db->write(Workspace(nth<WorkspaceTag>(1)),
                        [&](Tx& tx) { store::add_leads(tx, std::span(&lead, 1)); }));

  CHECK(trial.bring());

  CHECK(imports_of(*trial.db, 1).empty());
}

TEST_CASE("what a node began that never came back is begun anew by another") {
  Trial trial;
  add_workspace(*trial.db, 1, WorkspaceKind::rehearsal);
  await(trial.db->write(Workspace(nth<WorkspaceTag>(1)), [](Tx& tx) {
    store::Import import{};
    import.id = nth<store::ImportTag>(1);
    import.mapping = import.reader = {"{}"};
    import.created_at = tuesday;
    store::add_import(tx, import);
  }));

  CHECK(trial.bring(node_1));

  CHECK(imports_of(*trial.db, 1).size() == 2);
}

TEST_CASE("of two nodes one brings the samples") {
  Trial trial;
  CHECK_FALSE(trial.bring(node_2));
  add_workspace(*trial.db, 1, WorkspaceKind::rehearsal);

  CHECK(trial.bring(node_1));
  CHECK_FALSE(trial.bring(node_2));
  trial.clock.advance(2min);
  CHECK(trial.bring(node_2));

  CHECK(imports_of(*trial.db, 1).size() == 1);
}
