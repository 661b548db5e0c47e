#include "db/postgres_connection.h"

#include <endian.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>

#include "base/expect.h"

namespace ringdown {
namespace {

constexpr std::size_t pipeline_max = 256;

// Bounds for everything the server may wait for, a COMMIT that means it, and disks of today: at the server's default of 4
// a page of a list reads and sorts the whole table instead of walking its key.
constexpr const char* session_settings =
    "SET search_path = ringdown; SET client_min_messages = warning; SET statement_timeout = '30s'; "
    "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'; SET synchronous_commit = on; "
    "SET random_page_cost = 1.1";

constexpr const char* enter_name = "ringdown_enter";
constexpr const char* enter_text = "SELECT set_config('role', $1, true), set_config('ringdown.workspace', $2, true)";

std::string one_line(const char* message) {
  std::string text(trimmed(message ? message : ""));
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

// A value as the text PostgreSQL reads; nothing for NULL.
std::optional<std::string> as_text(const Value& value) {
  struct Writer {
    std::optional<std::string> operator()(Null) const { return std::nullopt; }
    std::optional<std::string> operator()(bool truth) const { return truth ? "t" : "f"; }
    std::optional<std::string> operator()(std::int64_t number) const { return std::to_string(number); }
    std::optional<std::string> operator()(double number) const { return fmt::format("{}", number); }
    std::optional<std::string> operator()(const std::string& text) const { return text; }
    std::optional<std::string> operator()(const Bytes& bytes) const { return "\\x" + to_hex(bytes); }
    std::optional<std::string> operator()(const Uuid& uuid) const { return to_text(uuid); }
    std::optional<std::string> operator()(Time time) const { return to_text(time); }
    std::optional<std::string> operator()(const Json& json) const { return json.text; }
  };
  return std::visit(Writer{}, value.any());
}

// One parameter of many rows, as PostgreSQL reads an array: {"12",NULL,"it is \"so\""}.
std::string array_of(std::span<const Values> rows, std::size_t parameter) {
  std::string array = "{";
  for (const Values& values : rows) {
    if (array.size() > 1) array += ',';
    const auto text = as_text(values[parameter]);
    if (!text) {
      array += "NULL";
      continue;
    }
    array += '"';
    for (const char c : *text) {
      if (c == '"' || c == '\\') array += '\\';
      array += c;
    }
    array += '"';
  }
  return array += '}';
}

// Columns arrive in PostgreSQL's binary form.
class PostgresRow : public Row {
 public:
  PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}

  std::size_t columns() const override { return static_cast<std::size_t>(PQnfields(result_)); }
  std::string_view name(std::size_t column) const override { return PQfname(result_, at(column)); }
  bool is_null(std::size_t column) const override { return PQgetisnull(result_, row_, at(column)) != 0; }
  bool boolean(std::size_t column) const override {
    expect(raw(column).size() == 1, "the column holds a truth");
    return raw(column)[0] != 0;
  }
  std::int64_t integer(std::size_t column) const override {
    const std::string_view bytes = raw(column);
    switch (bytes.size()) {
      case 2: return static_cast<std::int16_t>(be16toh(load<std::uint16_t>(bytes)));
      case 4: return static_cast<std::int32_t>(be32toh(load<std::uint32_t>(bytes)));
      case 8: return static_cast<std::int64_t>(be64toh(load<std::uint64_t>(bytes)));
      default: expectation_broken("the column holds an integer", std::source_location::current());
    }
  }
  double real(std::size_t column) const override {
    expect(raw(column).size() == 8, "the column holds a double precision number");
    return std::bit_cast<double>(be64toh(load<std::uint64_t>(raw(column))));
  }
  std::string_view text(std::size_t column) const override {
    constexpr Oid jsonb = 3802;  // its binary form has a version in front
    return PQftype(result_, at(column)) == jsonb ? raw(column).substr(1) : raw(column);
  }
  Bytes bytes(std::size_t column) const override { return Bytes(raw(column).begin(), raw(column).end()); }
  Uuid uuid(std::size_t column) const override {
    expect(raw(column).size() == 16, "the column holds a uuid");
    return load<Uuid>(raw(column));
  }
  Time time(std::size_t column) const override {
    constexpr std::int64_t year_2000 = 946'684'800'000'000;
    return from_micros(integer(column) + year_2000);
  }

 private:
  static int at(std::size_t column) { return static_cast<int>(column); }

  std::string_view raw(std::size_t column) const {
    return {PQgetvalue(result_, row_, at(column)), static_cast<std::size_t>(PQgetlength(result_, row_, at(column)))};
  }

  template <class T>
  static T load(std::string_view bytes) {
    T value;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }

  const PGresult* result_;
  int row_;
};

std::int64_t changed_by(const PGresult* result) {
  std::int64_t rows = 0;
  if (PQresultStatus(result) == PGRES_TUPLES_OK && std::string_view(PQcmdStatus(const_cast<PGresult*>(result))).starts_with("SELECT")) {
    return 0;
  }
  const std::string_view text = PQcmdTuples(const_cast<PGresult*>(result));
  std::from_chars(text.data(), text.data() + text.size(), rows);
  return rows;
}

void each_row(const PGresult* result, const RowCallback& on_row) {
  for (int row = 0; row < PQntuples(result); ++row) on_row(PostgresRow(result, row));
}

struct NotBusy {
  bool& busy;
  ~NotBusy() { busy = false; }
};

}  // namespace

void ResultDeleter::operator()(pg_result* result) const { PQclear(result); }

PostgresProblem problem_in(const pg_result* result) {
  using Kind = PostgresProblem::Kind;
  const char* field = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string_view state = field ? field : "";
  const std::string text = one_line(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));

