// How the databases mean to find leads: by the index that was made for it. PostgreSQL whether or not it
// analysed the table, and whether or not it looks at the values.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "db/sqlite_connection.h"
#include "store/sql.h"
#include "tests/conformance/leads.h"
#include "tests/tenancy/console.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

struct Planned {
  const Statement& statement;
  std::string values;
  std::string index;
  std::string goes_by;
  bool in_order = false;  // the index is: nothing is sorted
};

const std::string any_filter = ", 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 50";
const std::string id = "'019b92bf-c501-7000-8000-000000000000'";

const std::string saved =
    id + ", '+12015550101', 'x'" + R"(, NULL, NULL, NULL, NULL, NULL, NULL, 'pending', NULL, '[]', '{}',
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now())";

const Planned plans[] = {
    {sql::leads_newest, "'ffffffff-ffff-ffff-ffff-ffffffffffff'" + any_filter, "leads_pkey", "id < ", true},
    {sql::leads_oldest, id + any_filter, "leads_pkey", "id > ", true},
    {sql::leads_by_call_age, id + any_filter + ", now()", "leads_by_call_age", "ROW(last_called_key, id) > ",
     true},
    {sql::city_said, "'Dallas', 200", "leads_by_city", "city_key = ", true},
    {sql::lead_by_id, id, "leads_pkey", "id = "},
    {sql::leads_by_ids, "ARRAY[" + id + "]::uuid[]", "leads_pkey", "id = "},
    {sql::names_of_phones, "'{+12015550101}'", "leads_by_phone", "phone = "},
    {sql::lead_to_change, id, "leads_pkey", "id = "},
    {sql::set_call, id + ", 'CA1', now()", "leads_pkey", "id = "},
    {sql::remove_lead, id + ", now()", "leads_pkey", "id = "},
    {sql::save_lead, saved, "leads_pkey", "id = "},
    {sql::lead_by_call, "'CA1'", "leads_by_call", "call_sid = "},
    {sql::leads_of_phone, "'+12015550101', 5", "leads_by_phone", "phone = "},
    {sql::leads_by_name, "'{+12015550101}', '{lead 1}'", "leads_by_phone", "name_key = "},
    {sql::leads_by_external_id, "'{lead 1}'", "leads_by_external", "external_id = "},
    {sql::phone_is_known, "'+12015550101'", "leads_by_phone", "phone = "},
    {sql::empty_pipeline, id + ", now()", "leads_of_pipeline", "pipeline_id = "},
};

void fill(Tx& tx) {
  for (std::uint64_t thousand = 0; thousand < 4; ++thousand) {
    std::vector<Lead> leads;
    for (std::uint64_t n = thousand * 1000; n < thousand * 1000 + 1000; ++n) {
      leads.push_back(filled_lead(n, "lead " + std::to_string(n)));
    }
    store::add_leads(tx, leads);
  }
}

std::vector<std::string> plan(Console& app, const Planned& planned, WorkspaceId workspace) {
  app.run(fmt::format("PREPARE it AS {}", planned.statement.postgres));
  auto lines =
      app.column(fmt::format("EXPLAIN EXECUTE it ({}, '{}')", planned.values, ringdown::to_text(workspace)));
  app.run("DEALLOCATE it");
  return lines;
}

// The scan of the index, and the line below it: what the index is asked for.
bool goes_by(const std::vector<std::string>& plan, const Planned& planned) {
  for (std::size_t i = 0; i + 1 < plan.size(); ++i) {
    const bool scan = plan[i].contains(planned.index) && plan[i].contains("Index");
    if (scan && plan[i + 1].contains("Index Cond") && plan[i + 1].contains(planned.goes_by)) return true;
  }
  return false;
}

std::string sqlite_plan(const SqliteConnection& connection, const Statement& statement) {
  std::string plan;
  sqlite3_exec(
      connection.handle(), ("EXPLAIN QUERY PLAN " + std::string(statement.sqlite)).c_str(),
      [](void* into, int columns, char** cells, char**) {
        *static_cast<std::string*>(into) += std::string(cells[columns - 1]) + "\n";
        return 0;
      },
      &plan, nullptr);
  return plan;
}

}  // namespace

