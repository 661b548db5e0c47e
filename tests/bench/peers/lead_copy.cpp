#include "tests/bench/peers/lead_copy.h"

#include <libpq-fe.h>

#include <memory>
#include <stdexcept>

namespace ringdown::bench {
namespace {

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, Finish>;

Connection open(const std::string& url) {
  Connection connection(PQconnectdb(url.c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
  return connection;
}

void run(PGconn* connection, const std::string& sql, ExecStatusType wanted = PGRES_COMMAND_OK) {
  PGresult* result = PQexec(connection, sql.c_str());
  const bool good = PQresultStatus(result) == wanted;
  PQclear(result);
  if (!good) throw std::runtime_error(PQerrorMessage(connection));
}

void end_copy(PGconn* connection) {
  while (PGresult* result = PQgetResult(connection)) {
    const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!good) throw std::runtime_error(PQerrorMessage(connection));
  }
}

void copy(PGconn* connection, const std::string& table, const CopiedRows& rows) {
  run(connection, "COPY " + table + " FROM STDIN", PGRES_COPY_IN);
  for (const std::string& row : rows) {
    if (PQputCopyData(connection, row.data(), static_cast<int>(row.size())) != 1)
      throw std::runtime_error(PQerrorMessage(connection));
  }
  if (PQputCopyEnd(connection, nullptr) != 1) throw std::runtime_error(PQerrorMessage(connection));
  end_copy(connection);
}

}  // namespace

CopiedRows rows_of_table(const std::string& url, const std::string& table) {
  const Connection connection = open(url);
  run(connection.get(), "COPY " + table + " TO STDOUT", PGRES_COPY_OUT);  // as it lies there: by id
  CopiedRows rows;
  char* row = nullptr;
  for (int size = 0; (size = PQgetCopyData(connection.get(), &row, 0)) > 0; PQfreemem(row)) {
    rows.emplace_back(row, static_cast<std::size_t>(size));
  }
  end_copy(connection.get());
  return rows;
}

Load copy_leads(const std::string& url, const CopiedRows& workspaces, const CopiedRows& leads,
                LeadIndexes indexes) {
  const Connection connection = open(url);
  copy(connection.get(), "ringdown.workspaces", workspaces);
  run(connection.get(),
      "CREATE TABLE bare_leads (LIKE ringdown.leads INCLUDING DEFAULTS INCLUDING GENERATED)");

  const auto begun = SteadyClock::now();
  if (indexes == LeadIndexes::all) {
    copy(connection.get(), "ringdown.leads", leads);
  } else {
    copy(connection.get(), "bare_leads", leads);
    run(connection.get(),
        "CREATE UNIQUE INDEX ON bare_leads (workspace_id, phone, name_key, coalesce(external_id, '')) "
        "WHERE deleted_at IS NULL");
  }
  Load load;
  load.units = leads.size();
  load.seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
  return load;
}

}  // namespace ringdown::bench
