// Two workspaces whose rows look alike to the last id: what one does never shows in the other.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "store/changes.h"
#include "store/coordination.h"
#include "store/outbox.h"
#include "store/sql.h"
#include "tests/support/stores.h"
#include "tests/tenancy/console.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const Uuid lease = nth<struct HolderTag>(1).value;

store::MessageId message_id(std::uint64_t n) {
  return nth<store::MessageTag>(n);
}

void fill(Db& db, Workspace workspace) {
  await(db.write(workspace, [](Tx& tx) {
    for (std::uint64_t n = 1; n <= 3; ++n) {
      store::put_message(tx, {message_id(n), "mail", "welcome " + std::to_string(n), Json{"{}"}, tuesday},
                         tuesday);
    }
    store::claim_messages(tx, lease, tuesday, tuesday + 1min, 1);
    store::add_change(tx, "lead", lease, tuesday);
  }));
}

// Everything a workspace has, as text.
std::string shown(Db& db, Workspace workspace) {
  std::string all = await(db.read(workspace, [](Tx& tx) {
    std::string text;
    for (const auto& message : store::messages_page(tx, {}, 100)) {
      text += fmt::format("{} {} {} {} {}\n", to_text(message.id), to_text(message.state), message.tries,
                          to_text(message.ready_at), message.problem.value_or(""));
    }
    return text + fmt::format("due {}\n", to_text(*tx.row<Time>(sql::due_at, {store::outbox_work})));
  }));
  const auto changes = await(db.instance_read([](Tx& tx) { return store::changes_after(tx, {}, 100); }));
  for (const auto& change : changes) {
    if (change.workspace_id == workspace.id()) all += "changed " + change.topic + '\n';
  }
  return all;
}

// Every tenant function there is, with ids, keys and leases that mean something in both workspaces.
void do_everything(Db& db, Workspace workspace) {
  await(db.write(workspace, [](Tx& tx) {
    const Time later = tuesday + 1h;
    CHECK(store::finish_message(tx, message_id(1), lease, later));
    CHECK(store::claim_messages(tx, lease, later, later + 1min, 10).size() == 2);
    CHECK(store::retry_message(tx, message_id(2), lease, later, "busy"));
    CHECK(store::give_up_message(tx, message_id(3), lease, later, "gone"));
    CHECK_FALSE(store::put_message(tx, {message_id(9), "mail", "welcome 1", Json{"{}"}, later}, later));
    CHECK(store::put_message(tx, {message_id(8), "mail", "bye", Json{"{}"}, tuesday - 1h}, later));
    store::reschedule_outbox(tx, later);
    store::add_change(tx, "call", lease, later);
  }));
}

// The product's own way in, and then SQL without a single WHERE.
class Intruder {
 public:
  explicit Intruder(const FreshStore& store) : console_(PostgresServer::shared().app_url(store.database())) {}

  template <class Work>
  auto as(const std::string& workspace, Work work) {
    console_.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
    console_.run("SELECT set_config('role', 'ringdown_tenant', true), set_config('ringdown.workspace', '" +
                 workspace + "', true)");
    auto answer = work(console_);
    console_.run("ROLLBACK");
    return answer;
  }
  Console& console() { return console_; }

 private:
  Console console_;
};

}  // namespace

TEST_CASE("what a workspace does shows nowhere in another that looks the same") {
  for (const StoreKind kind : every_store) {
    INFO(to_text(kind));
    const FreshStore store(kind);
    const auto db = store.open();
    const Workspace clinic = a_workspace(*db, 1);
    const Workspace agency = a_workspace(*db, 2);
    fill(*db, clinic);
    fill(*db, agency);
    const std::string before = shown(*db, agency);
    CHECK(before == shown(*db, clinic));

    do_everything(*db, clinic);

    CHECK(shown(*db, agency) == before);
    CHECK(shown(*db, clinic) != before);
    do_everything(*db, agency);
    CHECK(shown(*db, agency) == shown(*db, clinic));
  }
}

