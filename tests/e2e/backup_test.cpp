// The restore drill with the real binary: backup beside a writing process, kill -9, restore, compare.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>

#include <sqlite3.h>
#include <unistd.h>
#include <fstream>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "api/api.h"
#include "api/health.h"
#include "api/router.h"
#include "db/whole_store.h"
#include "store/backup.h"
#include "store/backup_tables.h"
#include "store/changes.h"
#include "store/consents.h"
#include "store/coordination.h"
#include "store/facts.h"
#include "store/imports.h"
#include "store/leads.h"
#include "store/outbox.h"
#include "store/people.h"
#include "tests/conformance/leads.h"
#include "tests/support/hand_clock.h"
#include "tests/support/ringdown_process.h"
#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const std::string secret_address = "canary.bird@example.com";
const std::string secret_number = "+12125550123";
const std::string secret_hash = "$argon2id$c4n4ry";
const Bytes key_hash(32, 0xcb);

// A store of an instance, the folder where its key file lies, and how the command line names them.
struct Instance {
  explicit Instance(StoreKind kind) : store(kind) {}

  std::vector<std::string> words(std::string command, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {std::move(command), "--data", data()});
    if (store.kind() == StoreKind::postgres) {
      more.insert(more.end(), {"--database-url", PostgresServer::shared().app_url(store.database())});
    }
    return more;
  }
  std::string data() const {
    return store.kind() == StoreKind::postgres
               ? folder.path().string()
               : std::filesystem::path(store.database()).parent_path().string();
  }
  void take_key_of(const Instance& other) const {
    std::filesystem::copy_file(other.data() + "/ringdown.key", data() + "/ringdown.key");
  }

  FreshStore store;
  TempDir folder;
};

store::Message message(std::uint64_t n) {
  return {nth<store::MessageTag>(n), "text", "once-" + std::to_string(n),
          Json{fmt::format(R"({{"to": "{}", "says": "line\none \u00fc", "n": {}}})", secret_number, n)},
          tuesday + Span(n)};
}

// Leads with a file that is half read, and what is known of their numbers.
void fill_leads(Tx& tx) {
  const auto spring = nth<PipelineTag>(1);
  const auto file = nth<store::ImportTag>(1);
  const Uuid runner = nth<struct RunnerTag>(1).value;
  store::add_pipeline(tx, {spring, "Spring \"1\"", tuesday});
  Lead lead = filled_lead(1, "Änne \"A\" \\ {x}");
  lead.pipeline_id = spring;
  store::add_leads(tx, std::vector{lead, bare_lead(2), bare_lead(3)});
  store::remove_leads(tx, std::vector{lead_id(3)}, tuesday);
  store::Consent consent;
  consent.phone = number(1);
  consent.created_by = nth<UserTag>(1);
  store::add_consents(tx, std::vector{consent});
  store::block_numbers(
      tx, std::vector<store::BlockedNumber>{
              {.phone = number(2), .source = "manual", .reason = {}, .added_at = tuesday, .added_by = {}}});
  store::add_erasure(tx, {nth<store::ErasureTag>(1), lead_id(9), Bytes(32, 200), 2, "asked", tuesday, {}});
  store::Import import{
      .id = file, .file_name = "a.csv", .mapping = Json{"{}"}, .region = "US", .created_at = tuesday};
  store::add_import(tx, import);
  store::add_import_chunk(tx, file, 0, Bytes{0, 255, 10});
  store::import_is_whole(tx, import, tuesday);
  store::take_import(tx, runner, tuesday, tuesday + 1min);
  store::advance_import(tx, file,
                        {.bytes_from = 0,
                         .bytes_to = 2,
                         .reader = Json{"[1]"},
                         .mapping = Json{"{}"},
                         .rows = 1,
                         .report = "1,\"a\"\n"},
                        runner, tuesday + 1min);
  store::remember_mapping(tx, "name,phone", Json{"[2]"}, tuesday);
}

