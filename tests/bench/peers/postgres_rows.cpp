#include "tests/bench/peers/postgres_rows.h"

#include <libpq-fe.h>

#include <array>
#include <future>
#include <stdexcept>

#include "store/sql.h"

namespace ringdown::bench {
namespace {

constexpr const char* insert_name = "insert";

void check(PGconn* connection, bool good) {
  if (!good) throw std::runtime_error(PQerrorMessage(connection));
}

PGconn* open(const std::string& url) {
  PGconn* connection = PQconnectdb(url.c_str());
  check(connection, PQstatus(connection) == CONNECTION_OK);
  PQclear(PQexec(connection, "SET search_path = ringdown; SET synchronous_commit = on"));
  PGresult* prepared = PQprepare(connection, insert_name, sql::put_message.postgres.data(), 0, nullptr);
  check(connection, PQresultStatus(prepared) == PGRES_COMMAND_OK);
  PQclear(prepared);
  check(connection, PQenterPipelineMode(connection) == 1);
  return connection;
}

void send(PGconn* connection, const char* text) {
  check(connection, PQsendQueryParams(connection, text, 0, nullptr, nullptr, nullptr, nullptr, 1) == 1);
}

// Reads until everything that was sent is answered.
void read_answers(PGconn* connection) {
  for (;;) {
    PGresult* result = PQgetResult(connection);
    const auto status = PQresultStatus(result);
    PQclear(result);
    if (status == PGRES_PIPELINE_SYNC) return;
    check(connection, result == nullptr || status == PGRES_COMMAND_OK);
  }
}

void add(Load& sum, const Load& part) {
  sum.units += part.units;
  sum.seconds = std::max(sum.seconds, part.seconds);
  sum.waits_ms.insert(sum.waits_ms.end(), part.waits_ms.begin(), part.waits_ms.end());
}

}  // namespace

PostgresRows::PostgresRows(std::string url, Workspace workspace, Shape shape)
    : url_(std::move(url)), workspace_(to_text(workspace.id())), shape_(shape) {}

PostgresRows::~PostgresRows() {
  for (PGconn* connection : connections_) PQfinish(connection);
}

Load PostgresRows::run(int at_once, Span length) {
  const std::size_t wanted = shape_ == Shape::one_batch ? 1 : static_cast<std::size_t>(at_once);
  while (connections_.size() < wanted) connections_.push_back(open(url_));
  if (shape_ == Shape::one_batch) return run_batches(connections_[0], at_once, length);

  std::vector<std::future<Load>> parts;
  for (std::size_t i = 0; i < wanted; ++i) {
    parts.push_back(std::async(std::launch::async,
                               [this, i, length] { return run_batches(connections_[i], 1, length); }));
  }
  Load sum;
  for (auto& part : parts) add(sum, part.get());
  return sum;
}

Load PostgresRows::run_batches(PGconn* connection, int rows, Span length) {
  Load load;
  const auto begun = SteadyClock::now();
  while (SteadyClock::now() < begun + length) {
    const auto asked = SteadyClock::now();
    commit_rows(connection, rows);
    load.units += static_cast<std::uint64_t>(rows);
    load.waits_ms.insert(load.waits_ms.end(), static_cast<std::size_t>(rows), ms_since(asked));
  }
  load.seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
  return load;
}

void PostgresRows::commit_rows(PGconn* connection, int count) {
  static const std::string time = to_text(row_time);
  send(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ");
  for (int i = 0; i < count; ++i) {
    const std::string id = to_text(next_row_id());
    const std::array<const char*, 7> values{id.c_str(),   row_kind,     nullptr,           row_payload,
                                            time.c_str(), time.c_str(), workspace_.c_str()};
    const int sent = PQsendQueryPrepared(connection, insert_name, 7, values.data(), nullptr, nullptr, 1);
    check(connection, sent == 1);
  }
  send(connection, "COMMIT");
  check(connection, PQpipelineSync(connection) == 1);
  read_answers(connection);
}

}  // namespace ringdown::bench
