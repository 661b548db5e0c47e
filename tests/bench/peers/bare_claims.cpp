#include "tests/bench/peers/bare_claims.h"

#include <libpq-fe.h>
#include <sqlite3.h>

#include <stdexcept>

#include "flow/engine.h"
#include "tests/bench/peers/sqlite_tools.h"

namespace ringdown::bench {
namespace {

const auto batch = static_cast<std::size_t>(flow::EnginePolicy{}.claimed_per_unit);

class SqliteClaims : public BareClaims {
 public:
  SqliteClaims(const std::string& path, LaneId lane)
      : lane_(lane.value),
        connection_(open_sqlite(path)),
        begin_(prepare_sqlite(connection_, "BEGIN IMMEDIATE")),
        claim_(prepare_sqlite(
            connection_,
            "UPDATE bare_line SET state = 'out' WHERE (lane, subject) IN (SELECT lane, subject "
            "FROM bare_line INDEXED BY bare_line_ready WHERE lane = ?1 "
            "AND state = 'ready' ORDER BY rank, turn, subject LIMIT 32) RETURNING subject")),
        commit_(prepare_sqlite(connection_, "COMMIT")),
        checkpointer_(path) {
    check_sqlite(sqlite3_bind_blob(claim_, 1, lane_.bytes.data(), 16, SQLITE_STATIC));
  }
  ~SqliteClaims() override {
    for (sqlite3_stmt* statement : {begin_, claim_, commit_}) sqlite3_finalize(statement);
    sqlite3_close(connection_);
  }

 protected:
  std::size_t claim() override {
    step_sqlite(begin_);
    std::size_t rows = 0;
    while (sqlite3_step(claim_) == SQLITE_ROW) ++rows;
    check_sqlite(sqlite3_reset(claim_));
    step_sqlite(commit_);
    return rows;
  }

 private:
  const Uuid lane_;
  sqlite3* connection_;
  sqlite3_stmt* begin_;
  sqlite3_stmt* claim_;
  sqlite3_stmt* commit_;
  SqliteCheckpointer checkpointer_;
};

class PostgresClaims : public BareClaims {
 public:
  PostgresClaims(const std::string& url, LaneId lane)
      : lane_(to_text(lane)), connection_(PQconnectdb(url.c_str())) {
    check(PQstatus(connection_) == CONNECTION_OK);
    PQclear(PQexec(connection_, "SET synchronous_commit = on"));
    PGresult* prepared =
        PQprepare(connection_, "claim",
                  "WITH picked AS (SELECT lane, subject FROM bare_line WHERE lane = $1 "
                  "AND state = 'ready' ORDER BY rank, turn, subject LIMIT 32 FOR UPDATE SKIP LOCKED) "
                  "UPDATE bare_line SET state = 'out' FROM picked "
                  "WHERE bare_line.lane = picked.lane AND bare_line.subject = picked.subject RETURNING "
                  "bare_line.subject",
                  0, nullptr);
    check(PQresultStatus(prepared) == PGRES_COMMAND_OK);
    PQclear(prepared);
  }
  ~PostgresClaims() override { PQfinish(connection_); }

 protected:
  std::size_t claim() override {
    const char* lane = lane_.c_str();
    PGresult* result = PQexecPrepared(connection_, "claim", 1, &lane, nullptr, nullptr, 1);
    check(PQresultStatus(result) == PGRES_TUPLES_OK);
    const int rows = PQntuples(result);
    PQclear(result);
    return static_cast<std::size_t>(rows);
  }

 private:
  void check(bool good) const {
    if (!good) throw std::runtime_error(PQerrorMessage(connection_));
  }

  const std::string lane_;
  PGconn* connection_;
};

}  // namespace

Load BareClaims::run(int claims) {
  Load load;
  const auto begun = SteadyClock::now();
  for (int i = 0; i < claims; ++i) {
    const auto asked = SteadyClock::now();
    if (claim() != batch) throw std::runtime_error("the bare line has come to its end");
    load.waits_ms.push_back(ms_since(asked));
    ++load.units;
  }
  load.seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
  return load;
}

void fill_bare_line(Bulk& bulk, const ReadyLeads& ready) {
  bulk.run(
      "CREATE TABLE bare_line (lane uuid, subject uuid, phone text, state text, rank integer, turn bigint, "
      "PRIMARY KEY (lane, subject)) {clustered}",
      ready);
  bulk.run("INSERT INTO bare_line SELECT {lane}, id_of(n), phone, 'ready', 1, 0 FROM {numbered} AS numbered",
           ready);
  bulk.run("CREATE INDEX bare_line_ready ON bare_line (lane, rank, turn, subject) WHERE state = 'ready'",
           ready);
  bulk.settle();
}

std::unique_ptr<BareClaims> bare_sqlite_claims(const std::string& path, LaneId lane) {
  return std::make_unique<SqliteClaims>(path, lane);
}

std::unique_ptr<BareClaims> bare_postgres_claims(const std::string& url, LaneId lane) {
  return std::make_unique<PostgresClaims>(url, lane);
}

}  // namespace ringdown::bench