std::string leads_and_files(Db& db, std::uint64_t workspace) {
  return await(db.read(Workspace(nth<WorkspaceTag>(workspace)), [](Tx& tx) {
    std::string text;
    for (const auto& lead : store::leads_page(tx, {})) text += write_json(lead) + '\n';
    for (const auto& one : store::pipelines_page(tx, {}, 9)) text += one.name + '\n';
    for (const auto& one : store::consents_page(tx, {}, {}, 9)) text += one.phone + '\n';
    for (const auto& one : store::blocked_numbers_page(tx, "", 9)) text += one.phone + one.source + '\n';
    for (const auto& [id, lead, digest, consents, reason, at, by] : store::erasures_page(tx, {}, 9)) {
      text += fmt::format("{} {} {} {}\n", to_text(lead), to_hex(digest), consents, to_text(at));
    }
    for (const auto& one : store::imports_page(tx, {}, 9)) {
      text += fmt::format("{} {} {} {} {} {}\n", one.file_name, to_text(one.state), one.bytes_read,
                          one.reader.text, to_hex(store::import_chunk(tx, one.id, 0).value()),
                          store::import_report(tx, one.id, 0)->rows);
    }
    text += store::remembered_mapping(tx, "name,phone").value().text;
    return text + (store::phone_is_known(tx, number(3)) ? " known" : " unknown");
  }));
}

// People, keys, sessions, leads, and messages in every state.
void fill(Db& db) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  await(db.instance([&](Tx& tx) {
    store::add_user(tx, {nth<UserTag>(1), secret_address, "Änne \"A\" O'Hara\t", secret_hash, tuesday, {}});
    store::add_user(tx, {nth<UserTag>(2), "bob@example.com", "", {}, tuesday + Span(1), {}});
    store::disable_user(tx, nth<UserTag>(2), tuesday + 1h);
    store::put_membership(tx, clinic.id(), nth<UserTag>(1), Role::owner, tuesday);
    store::put_membership(tx, agency.id(), nth<UserTag>(2), Role::rep, tuesday);
    store::add_api_key(
        tx, {clinic.id(), nth<store::ApiKeyTag>(1), "import", "read", nth<UserTag>(1), tuesday, {}, {}},
        key_hash);
    store::add_session(tx, {Bytes(32, 7), nth<UserTag>(1), tuesday, tuesday, tuesday + 100h});
  }));
  for (const Workspace& workspace : {clinic, agency}) {
    await(db.write(workspace, [](Tx& tx) {
      for (std::uint64_t n = 0; n < 6; ++n) store::put_message(tx, message(n), tuesday);
      const Uuid lease = nth<UserTag>(50).value;
      store::claim_messages(tx, lease, tuesday + 1s, tuesday + 1h, 3);
      store::finish_message(tx, nth<store::MessageTag>(0), lease, tuesday + 1min);
      store::give_up_message(tx, nth<store::MessageTag>(1), lease, tuesday + 2min, "no such number");
      store::add_change(tx, "lead", nth<UserTag>(1).value, tuesday);
      fill_leads(tx);
    }));
  }
}

std::string shown(const store::MessageRecord& one) {
  return fmt::format("{} {} {} {} {} '{}' {} {}", to_text(one.id), one.kind, to_text(one.state), one.tries,
                     to_text(one.ready_at), one.problem.value_or("-"), to_text(one.created_at),
                     one.closed_at ? to_text(*one.closed_at) : "-");
}

std::map<store::MessageId, std::string> messages(Db& db, std::uint64_t workspace) {
  std::map<store::MessageId, std::string> all;
  store::MessageId last{};
  while (true) {
    const auto page = await(db.read(Workspace(nth<WorkspaceTag>(workspace)),
                                    [&](Tx& tx) { return store::messages_page(tx, last, 1000); }));
    if (page.empty()) return all;
    for (const auto& one : page) all.emplace(one.id, shown(one));
    last = page.back().id;
  }
}

