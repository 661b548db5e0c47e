#include "tests/bench/peers/lead_inserts.h"

#include <sqlite3.h>

#include <vector>

#include "tests/bench/peers/sqlite_tools.h"

namespace ringdown::bench {
namespace {

constexpr int rows_per_transaction = 1'000;

constexpr int computed_columns = 2;  // the last ones: `SELECT *` has them, INSERT does not

// All other columns of the leads table: `SELECT *` and the INSERT have them in the same order.
std::string insert_of_all(int columns) {
  std::string text = "INSERT INTO leads VALUES (?";
  for (int i = 1; i < columns; ++i) text += ", ?";
  return text + ")";
}

class Inserts {
 public:
  Inserts(const std::string& product_path, const std::string& path)
      : product_(open_sqlite(product_path)),
        connection_(open_sqlite(path)),
        rows_(prepare_sqlite(product_, "SELECT * FROM leads ORDER BY workspace_id, id")),
        columns_(sqlite3_column_count(rows_) - computed_columns),
        checkpointer_(path) {}

  ~Inserts() {
    for (sqlite3_stmt* statement : {rows_, insert_, begin_, commit_}) sqlite3_finalize(statement);
    sqlite3_close(connection_);
    sqlite3_close(product_);
  }

  Load run(LeadIndexes indexes) {
    prepare(indexes);
    Load load;
    while (take_rows()) {
      const double cpu_before = cpu_us_of_this_process();
      const auto begun = SteadyClock::now();
      insert_rows();
      load.seconds += std::chrono::duration<double>(SteadyClock::now() - begun).count();
      load.cpu_us += cpu_us_of_this_process() - cpu_before;
      load.units += taken_.size() / static_cast<std::size_t>(columns_);
    }
    return load;
  }

 private:
  void prepare(LeadIndexes indexes) {
    const char* others =
        "DROP INDEX leads_by_external; DROP INDEX leads_by_call; DROP INDEX leads_by_booking; "
        "DROP INDEX leads_of_pipeline; DROP INDEX leads_deleted; "
        "DROP INDEX leads_by_call_age; DROP INDEX leads_by_city";
    if (indexes == LeadIndexes::identity) run_text(others);
    copy_workspaces();
    insert_ = prepare_sqlite(connection_, insert_of_all(columns_));
    begin_ = prepare_sqlite(connection_, "BEGIN IMMEDIATE");
    commit_ = prepare_sqlite(connection_, "COMMIT");
  }

  void run_text(const char* text) {
    check_sqlite(sqlite3_exec(connection_, text, nullptr, nullptr, nullptr));
  }

  // To which the rows belong.
  void copy_workspaces() {
    run_text(("ATTACH '" + std::string(sqlite3_db_filename(product_, "main")) + "' AS product").c_str());
    run_text("INSERT INTO workspaces SELECT * FROM product.workspaces; DETACH product");
  }

  bool take_rows() {
    for (sqlite3_value* value : taken_) sqlite3_value_free(value);
    taken_.clear();
    for (int row = 0; row < rows_per_transaction && !at_end_; ++row) take_row();
    return !taken_.empty();
  }

  void take_row() {
    at_end_ = sqlite3_step(rows_) != SQLITE_ROW;  // and would begin anew
    if (at_end_) return;
    for (int i = 0; i < columns_; ++i) taken_.push_back(sqlite3_value_dup(sqlite3_column_value(rows_, i)));
  }

  void insert_rows() {
    step_sqlite(begin_);
    for (auto cell = taken_.begin(); cell != taken_.end();) {
      for (int i = 1; i <= columns_; ++i, ++cell) bind(i, *cell);
      step_sqlite(insert_);
    }
    step_sqlite(commit_);
  }

  // As whoever holds a parsed row would: without a copy.
  void bind(int position, sqlite3_value* cell) {
    switch (sqlite3_value_type(cell)) {
      case SQLITE_NULL: sqlite3_bind_null(insert_, position); break;
      case SQLITE_INTEGER: sqlite3_bind_int64(insert_, position, sqlite3_value_int64(cell)); break;
      case SQLITE_FLOAT: sqlite3_bind_double(insert_, position, sqlite3_value_double(cell)); break;
      case SQLITE_BLOB:
        sqlite3_bind_blob(insert_, position, sqlite3_value_blob(cell), sqlite3_value_bytes(cell),
                          SQLITE_STATIC);
        break;
      default:
        sqlite3_bind_text(insert_, position, reinterpret_cast<const char*>(sqlite3_value_text(cell)),
                          sqlite3_value_bytes(cell), SQLITE_STATIC);
    }
  }

  sqlite3* product_;
  sqlite3* connection_;
  sqlite3_stmt* rows_;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  int columns_;
  bool at_end_ = false;
  std::vector<sqlite3_value*> taken_;
  SqliteCheckpointer checkpointer_;
};

}  // namespace

Load insert_leads(const std::string& product_path, const std::string& path, LeadIndexes indexes) {
  return Inserts(product_path, path).run(indexes);
}

}  // namespace ringdown::bench