  const auto is_class = [&](std::string_view prefix) { return state.starts_with(prefix); };
  if (state == "40001" || state == "40P01") return {Kind::again, Reason::unavailable, "PostgreSQL: " + text};
  if (state.empty() || is_class("08") || is_class("57P")) {
    return {Kind::lost, Reason::unavailable,
            fmt::format("the connection to PostgreSQL is lost: {}", text.empty() ? one_line(PQresultErrorMessage(result)) : text)};
  }
  if (state == "25006") {
    return {Kind::other, Reason::unavailable,
            "PostgreSQL is read-only: a standby, or default_transaction_read_only is set; use the primary"};
  }
  if (state == "53100") return {Kind::other, Reason::unavailable, "PostgreSQL's disk is full: free space (" + text + ")"};
  if (is_class("53") || is_class("58") || state == "57014" || state == "55P03" || state == "25P03") {
    return {Kind::other, Reason::unavailable, "PostgreSQL cannot do it now: " + text};
  }
  const Kind kind = state == "23505" || state == "23503" ? Kind::taken : Kind::other;
  return {kind, Reason::internal, fmt::format("bug: PostgreSQL says {}: {}", state, text)};
}

PostgresConnection::PostgresConnection(const std::string& url, Span answer_max) : answer_max_(answer_max) {
  try {
    open(url);
  } catch (...) {
    PQfinish(handle_);
    throw;
  }
}

PostgresConnection::~PostgresConnection() { PQfinish(handle_); }

void PostgresConnection::open(const std::string& url) {
  // What the URL says comes last and wins.
  const std::array<const char*, 6> words{"connect_timeout", "application_name", "keepalives_idle", "tcp_user_timeout",
                                         "dbname", nullptr};
  const std::array<const char*, 6> values{"5", "ringdown", "10", "20000", url.c_str(), nullptr};
  handle_ = PQconnectdbParams(words.data(), values.data(), 1);
  if (PQstatus(handle_) != CONNECTION_OK) {
    throw PostgresProblem(PostgresProblem::Kind::lost, Reason::unavailable,
                          "cannot connect to PostgreSQL: " + one_line(PQerrorMessage(handle_)));
  }
  PQsetNoticeProcessor(handle_, [](void*, const char*) {}, nullptr);
  PQsetnonblocking(handle_, 1);
  if (PQsendPrepare(handle_, enter_name, enter_text, 2, nullptr) != 1) throw lost("take a request");
  only_answer();
  simple(session_settings);  // and from here on in pipeline mode
}

PostgresResult PostgresConnection::simple(const std::string& text) {
  expect(awaited_.empty() && PQexitPipelineMode(handle_) == 1, "the pipeline is empty");
  if (PQsendQuery(handle_, text.c_str()) != 1) throw lost("take a request");
  return only_answer();
}

// Outside the pipeline, and into it: the last result of the request, which is its error if it has one.
PostgresResult PostgresConnection::only_answer() {
  PostgresResult last;
  while (PostgresResult result = next()) last = std::move(result);
  PQenterPipelineMode(handle_);

  const auto status = PQresultStatus(last.get());
  const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
  if (!good) throw problem_in(last.get());
  return last;
}

void PostgresConnection::send(const char* text) {
  if (PQsendQueryParams(handle_, text, 0, nullptr, nullptr, nullptr, nullptr, 1) != 1) throw lost("take a request");
  awaited_.push_back({});
}

void PostgresConnection::send_enter(const std::optional<Workspace>& workspace) {
  const std::string id = workspace ? to_text(workspace->id()) : "";
  const std::array<const char*, 2> values{workspace ? "ringdown_tenant" : "ringdown_instance", id.c_str()};
  if (PQsendQueryPrepared(handle_, enter_name, 2, values.data(), nullptr, nullptr, 1) != 1) throw lost("take a request");
  awaited_.push_back({});
}

