// Two workspaces whose rows look alike to the last id: what one does never shows in the other.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "store/changes.h"
#include "store/consents.h"
#include "store/coordination.h"
#include "store/imports.h"
#include "store/leads.h"
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

const PipelineId spring = nth<PipelineTag>(1);
const std::string headers = "name,phone";

LeadId lead_id(std::uint64_t n) {
  return nth<LeadTag>(n);
}
ConsentId consent_id(std::uint64_t n) {
  return nth<ConsentTag>(n);
}
store::ImportId import_id(std::uint64_t n) {
  return nth<store::ImportTag>(n);
}

std::string number(std::uint64_t n) {
  return fmt::format("+120155501{:02}", n);
}

Lead a_lead(std::uint64_t n) {
  Lead lead;
  lead.id = lead_id(n);
  lead.phone = number(n);
  lead.external_id = "crm-" + std::to_string(n);
  lead.pipeline_id = spring;
  lead.created_at = lead.updated_at = tuesday;
  return lead;
}

store::Consent a_consent(std::uint64_t n) {
  store::Consent consent;
  consent.id = consent_id(n);
  consent.phone = number(n);
  consent.created_at = tuesday;
  return consent;
}

store::BlockedNumber blocked(std::uint64_t n) {
  return {.phone = number(n), .source = "manual", .reason = {}, .added_at = tuesday, .added_by = {}};
}

store::Import an_import(std::uint64_t n) {
  return {.id = import_id(n),
          .file_name = "a.csv",
          .pipeline_id = spring,
          .mapping = Json{"{}"},
          .created_at = tuesday};
}

store::ImportStep a_step(std::int64_t from, const std::string& report) {
  return {.bytes_from = from,
          .bytes_to = from + 10,
          .reader = Json{"{}"},
          .mapping = Json{"{}"},
          .rows = 1,
          .report = report};
}

void fill_leads(Tx& tx) {
  store::add_pipeline(tx, {spring, "Spring", tuesday});
  store::add_leads(tx, std::vector{a_lead(1), a_lead(2), a_lead(3)});
  store::set_call(tx, lead_id(1), "CA1", tuesday);
  store::add_consents(tx, std::vector{a_consent(1), a_consent(2)});
  store::block_numbers(tx, std::vector{blocked(1), blocked(2)});
  store::add_erasure(tx, {nth<store::ErasureTag>(1), lead_id(9), Bytes(32, 1), 0, "asked", tuesday, {}});
}

void fill_imports(Tx& tx) {
  for (const std::uint64_t n : {1, 2, 3}) {
    store::add_import(tx, an_import(n));
    store::add_import_chunk(tx, import_id(n), 0, Bytes(10, 1));
  }
  for (const std::uint64_t n : {1, 2}) store::import_is_whole(tx, an_import(n), tuesday);
  store::take_import(tx, lease, tuesday, tuesday + 1min);
  store::advance_import(tx, import_id(1), a_step(0, "first"), lease, tuesday + 1min);
  store::remember_mapping(tx, headers, Json{"{}"}, tuesday);
}

void fill(Db& db, Workspace workspace) {
  await(db.write(workspace, fill_leads));
  await(db.write(workspace, fill_imports));
  await(db.write(workspace, [](Tx& tx) {
    for (std::uint64_t n = 1; n <= 3; ++n) {
      store::put_message(tx, {message_id(n), "mail", "welcome " + std::to_string(n), Json{"{}"}, tuesday},
                         tuesday);
    }
    store::claim_messages(tx, lease, tuesday, tuesday + 1min, 1);
    store::add_change(tx, "lead", lease, tuesday);
  }));
}

std::string shown_leads(Tx& tx) {
  std::string text;
  for (const auto& lead : store::leads_page(tx, {})) text += write_json(lead) + '\n';
  for (const auto& one : store::pipelines_page(tx, {}, 100)) text += one.name + '\n';
  for (const auto& one : store::consents_page(tx, {}, {}, 100)) {
    text += fmt::format("{} revoked {}\n", to_text(one.id), one.revoked_reason.value_or(""));
  }
  for (const auto& one : store::blocked_numbers_page(tx, "", 100)) {
    text += fmt::format("{} {} {}\n", one.phone, one.source, one.removed_reason.value_or(""));
  }
  for (const auto& one : store::erasures_page(tx, {}, 100)) text += "erased " + to_text(one.id) + '\n';
  return text;
}