// Everything the store says of people, and what is claimed next, with its payload.
std::string people_and_payloads(Db& db) {
  std::string text = await(db.instance_read([](Tx& tx) {
    std::string said;
    for (std::uint64_t n = 1; n <= 2; ++n) {
      const auto user = *store::find_user(tx, nth<UserTag>(n));
      said += fmt::format("{} {} {} {} {} {}\n", to_text(user.id), user.email, user.name,
                          user.password_hash.value_or("-"), to_text(user.created_at),
                          user.disabled_at.has_value());
      for (const auto& one : store::workspaces_of(tx, user.id))
        said += one.name + " " + to_text(one.role) + "\n";
    }
    const auto key = *store::find_api_key(tx, key_hash);
    return said + key.name + " " + to_text(key.created_at) +
           fmt::format(" due {}\n", store::due_now(tx, "outbox", tuesday + 1s, 9).size());
  }));
  for (std::uint64_t w = 1; w <= 2; ++w) {
    await(db.write(Workspace(nth<WorkspaceTag>(w)), [&](Tx& tx) -> Result<void> {
      for (const auto& one : store::claim_messages(tx, {}, tuesday + 2h, tuesday + 3h, 3)) {
        const auto payload = parse_json(one.payload.text);
        std::map<std::string, std::string> fields;  // jsonb has an order of its own
        for (const JsonNode field : payload->root()) fields.emplace(field.key(), field.text());
        for (const auto& [name, value] : fields) text += name + "=" + value + ";";
        text += fmt::format(" {} {}\n", to_text(one.id), one.tries);
      }
      return fail(Reason::conflict, "only looking");
    }));
  }
  return text;
}

// Another process that commits pairs of messages until it is killed; it reports every pair that is committed.
class Writer {
 public:
  explicit Writer(const Instance& instance) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    pid_ = fork();
    if (pid_ == 0) write_for_ever(instance, ends[1]);
    close(ends[1]);
    reports_ = ends[0];
  }
  ~Writer() {
    if (pid_ > 0) kill_9();
    close(reports_);
  }

  std::uint64_t next_report() {
    std::uint64_t pair = 0;
    REQUIRE(read(reports_, &pair, sizeof pair) == sizeof pair);
    return pair;
  }

  void kill_9() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

 private:
  [[noreturn]] static void write_for_ever(const Instance& instance, int report_to) {
    const auto db = instance.store.open(4);
    std::atomic<std::uint64_t> next = 1000;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        while (true) {
          const std::uint64_t pair = next++;
          await(db->write(Workspace(nth<WorkspaceTag>(1 + pair % 2)), [=](Tx& tx) {
            store::put_message(tx, message(2 * pair), tuesday);
            store::put_message(tx, message(2 * pair + 1), tuesday);
          }));
          if (write(report_to, &pair, sizeof pair) != sizeof pair) _exit(1);
        }
      });
    }
    threads.clear();
    _exit(0);
  }

  pid_t pid_ = 0;
  int reports_ = -1;
};

// Makes a filled instance with a backup in FOLDER/full.backup.
std::string backed_up(const Instance& instance) {
  fill(*instance.store.open());
  const std::string file = instance.folder / "full.backup";
  const Outcome outcome = run_ringdown(instance.words("backup", {file}));
  CAPTURE(outcome.err);
  REQUIRE(outcome.status == 0);
  CHECK(outcome.out.contains("keep " + instance.data() + "/ringdown.key as well"));
  return file;
}

void write_file(const std::string& name, const std::string& text) {
  std::ofstream(name, std::ios::binary) << text;
}

using Columns = std::set<std::string>;

Columns columns_of_manifest() {
  Columns columns;
  for (const auto& table : store::backup_tables) {
    const std::string name(table.name);
    if (table.scope() == Scope::tenant) columns.insert(name + ".workspace_id uuid");
    for (const auto& column : table.columns) {
      columns.insert(fmt::format("{}.{} {}", name, column.name, to_text(column.type)));
    }
  }
  return columns;
}

