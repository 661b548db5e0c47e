#include "tests/faults/look.h"

#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "base/text.h"

namespace ringdown::test {
namespace {

struct Shown {
  const char* table;
  const char* columns;  // in the order of which the rows are shown, unless `order` says otherwise
  const char* order;
};

constexpr Shown tables[] = {
    {"workspaces", "*", "id"},
    {"users", "*", "id"},
    {"memberships", "*", "workspace_id, user_id"},
    {"api_keys", "*", "id"},
    {"sessions", "*", "hash"},
    {"leases", "*", "name"},
    {"quotas", "*", "name"},
    {"due", "*", "workspace_id, kind"},
    {"outbox", "*", "workspace_id, id"},
    {"changes", "workspace_id, topic, entity, at", "tx, id"},  // PostgreSQL leaves gaps in both numbers
};

std::string show(const std::function<TextRows(const std::string&)>& ask) {
  std::string text;
  for (const Shown& shown : tables) {
    for (const TextRow& row :
         ask(std::string("SELECT ") + shown.columns + " FROM " + shown.table + " ORDER BY " + shown.order)) {
      text += shown.table;
      for (const std::string& cell : row) text += " | " + cell;
      text += '\n';
    }
  }
  return text;
}

std::string cell(sqlite3_stmt* row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_NULL) return "null";
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(row, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
  if (sqlite3_column_type(row, column) == SQLITE_BLOB) return to_hex(std::span(bytes, size));
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

class SqliteLook {
 public:
  explicit SqliteLook(const std::string& path) {
    if (sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
      fail_with("open");
    sqlite3_busy_timeout(handle_, 5'000);
  }
  ~SqliteLook() { sqlite3_close_v2(handle_); }

  TextRows ask(const std::string& sql) {
    TextRows rows;
    for (const char* rest = sql.c_str(); *rest != '\0';) {
      sqlite3_stmt* statement = nullptr;
      if (sqlite3_prepare_v2(handle_, rest, -1, &statement, &rest) != SQLITE_OK) fail_with(sql);
      rows.clear();
      while (sqlite3_step(statement) == SQLITE_ROW) {
        TextRow& row = rows.emplace_back();
        for (int i = 0; i < sqlite3_column_count(statement); ++i) row.push_back(cell(statement, i));
      }
      if (sqlite3_finalize(statement) != SQLITE_OK) fail_with(sql);
    }
    return rows;
  }

 private:
  [[noreturn]] void fail_with(const std::string& doing) {
    throw std::runtime_error("look: " + doing + ": " + sqlite3_errmsg(handle_));
  }

  sqlite3* handle_ = nullptr;
};

class PostgresLook {
 public:
  explicit PostgresLook(const std::string& url) : handle_(PQconnectdb(url.c_str())) {
    ask("SET search_path = ringdown");
  }
  ~PostgresLook() { PQfinish(handle_); }

  bool usable() const { return PQstatus(handle_) == CONNECTION_OK; }

  TextRows ask(const std::string& sql) {
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(handle_, sql.c_str()), PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      throw std::runtime_error("look: " + sql + ": " + PQerrorMessage(handle_));
    }
    TextRows rows;
    for (int r = 0; r < PQntuples(result.get()); ++r) {
      TextRow& row = rows.emplace_back();
      for (int c = 0; c < PQnfields(result.get()); ++c) {
        row.push_back(PQgetisnull(result.get(), r, c) != 0 ? "null" : PQgetvalue(result.get(), r, c));
      }
    }
    return rows;
  }

 private:
  PGconn* handle_;
};

// The last store looked at keeps its connection: some tests look hundreds of times.
PostgresLook& look_of(const FreshStore& store) {
  static std::string of;
  static std::unique_ptr<PostgresLook> last;
  const std::string url = PostgresServer::shared().boss_url(store.database());
  if (of != url || !last->usable()) last = std::make_unique<PostgresLook>(url);
  of = url;
  return *last;
}

}  // namespace

TextRows look_sqlite(const std::string& path, const std::string& sql) {
  return SqliteLook(path).ask(sql);
}

TextRows look_postgres(const std::string& url, const std::string& sql) {
  return PostgresLook(url).ask(sql);
}

TextRows look(const FreshStore& store, const std::string& sql) {
  if (store.kind() == StoreKind::postgres) return look_of(store).ask(sql);
  return look_sqlite(store.database(), sql);
}

std::string all_rows_sqlite(const std::string& path) {
  SqliteLook own(path);
  return show([&](const std::string& sql) { return own.ask(sql); });
}

std::string all_rows(const FreshStore& store) {
  if (store.kind() == StoreKind::sqlite) return all_rows_sqlite(store.database());
  return show([&](const std::string& sql) { return look_of(store).ask(sql); });
}

void empty(const FreshStore& store) {
  std::string sql = "BEGIN";
  for (const Shown& shown : tables) sql = std::string("DELETE FROM ") + shown.table + "; " + sql;
  // The tables stand in the order of their references; they are emptied the other way round.
  look(store, "BEGIN; " + sql.substr(0, sql.size() - 5) + "COMMIT");
}

}  // namespace ringdown::test
