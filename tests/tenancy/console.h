// A plain connection to PostgreSQL, as psql would be one: for what the product's own driver would never send.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace ringdown::test {

class Console {
 public:
  explicit Console(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    run("SET client_min_messages = warning; SET search_path = ringdown");
  }
  ~Console() { PQfinish(connection_); }

  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  // Rows changed, or found.
  int run(const std::string& sql) {
    const Result result = answer(sql);
    const std::string changed = PQcmdTuples(result.get());
    return changed.empty() ? 0 : std::stoi(changed);
  }

  // The first column of every row.
  std::vector<std::string> column(const std::string& sql) {
    const Result result = answer(sql);
    std::vector<std::string> cells;
    for (int row = 0; row < PQntuples(result.get()); ++row)
      cells.emplace_back(PQgetvalue(result.get(), row, 0));
    return cells;
  }

  // Which SQLSTATE refuses it; "" when it is done.
  std::string refusal(const std::string& sql) {
    const Result result(PQexec(connection_, sql.c_str()));
    const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    return state ? state : "";
  }

 private:
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using Result = std::unique_ptr<PGresult, Clear>;

  Result answer(const std::string& sql) {
    Result result(PQexec(connection_, sql.c_str()));
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      throw std::runtime_error(PQerrorMessage(connection_) + sql);
    }
    return result;
  }

  PGconn* connection_;
};

}  // namespace ringdown::test