// TABLE.COLUMN TYPE,… without the tables that are left out on purpose.
Columns columns_of_catalog(const std::string& list, const std::map<std::string, std::string>& types) {
  Columns columns;
  std::set<std::string_view> left_out(std::begin(store::left_out_of_backups),
                                      std::end(store::left_out_of_backups));
  for (const std::string_view one : split(list, ',')) {
    const std::string_view table = one.substr(0, one.find('.'));
    const std::string type(one.substr(one.find(' ') + 1));
    if (left_out.contains(table)) continue;
    columns.insert(std::string(one.substr(0, one.find(' ') + 1)) +
                   (types.contains(type) ? types.at(type) : type));
  }
  return columns;
}

}  // namespace

TEST_CASE("a backup holds every column of every table but those that are left out on purpose") {
  const FreshStore postgres(StoreKind::postgres);
  const std::string in_postgres =
      PostgresServer::shared().as_boss(postgres.database(),
                                       "SELECT string_agg(table_name || '.' || column_name || ' ' || "
                                       "data_type, ',') FROM information_schema.columns "
                                       "WHERE table_schema = 'ringdown' AND is_generated = 'NEVER'");
  CHECK(columns_of_catalog(in_postgres, {{"bigint", "integer"},
                                         {"boolean", "truth"},
                                         {"bytea", "bytes"},
                                         {"double precision", "real"},
                                         {"timestamp with time zone", "time"},
                                         {"jsonb", "json"}}) == columns_of_manifest());

  const FreshStore sqlite(StoreKind::sqlite);
  sqlite.open();
  SqliteConnection connection(sqlite.database(), SqliteConnection::Mode::read_only);
  std::string in_sqlite;
  sqlite3_exec(
      connection.handle(),
      "SELECT group_concat(m.name || '.' || c.name || ' any') FROM sqlite_schema m, "
      "pragma_table_info(m.name) c "
      "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
      [](void* into, int, char** cells, char**) {
        *static_cast<std::string*>(into) = cells[0];
        return 0;
      },
      &in_sqlite, nullptr);
  Columns untyped;
  for (const std::string& column : columns_of_manifest())
    untyped.insert(column.substr(0, column.find(' ')) + " any");
  CHECK(columns_of_catalog(in_sqlite, {}) == untyped);
}

