#include "db/whole_store.h"

#include "db/postgres_db.h"
#include "db/sqlite_db.h"

namespace ringdown {
namespace {

template <class SomeTx>
class Whole : public WholeStore {
 public:
  explicit Whole(SomeTx& tx) : tx_(tx) {}

  Tx& as(std::optional<Workspace> workspace) override {
    tx_.enter(workspace);
    return tx_;
  }

 private:
  SomeTx& tx_;
};

void or_throw(const Result<void>& result) {
  if (!result) throw Breakage(result.error().reason, result.error().text);
}

void work_on_sqlite(SqliteConnection& connection, bool writes, const WholeWork& work) {
  connection.execute(writes ? "BEGIN IMMEDIATE" : "BEGIN");
  try {
    SqliteTx tx(connection, std::nullopt, writes);
    Whole whole(tx);
    work(whole);
    connection.execute(writes ? "COMMIT" : "ROLLBACK");
  } catch (...) {
    if (connection.in_transaction()) connection.execute("ROLLBACK");
    throw;
  }
}

void work_on_postgres(const std::string& url, std::span<const Migration> migrations, bool writes,
                      const WholeWork& work) {
  PostgresConnection connection(url);
  or_throw(check_login(connection));
  or_throw(check_schema(connection, migrations));
  connection.simple(
      "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0");  // it takes its time

  PostgresTx tx(connection, std::nullopt, writes);
  try {
    Whole whole(tx);
    work(whole);
    tx.commit();
  } catch (...) {
    tx.roll_back();
    throw;
  }
}

}  // namespace

void read_whole_sqlite(const std::string& path, std::span<const Migration> migrations,
                       const WholeWork& work) {
  SqliteConnection connection(path, SqliteConnection::Mode::read_only);
  or_throw(check_schema(connection, migrations));
  work_on_sqlite(connection, false, work);
}

void write_whole_sqlite(const std::string& path, std::span<const Migration> migrations,
                        const WholeWork& work) {
  SqliteConnection connection(path, SqliteConnection::Mode::read_write);
  migrate_sqlite(connection, migrations);
  work_on_sqlite(connection, true, work);
}

void read_whole_postgres(const std::string& url, std::span<const Migration> migrations,
                         const WholeWork& work) {
  work_on_postgres(url, migrations, false, work);
}

void write_whole_postgres(const std::string& url, std::span<const Migration> migrations,
                          const WholeWork& work) {
  work_on_postgres(url, migrations, true, work);
}

}  // namespace ringdown