std::string shown_imports(Tx& tx) {
  std::string text;
  for (const auto& one : store::imports_page(tx, {}, 100)) {
    text += fmt::format("{} {} {} {} chunk {}\n", to_text(one.id), to_text(one.state), one.bytes_read,
                        one.pipeline_id.has_value(), store::import_chunk(tx, one.id, 0).has_value());
    const auto report = store::import_report(tx, one.id, 0);
    const auto more = store::import_report(tx, one.id, 1);
    text += (report ? report->rows : "") + (more ? more->rows : "") + '\n';
  }
  return text + store::remembered_mapping(tx, headers).value_or(Json{"none"}).text + '\n';
}

// Everything a workspace has, as text.
std::string shown(Db& db, Workspace workspace) {
  std::string all = await(db.read(workspace, [](Tx& tx) {
    std::string text = shown_leads(tx) + shown_imports(tx);
    text += fmt::format("imports due {}\n", tx.row<Time>(sql::due_at, {store::import_work}).has_value());
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

void change_leads(Tx& tx) {
  const Time later = tuesday + 1h;
  Lead changed = *store::lead_to_change(tx, lead_id(1));
  changed.notes = "changed";
  store::save_leads(tx, std::vector{changed});
  CHECK(store::lead_by_call(tx, "CA1")->id == lead_id(1));
  CHECK(store::set_call(tx, lead_id(1), "CA2", later));
  CHECK(store::remove_leads(tx, std::vector{lead_id(2)}, later) == 1);
  CHECK(store::erase_lead(tx, lead_id(3)) == number(3));
  CHECK_FALSE(store::phone_is_known(tx, number(3)));
  CHECK(store::add_leads(tx, std::vector{a_lead(4)}) == 1);
  CHECK(store::forget_consents(tx, number(1)) == 1);
  CHECK(store::revoke_consent(tx, consent_id(2), later, {}, "asked"));
  CHECK(store::unblock_number(tx, number(1), later, {}, "a mistake"));
  CHECK(store::block_numbers(tx, std::vector{blocked(2), blocked(3)}) == 1);
  store::add_erasure(tx, {nth<store::ErasureTag>(2), lead_id(3), Bytes(32, 1), 0, "asked", later, {}});
}

void change_imports(Tx& tx) {
  const Time later = tuesday + 1h;
  CHECK(store::advance_import(tx, import_id(1), a_step(10, "second"), lease, later));
  CHECK(store::end_import(tx, import_id(1), store::ImportState::done, {}, later));
  CHECK(store::take_import(tx, lease, later, later)->id == import_id(2));
  CHECK(store::end_import(tx, import_id(2), store::ImportState::failed, "broken", later));
  CHECK_FALSE(store::take_import(tx, lease, later, later).has_value());
  CHECK(store::import_is_whole(tx, an_import(3), later));
  store::remember_mapping(tx, headers, Json{"[]"}, later);
  CHECK(store::rename_pipeline(tx, spring, "Summer"));
  CHECK(store::remove_pipeline(tx, spring, later));
}

// Every tenant function there is, with ids, keys and leases that mean something in both workspaces.
void do_everything(Db& db, Workspace workspace) {
  await(db.write(workspace, change_leads));
  await(db.write(workspace, change_imports));
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
    CAPTURE(to_text(kind));
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
  CHECK(rows("SELECT kind FROM due") == 2);
  CHECK(rows("DELETE FROM due") == 2);
  CHECK(rows("SELECT id FROM leads") == 3);
  CHECK(rows("SELECT id FROM leads WHERE workspace_id = '" + theirs + "'") == 0);
  CHECK(rows("UPDATE leads SET notes = 'mine'") == 3);
  CHECK(rows("DELETE FROM leads") == 3);
  CHECK(rows("DELETE FROM consents") == 2);
  CHECK(rows("DELETE FROM dnc") == 2);
  CHECK(rows("DELETE FROM erasures") == 1);
  CHECK(rows("DELETE FROM import_chunks") == 3);
  CHECK(rows("DELETE FROM import_reports") == 1);
  CHECK(rows("DELETE FROM import_mappings") == 1);
  CHECK(rows("SELECT id FROM imports") == 3);
  CHECK(rows("SELECT id FROM pipelines") == 1);
  CHECK(refusal("UPDATE leads SET workspace_id = '" + theirs + "', id = gen_random_uuid()") == "42501");
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
    return console.run("SELECT id FROM outbox") + console.run("SELECT kind FROM due") +
           console.run("SELECT id FROM leads");
  };

  CHECK(intruder.as(to_text(nth<WorkspaceTag>(1)), count) == 8);
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
  CHECK(app.refusal("SELECT 1 FROM ringdown.leads") == "42501");
}