TEST_CASE("what was committed before a backup began is in it, whole, wherever it is restored") {
  for (const StoreKind from : {StoreKind::sqlite, StoreKind::postgres}) {
    const Instance old(from);
    fill(*old.store.open());
    const std::string file = old.folder / "drill.backup";
    std::set<std::uint64_t> before;
    {
      Writer writer(old);
      while (before.size() < 200) before.insert(writer.next_report());
      const Outcome outcome = run_ringdown(old.words("backup", {file}));
      CAPTURE(outcome.err);
      REQUIRE(outcome.status == 0);
      for (int i = 0; i < 200; ++i) writer.next_report();
      writer.kill_9();
    }
    const auto source = old.store.open();

    for (const StoreKind to : {StoreKind::sqlite, StoreKind::postgres}) {
      CAPTURE(to_text(from));
      CAPTURE(to_text(to));
      const Instance fresh(to);
      fresh.take_key_of(old);
      const Outcome outcome = run_ringdown(fresh.words("restore", {file}));
      CAPTURE(outcome.err);
      REQUIRE(outcome.status == 0);

      const auto copy = fresh.store.open();
      CHECK(people_and_payloads(*copy) == people_and_payloads(*source));
      CHECK(leads_and_files(*copy, 1).size() > 500);
      for (const std::uint64_t w : {1, 2}) CHECK(leads_and_files(*copy, w) == leads_and_files(*source, w));
      std::size_t pairs = 0;
      for (std::uint64_t w = 1; w <= 2; ++w) {
        const auto was = messages(*source, w);
        const auto is = messages(*copy, w);
        CHECK(is.size() % 2 == 0);
        pairs += is.size() / 2;
        std::size_t same = 0;
        std::size_t whole = 0;
        for (const auto& [id, text] : is) same += was.contains(id) && was.at(id) == text ? 1 : 0;
        for (std::uint64_t pair = 1000; pair < 1'000'000 && whole < is.size(); ++pair) {
          const bool first = is.contains(nth<store::MessageTag>(2 * pair));
          const bool second = is.contains(nth<store::MessageTag>(2 * pair + 1));
          whole += first && second ? 2 : 0;
          if (!first && !second && pair > 1000 + 100'000) break;
          if (before.contains(pair) && pair % 2 == w - 1) CHECK(first);
        }
        CHECK(same == is.size());
        CHECK(whole == is.size() - 6);  // besides the six that were there before the writer
      }
      CHECK(pairs >= before.size() + 6);
      await(copy->instance_read([](Tx& tx) {
        CHECK_FALSE(store::find_session(tx, Bytes(32, 7)).has_value());
        CHECK(store::dialing_pause(tx).has_value());
        CHECK_FALSE(store::changes_known(tx, {0, 1}));
      }));
    }
  }
}

TEST_CASE("a backup shows nothing of what it holds") {
  const Instance instance(StoreKind::sqlite);
  const std::string text = text_of(backed_up(instance));

  CHECK(text_of(instance.store.database()).contains(secret_address));  // the canaries are really there
  CHECK(text_of(instance.store.database()).contains(secret_number));
  for (const std::string& canary :
       {secret_address, secret_number, secret_hash, std::string("canary"), std::string("555012"),
        std::string("users"), std::string("Clinic"), std::string(4, '\xcb')}) {
    CAPTURE(canary);
    CHECK_FALSE(text.contains(canary));
  }
}

TEST_CASE("a file that was cut, changed or sealed by another key is refused, and nothing is written") {
  const Instance old(StoreKind::sqlite);
  const std::string good = text_of(backed_up(old));
  const auto refused = [&](const std::string& text, const std::string& why) {
    const Instance fresh(StoreKind::sqlite);
    fresh.take_key_of(old);
    write_file(fresh.folder / "bad.backup", text);
    const Outcome outcome = run_ringdown(fresh.words("restore", {fresh.folder / "bad.backup"}));
    CAPTURE(outcome.err);
    CHECK(outcome.status == 1);
    CHECK(outcome.err.contains(why));
    CHECK(outcome.err.contains("bad.backup"));
    CHECK_FALSE(std::filesystem::exists(fresh.store.database()));
  };

  for (const std::size_t length : {std::size_t{0}, std::size_t{10}, good.size() / 2, good.size() - 1}) {
    CAPTURE(length);
    refused(good.substr(0, length), "cannot restore");
  }
  for (const std::size_t at : {std::size_t{3}, good.size() / 2, good.size() - 1}) {
    CAPTURE(at);
    std::string changed = good;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    refused(changed, "cannot restore");
  }
  refused(good + "x", "cannot restore");
  refused("not a backup at all, but long enough to look like one to somebody who does not look closely",
          "cannot restore");

  const Instance stranger(StoreKind::sqlite);
  backed_up(stranger);
  const Instance fresh(StoreKind::sqlite);
  const std::string file = old.folder / "full.backup";
  CHECK(run_ringdown(fresh.words("restore", {file})).err.contains("put that one there first"));
  fresh.take_key_of(stranger);
  const Outcome wrong_key = run_ringdown(fresh.words("restore", {file}));
  CHECK(wrong_key.status == 1);
  CHECK(wrong_key.err.contains("key"));
  CHECK_FALSE(std::filesystem::exists(fresh.store.database()));
}

TEST_CASE("a database that holds something is not restored into, and keeps what it holds") {
  const Instance old(StoreKind::sqlite);
  const std::string file = backed_up(old);
  for (const StoreKind kind : {StoreKind::sqlite, StoreKind::postgres}) {
    CAPTURE(to_text(kind));
    const Instance used(kind);
    a_workspace(*used.store.open(), 9);
    used.take_key_of(old);

    const Outcome outcome = run_ringdown(used.words("restore", {file}));

    CHECK(outcome.status == 1);
    CHECK(outcome.err.contains("the database is not empty"));
    await(used.store.open()->instance_read([](Tx& tx) {
      CHECK(store::find_workspace(tx, nth<WorkspaceTag>(9)).has_value());
      CHECK(store::count_users(tx) == 0);
      CHECK_FALSE(store::dialing_pause(tx).has_value());
    }));
  }
}

TEST_CASE("a text that ends early or says what cannot be leaves an empty database") {
  const Instance old(StoreKind::sqlite);
  fill(*old.store.open());
  std::string text;
  read_whole_sqlite(old.store.database(), sqlite_migrations, [&](WholeStore& store) {
    store::write_backup(store, tuesday, [&](std::string_view piece) { text += piece; });
  });
  const auto end = text.rfind('\n', text.size() - 2) + 1;
  std::string other_schema = text;
  other_schema.replace(other_schema.find("\"schema\":\"") + 10, 4, "9999");
  std::string bad_row = text;
  bad_row.insert(end, "[1,2,3]\n");

  for (const std::string& bad :
       {text.substr(0, end), other_schema, bad_row, text + "{}\n", std::string("[]\n")}) {
    for (const StoreKind kind : {StoreKind::sqlite, StoreKind::postgres}) {
      const FreshStore fresh(kind);
      fresh.open();
      const auto load = [&](WholeStore& store) {
        store::BackupLoader loader(store);
        for (std::size_t at = 0; at < bad.size(); at += 7) loader.write(std::string_view(bad).substr(at, 7));
        loader.finish(tuesday);
      };
      const auto restore = [&] {
        if (kind == StoreKind::sqlite) return write_whole_sqlite(fresh.database(), sqlite_migrations, load);
        write_whole_postgres(PostgresServer::shared().app_url(fresh.database()), postgres_migrations, load);
      };
      CHECK_THROWS_AS(restore(), Breakage);
      await(fresh.open()->instance_read([](Tx& tx) {
        CHECK(store::count_users(tx) == 0);
        CHECK_FALSE(store::find_workspace(tx, nth<WorkspaceTag>(1)).has_value());
      }));
    }
  }
}

TEST_CASE("a backup replaces no file and leaves no part of one") {
  const Instance instance(StoreKind::sqlite);
  const std::string file = backed_up(instance);
  const std::string text = text_of(file);

  const Outcome outcome = run_ringdown(instance.words("backup", {file}));

  CHECK(outcome.status == 1);
  CHECK(outcome.err.contains("exists already"));
  CHECK(text_of(file) == text);
  CHECK_FALSE(std::filesystem::exists(file + ".part"));
  const Instance empty(StoreKind::sqlite);
  CHECK(
      run_ringdown(empty.words("backup", {empty.folder / "b"})).err.contains("there is nothing to back up"));
  CHECK(std::filesystem::is_empty(empty.folder.path()));
}

TEST_CASE("/readyz says that dialing is paused, until it is resumed on the command line") {
  const Instance old(StoreKind::sqlite);
  const std::string file = backed_up(old);
  const Instance fresh(StoreKind::sqlite);
  fresh.take_key_of(old);
  REQUIRE(run_ringdown(fresh.words("restore", {file})).status == 0);
  const auto db = fresh.store.open();
  HandClock clock(tuesday);
  SystemChance chance;
  const ApiConfig config;
  Api api{.db = *db, .clock = clock, .chance = chance, .config = config};
  const Router router(api, {health_routes});
  const auto ready = [&] {
    Request request;
    request.target = request.path = "/readyz";
    return await(router.answer(request)).body;
  };

  CHECK(ready().contains("\"dialing\":\"paused\""));
  CHECK(run_ringdown(fresh.words("resume-dialing")).out == "dialing goes on\n");
  CHECK(ready().contains("\"dialing\":\"on\""));
  CHECK(run_ringdown(fresh.words("resume-dialing")).out == "dialing was not paused\n");
}
