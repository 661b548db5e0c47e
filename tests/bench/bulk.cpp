#include "tests/bench/bulk.h"

#include <fcntl.h>
#include <fmt/args.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "tests/bench/peers/sqlite_tools.h"

namespace ringdown::bench {
namespace {

constexpr std::uint64_t leads_max = 6'000'000;

// Area codes that nobody has; 7919 is a prime, so that each number is there once.
constexpr const char* numbered =
    "(SELECT n, '+1' || substr('271273275282285286287288', CAST(n % 8 * 3 + 1 AS int), 3) || "
    "(6200000 + n / 8 * 7919 % 750000) AS phone FROM {} AS counted)";

constexpr const char* leads =
    "INSERT INTO {schema}leads (workspace_id, id, phone, name_key, contact_name, status, tags, interests, "
    "state, "
    "country, timezone, created_at, updated_at) "
    "SELECT {workspace}, id_of(n), phone, 'lead ' || n, 'Lead ' || n, 'pending', '[]', '{{}}', 'TX', 'US', "
    "'America/Chicago', {epoch}, {epoch} FROM {numbered} AS numbered";

constexpr const char* places =
    "INSERT INTO {schema}line (workspace_id, lane, subject, lead_id, phone, state, rank, turn, ready_at) "
    "SELECT {workspace}, {lane}, id_of(n), id_of(n), phone, 'ready', 1, {epoch}, {epoch} "
    "FROM {numbered} AS numbered";

// In the order in which an import writes them.
constexpr const char* consents =
    "INSERT INTO {schema}consents (workspace_id, id, phone, text_shown, given_at, method, scope, written, "
    "ai_named, created_at) "
    "SELECT {workspace}, id_of(n), phone, 'You may call me', {epoch}, 'form', 'marketing', true, true, "
    "{epoch} "
    "FROM {numbered} AS numbered";

std::string hex(const Uuid& uuid) {
  std::string text;
  for (const std::uint8_t byte : uuid.bytes) text += fmt::format("{:02x}", byte);
  return text;
}

// n in the last half of the id.
void id_of(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  const auto n = static_cast<std::uint64_t>(sqlite3_value_int64(values[0]));
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < 8; ++i) bytes[15 - i] = static_cast<std::uint8_t>(n >> (8 * i));
  sqlite3_result_blob(context, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
}

class SqliteBulk : public Bulk {
 public:
  explicit SqliteBulk(std::string path) : path_(std::move(path)), connection_(open_sqlite(path_)) {
    check_sqlite(sqlite3_create_function(connection_, "id_of", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                                         id_of, nullptr, nullptr));
    ask("PRAGMA journal_mode = OFF");
    ask("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576");
  }
  ~SqliteBulk() override { sqlite3_close(connection_); }

  std::string ask(const std::string& sql) override {
    std::string answer;
    const auto keep = [](void* into, int /*columns*/, char** row, char** /*names*/) {
      if (row[0]) *static_cast<std::string*>(into) = row[0];
      return 0;
    };
    if (sqlite3_exec(connection_, sql.c_str(), keep, &answer, nullptr) != SQLITE_OK)
      throw std::runtime_error(std::string(sqlite3_errmsg(connection_)) + ": " + sql);
    return answer;
  }
  std::string indexes_of_leads_and_line() override { return ask(list_of("sql")); }
  std::string without_indexes() override { return ask(list_of("'DROP INDEX ' || name")); }

  void settle() override {
    ask("PRAGMA journal_mode = WAL");
    const int file = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    const bool good = file >= 0 && fsync(file) == 0;
    close(file);
    if (!good) throw std::runtime_error("cannot force " + path_ + " onto the disk");
  }

 protected:
  std::string schema() const override { return "main."; }
  std::string clustered() const override { return "WITHOUT ROWID"; }
  std::string literal(const Uuid& uuid) const override { return "x'" + hex(uuid) + "'"; }
  std::string literal(Time time) const override { return std::to_string(to_micros(time)); }
  std::string numbers(std::uint64_t count) const override {
    return fmt::format(
        "(WITH RECURSIVE all_of (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM all_of WHERE n < {}) SELECT n "
        "FROM all_of)",
        count);
  }

 private:
  static std::string list_of(const std::string& what) {
    return "SELECT group_concat(" + what +
           ", ';') FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('leads', "
           "'line')";
  }

  std::string path_;
  sqlite3* connection_;
};

class PostgresBulk : public Bulk {
 public:
  PostgresBulk(const test::PostgresServer& server, std::string database)
      : server_(server), database_(std::move(database)) {
    ask("CREATE FUNCTION id_of(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
        "$$SELECT lpad(to_hex(n), 32, '0')::uuid$$");
  }

  std::string ask(const std::string& sql) override {
    return server_.as_boss(
        database_, "SET session_replication_role = replica; SET maintenance_work_mem = '512MB'; " + sql);
  }
  std::string indexes_of_leads_and_line() override { return ask(list_of("pg_get_indexdef(indexrelid)")); }
  std::string without_indexes() override { return ask(list_of("'DROP INDEX ' || indexrelid::regclass")); }

  void settle() override {
    server_.as_boss(database_, "VACUUM (ANALYZE)");
    server_.as_boss(database_, "CHECKPOINT");
  }

 protected:
  std::string schema() const override { return "ringdown."; }
  std::string clustered() const override { return ""; }
  std::string literal(const Uuid& uuid) const override { return "'" + to_text(uuid) + "'"; }
  std::string literal(Time time) const override { return "'" + to_text(time) + "'"; }
  std::string numbers(std::uint64_t count) const override {
    return fmt::format("(SELECT n FROM generate_series(1::bigint, {}) AS all_of (n))", count);
  }

 private:
  static std::string list_of(const std::string& what) {
    return "SELECT string_agg(" + what +
           ", ';') FROM pg_index WHERE NOT indisprimary AND indrelid IN ('ringdown.leads'::regclass, "
           "'ringdown.line'::regclass)";
  }

  const test::PostgresServer& server_;
  std::string database_;
};

}  // namespace

void Bulk::run(std::string_view text, const ReadyLeads& ready) {
  if (ready.leads > leads_max)
    throw std::runtime_error(fmt::format("there are numbers for {} leads", leads_max));
  ask(fmt::format(fmt::runtime(text), fmt::arg("schema", schema()),
                  fmt::arg("workspace", literal(ready.workspace.id().value)),
                  fmt::arg("lane", literal(ready.lane.value)), fmt::arg("epoch", literal(Time{})),
                  fmt::arg("clustered", clustered()),
                  fmt::arg("numbered", fmt::format(fmt::runtime(numbered), numbers(ready.leads)))));
}

std::unique_ptr<Bulk> sqlite_bulk(const std::string& path) {
  return std::make_unique<SqliteBulk>(path);
}

std::unique_ptr<Bulk> postgres_bulk(const test::PostgresServer& server, const std::string& database) {
  return std::make_unique<PostgresBulk>(server, database);
}

// Indexes are made afterwards, in one go each: the same trees, in a tenth of the time.
void fill_line(Bulk& bulk, const ReadyLeads& ready) {
  const std::string indexes = bulk.indexes_of_leads_and_line();
  bulk.ask(bulk.without_indexes());
  for (const char* text : {leads, places, consents}) bulk.run(text, ready);
  bulk.ask(indexes);
  bulk.settle();
}

}  // namespace ringdown::bench