void PostgresConnection::prepare(const Statement& statement) {
  if (prepared_.contains(&statement)) return;
  if (std::ranges::any_of(awaited_, [&](const Awaited& one) { return one.prepares == &statement; })) return;

  const std::string name(statement.name);
  const std::string text(statement.postgres);
  if (PQsendPrepare(handle_, name.c_str(), text.c_str(), 0, nullptr) != 1) throw lost("take a request");
  awaited_.push_back({&statement, false});
}

void PostgresConnection::send(const Statement& statement, const Values& values,
                              const std::optional<Workspace>& workspace, Answer answer) {
  std::vector<Text> texts;
  texts.reserve(values.size() + 1);
  for (const Value& value : values) texts.push_back(as_text(value));
  send_texts(statement, std::move(texts), workspace, answer);
}

void PostgresConnection::send_set(const Statement& statement, std::span<const Values> rows,
                                  const std::optional<Workspace>& workspace) {
  std::vector<Text> texts;
  for (int i = 0; i < statement.parameters; ++i) texts.push_back(array_of(rows, static_cast<std::size_t>(i)));
  send_texts(statement, std::move(texts), workspace, Answer::wanted);
}

void PostgresConnection::send_texts(const Statement& statement, std::vector<Text> texts,
                                    const std::optional<Workspace>& workspace, Answer answer) {
  prepare(statement);
  if (statement.takes_workspace) texts.push_back(to_text(workspace->id()));

  std::vector<const char*> pointers;
  pointers.reserve(texts.size());
  for (const auto& text : texts) pointers.push_back(text ? text->c_str() : nullptr);

  const std::string name(statement.name);
  const int sent = PQsendQueryPrepared(handle_, name.c_str(), static_cast<int>(pointers.size()), pointers.data(),
                                       nullptr, nullptr, 1);
  if (sent != 1) throw lost("take a request");
  awaited_.push_back({nullptr, answer == Answer::wanted});
}

void PostgresConnection::round_trip(const OnResult& on_result) {
  if (PQpipelineSync(handle_) != 1) throw lost("take a request");

  std::exception_ptr problem;
  for (; !awaited_.empty(); awaited_.pop_front()) hand_over(awaited_.front(), on_result, problem);
  const PostgresResult synced = next();
  if (PQresultStatus(synced.get()) != PGRES_PIPELINE_SYNC) throw lost("answer");
  if (problem) std::rethrow_exception(problem);
}

// All results of one request. After a problem the rest is only read, so that the connection can be used again.
void PostgresConnection::hand_over(const Awaited& awaited, const OnResult& on_result, std::exception_ptr& problem) {
  while (const PostgresResult result = next()) {
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_FATAL_ERROR) {
      const PostgresProblem found = problem_in(result.get());
      if (!usable()) throw found;
      if (!problem) problem = std::make_exception_ptr(found);
    } else if (status != PGRES_PIPELINE_ABORTED && !problem) {
      if (awaited.prepares) prepared_.insert(awaited.prepares);
      if (!awaited.wanted) continue;
      try {
        on_result(result.get());
      } catch (...) {
        problem = std::current_exception();
      }
    }
  }
}

void PostgresConnection::stream(const Statement& statement, const Values& values,
                                const std::optional<Workspace>& workspace, const OnResult& on_row) {
  prepare(statement);
  round_trip([](const pg_result*) {});  // whatever waited goes first: outside the pipeline there is one request at a time

  expect(PQexitPipelineMode(handle_) == 1, "the pipeline is empty");
  send(statement, values, workspace);
  expect(PQsetSingleRowMode(handle_) == 1, "single rows are asked for right after the request");
  std::exception_ptr problem;
  hand_over(awaited_.front(), on_row, problem);
  awaited_.pop_front();
  expect(PQenterPipelineMode(handle_) == 1, "the request is answered");
  if (problem) std::rethrow_exception(problem);
}

PostgresResult PostgresConnection::next() {
  while (PQisBusy(handle_) != 0) wait();
  return PostgresResult(PQgetResult(handle_));
}

bool PostgresConnection::usable() const { return !lost_ && PQstatus(handle_) == CONNECTION_OK; }

// Until there is something to read; what is not sent yet is sent meanwhile.
void PostgresConnection::wait() {
  const int unsent = PQflush(handle_);
  if (unsent < 0) throw lost("take a request");

  pollfd watched{PQsocket(handle_), static_cast<short>(POLLIN | (unsent > 0 ? POLLOUT : 0)), 0};
  const auto timeout = std::chrono::ceil<std::chrono::milliseconds>(answer_max_);
  const int ready = poll(&watched, 1, answer_max_ == forever ? -1 : static_cast<int>(timeout.count()));
  if (ready == 0) throw lost("answer in time");
  if (ready > 0 && (watched.revents & ~POLLOUT) != 0 && PQconsumeInput(handle_) != 1) throw lost("answer");
}