TEST_CASE("leads are found by their indexes, in a table that was analysed or not") {
  const FreshStore store(StoreKind::postgres);
  const auto db = store.open(1);
  const Workspace clinic = a_workspace(*db);
  await(db->write(clinic, fill));
  Console boss(PostgresServer::shared().boss_url(store.database()));
  Console app(PostgresServer::shared().app_url(store.database()));
  app.run("SET random_page_cost = 1.1");  // as the driver does
  app.run("SET ROLE ringdown_tenant");
  app.run("SET ringdown.workspace = '" + ringdown::to_text(clinic.id()) + "'");

  for (const char* analyse : {"SELECT 1", "ANALYZE leads"}) {
    boss.run(analyse);
    for (const char* mode : {"force_generic_plan", "force_custom_plan"}) {
      app.run(std::string("SET plan_cache_mode = ") + mode);
      for (const Planned& planned : plans) {
        CAPTURE(std::string(analyse));
        CAPTURE(std::string(mode));
        CAPTURE(std::string(planned.statement.name));
        const auto lines = plan(app, planned, clinic.id());
        const std::string whole = fmt::format("{}", fmt::join(lines, "\n"));
        INFO(whole);
        CHECK(goes_by(lines, planned));
        CHECK_FALSE(whole.contains("Seq Scan"));
        if (planned.in_order) CHECK_FALSE(whole.contains("Sort"));
      }
    }
  }
}

TEST_CASE("SQLite reads a page of leads from where it begins, in the order of an index") {
  const FreshStore store(StoreKind::sqlite);
  store.open();
  const SqliteConnection connection(store.database(), SqliteConnection::Mode::read_only);
  const std::pair<const Statement&, std::string> pages[] = {
      {sql::leads_newest, "PRIMARY KEY (workspace_id=? AND id<?)"},
      {sql::leads_oldest, "PRIMARY KEY (workspace_id=? AND id>?)"},
      {sql::leads_by_call_age, "INDEX leads_by_call_age (workspace_id=? AND (last_called_key,id)>(?,?))"},
      {sql::city_said, "INDEX leads_by_city (workspace_id=? AND city_key=?)"},
  };

  for (const auto& [statement, way] : pages) {
    const std::string plan = sqlite_plan(connection, statement);

    CHECK_MESSAGE(plan.contains(way), plan);
    CHECK_MESSAGE(!plan.contains("FOR ORDER BY"), plan);
  }
}

TEST_CASE("SQLite looks at no more calls, facts, decisions and places than are asked for") {
  const FreshStore store(StoreKind::sqlite);
  store.open();
  const SqliteConnection connection(store.database(), SqliteConnection::Mode::read_only);
  const std::pair<const Statement&, std::string> ways[] = {
      {sql::live_calls, "INDEX calls_leased (workspace_id=?"},
      {sql::calls_to_end, "INDEX calls_leased (workspace_id=?"},
      {sql::requests_under_way, "INDEX calls_leased (workspace_id=?"},
      {sql::expire_requests, "INDEX calls_leased (workspace_id=?"},
      {sql::calls_of_campaign_to_stop, "INDEX calls_leased (workspace_id=?"},
      {sql::events_of_call, "INDEX call_events_of_call (workspace_id=? AND call_id=? AND id>?)"},
      {sql::decision_before, "INDEX decisions_of_lead (workspace_id=? AND lead_id=?)"},
      {sql::decisions_of_call, "INDEX decisions_of_call (workspace_id=? AND call_id=?)"},
      {sql::ready_in_line, "INDEX line_ready (workspace_id=? AND lane=?)"},
      {sql::due_in_line, "INDEX line_waiting (workspace_id=? AND ready_at<?)"},
      {sql::next_in_line, "INDEX line_waiting (workspace_id=?)"},
      {sql::move_lead_in_line, "INDEX line_of_lead (workspace_id=? AND lead_id=?)"},
      {sql::wake_phones, "INDEX line_of_phone (workspace_id=? AND phone=?)"},
  };

  for (const auto& [statement, way] : ways) {
    const std::string plan = sqlite_plan(connection, statement);

    CHECK_MESSAGE(plan.contains(way), plan);
  }
}