TEST_CASE("row-level security alone keeps SQL that forgot its WHERE inside the workspace") {
  const FreshStore store(StoreKind::postgres);
  const auto db = store.open();
  const Workspace clinic = a_workspace(*db, 1);
  const Workspace agency = a_workspace(*db, 2);
  fill(*db, clinic);
  fill(*db, agency);
  const std::string mine = to_text(clinic.id());
  const std::string theirs = to_text(agency.id());
  Intruder intruder(store);
  const auto rows = [&](const std::string& sql) {
    return intruder.as(mine, [&](Console& c) { return c.run(sql); });
  };
  const auto refusal = [&](const std::string& sql) {
    return intruder.as(mine, [&](Console& c) { return c.refusal(sql); });
  };

  CHECK(rows("SELECT id FROM outbox") == 3);
  CHECK(rows("SELECT id FROM outbox WHERE workspace_id = '" + theirs + "'") == 0);
  CHECK(rows("UPDATE outbox SET problem = 'mine'") == 3);
  CHECK(rows("DELETE FROM outbox") == 3);
  CHECK(rows("SELECT kind FROM due") == 1);
  CHECK(rows("DELETE FROM due") == 1);
  CHECK(refusal("UPDATE outbox SET workspace_id = '" + theirs + "', id = gen_random_uuid()") == "42501");
  CHECK(refusal("INSERT INTO due VALUES ('" + theirs + "', 'work', now())") == "42501");
  CHECK(refusal("INSERT INTO changes (workspace_id, topic, at) VALUES ('" + theirs + "', 'lead', now())") ==
        "42501");
  CHECK(refusal("INSERT INTO changes (workspace_id, topic, at) VALUES ('" + mine + "', 'lead', now())") ==
        "");
  CHECK(refusal("INSERT INTO changes (workspace_id, topic, at, tx) VALUES ('" + mine +
                "', 'lead', now(), 1)") == "42501");
  for (const char* hidden :
       {"changes", "workspaces", "users", "sessions", "api_keys", "leases", "migrations"}) {
    CHECK(refusal("SELECT 1 FROM " + std::string(hidden)) == "42501");
  }
  CHECK(refusal("ALTER TABLE outbox DISABLE ROW LEVEL SECURITY") == "42501");
  CHECK(refusal("DROP POLICY tenant ON outbox") == "42501");
  CHECK(refusal("CREATE TABLE mine (id integer)") == "42501");
  CHECK(refusal("TRUNCATE outbox") == "42501");
}

TEST_CASE("without a workspace in hand there is nothing to see, and no error") {
  const FreshStore store(StoreKind::postgres);
  const auto db = store.open();
  fill(*db, a_workspace(*db, 1));
  Intruder intruder(store);
  const auto count = [](Console& console) {
    return console.run("SELECT id FROM outbox") + console.run("SELECT kind FROM due");
  };

  CHECK(intruder.as(to_text(nth<WorkspaceTag>(1)), count) == 4);
  CHECK(intruder.as("", count) == 0);

  Console never_set(PostgresServer::shared().app_url(store.database()));
  never_set.run("BEGIN; SET LOCAL ROLE ringdown_tenant");
  CHECK(count(never_set) == 0);
}

TEST_CASE("the product's login sees nothing before it takes one of the two roles") {
  const FreshStore store(StoreKind::postgres);
  Console app(PostgresServer::shared().app_url(store.database()));

  CHECK(app.refusal("SELECT 1 FROM ringdown.outbox") == "42501");
  CHECK(app.refusal("SELECT 1 FROM ringdown.users") == "42501");
  app.run("SET ROLE ringdown_instance");
  CHECK(app.refusal("SELECT 1 FROM ringdown.users") == "");
  CHECK(app.refusal("SELECT 1 FROM ringdown.outbox") == "42501");
}