// Whatever the socket says: nobody knows what the next answer would belong to.
PostgresProblem PostgresConnection::lost(const std::string& doing) {
  lost_ = true;
  return {PostgresProblem::Kind::lost, Reason::unavailable,
          fmt::format("the connection to PostgreSQL is lost, it did not {}: {}", doing,
                      one_line(PQerrorMessage(handle_)))};
}

void PostgresTx::begin() {
  if (begun_) return;
  begun_ = true;
  connection_.send(writes_ ? "BEGIN ISOLATION LEVEL REPEATABLE READ"
                           : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  connection_.send_enter(workspace_);
}

void PostgresTx::check() const {
  if (failed_) throw *failed_;
}

// PostgreSQL ends a transaction of which a statement failed with ROLLBACK, and calls that a successful COMMIT.
template <class Trip>
void PostgresTx::trip(Trip make) {
  try {
    make();
  } catch (const PostgresProblem& problem) {
    failed_ = problem;
    throw;
  }
}

void PostgresTx::enter(std::optional<Workspace> workspace) {
  if (begun_ && workspace != workspace_) connection_.send_enter(workspace);
  workspace_ = workspace;
}

std::int64_t PostgresTx::execute(const Statement& statement, const Values& values, const RowCallback& on_row) {
  expect(!busy_, "a row callback keeps its hands off the Tx");
  check_call(statement, values, workspace_);
  check();
  begin();
  connection_.send(statement, values, workspace_);
  return rows_of(on_row);
}

std::int64_t PostgresTx::run_set(const Statement& statement, std::span<const Values> rows, const RowCallback& on_row) {
  expect(!busy_, "a row callback keeps its hands off the Tx");
  if (rows.empty()) return 0;
  for (const Values& values : rows) check_call(statement, values, workspace_);
  check();
  begin();
  connection_.send_set(statement, rows, workspace_);
  return rows_of(on_row);
}

// Sends what waits and hands over the answer's rows; says how many were changed.
std::int64_t PostgresTx::rows_of(const RowCallback& on_row) {
  busy_ = true;
  const NotBusy not_busy{busy_};
  std::int64_t changed = 0;
  trip([&] {
    connection_.round_trip([&](const PGresult* result) {
      changed += changed_by(result);
      each_row(result, on_row);
    });
  });
  return changed;
}

void PostgresTx::send(const Statement& statement, const Values& values) {
  expect(!busy_, "a row callback keeps its hands off the Tx");
  check_call(statement, values, workspace_);
  check();
  begin();
  connection_.send(statement, values, workspace_, PostgresConnection::Answer::unwanted);
  if (connection_.awaited() >= pipeline_max) settle();
}

void PostgresTx::settle() {
  if (connection_.awaited() > 0) trip([&] { connection_.round_trip([](const PGresult*) {}); });
}

std::int64_t PostgresTx::run_each(const Statement& statement, std::span<const Values> rows) {
  expect(!busy_, "a row callback keeps its hands off the Tx");
  std::int64_t changed = 0;
  while (!rows.empty()) {
    const auto part = rows.first(std::min(rows.size(), pipeline_max));
    check();
    begin();
    for (const Values& values : part) {
      check_call(statement, values, workspace_);
      connection_.send(statement, values, workspace_);
    }
    trip([&] { connection_.round_trip([&](const PGresult* result) { changed += changed_by(result); }); });
    rows = rows.subspan(part.size());
  }
  return changed;
}

void PostgresTx::scan(const Statement& statement, const Values& values, const RowCallback& on_row) {
  expect(!busy_, "a row callback keeps its hands off the Tx");
  check_call(statement, values, workspace_);
  check();
  begin();

  busy_ = true;
  const NotBusy not_busy{busy_};
  trip([&] {
    connection_.stream(statement, values, workspace_, [&](const PGresult* result) { each_row(result, on_row); });
  });
}

void PostgresTx::commit() {
  if (!begun_) return;
  committing_ = true;
  connection_.send("COMMIT");
  connection_.round_trip([](const PGresult*) {});
  committing_ = false;
}

void PostgresTx::roll_back() {
  if (!begun_ || !connection_.usable()) return;
  // A request that fails takes those behind it in the same round trip along, and ROLLBACK must not be one of them.
  try {
    settle();
  } catch (const PostgresProblem&) {
    if (!connection_.usable()) throw;
  }
  connection_.send("ROLLBACK");
  connection_.round_trip([](const PGresult*) {});
}

}  // namespace ringdown
