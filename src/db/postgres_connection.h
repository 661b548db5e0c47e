// One PostgreSQL connection in pipeline mode and the statements prepared on it. Used by one thread at a time.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_set>

#include "ports/db.h"

struct pg_conn;
struct pg_result;

namespace ringdown {

// What PostgreSQL, or the way to it, answered instead of a result.
class PostgresProblem : public Breakage {
 public:
  enum class Kind {
    again,  // the unit met another one; run it again
    taken,  // a row stands in the way, or leans on one that goes: another unit's that ours could not see, or a bug
    lost,   // the connection is gone
    other,
  };

  PostgresProblem(Kind kind, Reason reason, const std::string& text) : Breakage(reason, text), kind_(kind) {}

  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

struct ResultDeleter {
  void operator()(pg_result*) const;
};
using PostgresResult = std::unique_ptr<pg_result, ResultDeleter>;

class PostgresConnection {
 public:
  static constexpr Span forever = Span::max();

  // Throws PostgresProblem{lost, unavailable} when nobody answers within five seconds; later, when there is no sign of
  // life for `answer_max`.
  explicit PostgresConnection(const std::string& url, Span answer_max = 60s);
  ~PostgresConnection();

  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  // One round trip outside the pipeline, with a constant of this layer or a migration; several statements in one
  // text are allowed.
  PostgresResult simple(const std::string& text);

  // What is sent waits for the next round trip; only a statement's own results are handed over there, in order.
  void send(const char* text);
  void send_enter(const std::optional<Workspace>&);
  enum class Answer { wanted, unwanted };
  void send(const Statement&, const Values&, const std::optional<Workspace>&, Answer = Answer::wanted);
  void send_set(const Statement&, std::span<const Values> rows, const std::optional<Workspace>&);

  using OnResult = std::function<void(const pg_result*)>;

  // Sends what waits and reads all answers; throws the first problem after the last answer.
  void round_trip(const OnResult& on_result);

  // A round trip of its own whose rows arrive one by one.
  void stream(const Statement&, const Values&, const std::optional<Workspace>&, const OnResult& on_row);

  std::size_t awaited() const { return awaited_.size(); }  // requests that wait for the next round trip
  bool usable() const;
  pg_conn* handle() const { return handle_; }

 private:
  struct Awaited {
    const Statement* prepares = nullptr;
    bool wanted = false;
  };

  void open(const std::string& url);
  PostgresResult only_answer();
  void prepare(const Statement&);
  using Text = std::optional<std::string>;  // nothing: NULL
  void send_texts(const Statement&, std::vector<Text>, const std::optional<Workspace>&, Answer);
  void hand_over(const Awaited&, const OnResult&, std::exception_ptr& problem);
  PostgresResult next();
  void wait();
  PostgresProblem lost(const std::string& doing);

  pg_conn* handle_ = nullptr;
  Span answer_max_;
  bool lost_ = false;
  std::unordered_set<const Statement*> prepared_;
  std::deque<Awaited> awaited_;
};

// The error in a result, as the kind of problem it is.
PostgresProblem problem_in(const pg_result*);

class PostgresTx : public Tx {
 public:
  PostgresTx(PostgresConnection& connection, std::optional<Workspace> workspace, bool writes)
      : connection_(connection), workspace_(workspace), writes_(writes) {}

  void send(const Statement&, const Values&) override;
  std::int64_t run_each(const Statement&, std::span<const Values> rows) override;
  std::int64_t run_set(const Statement&, std::span<const Values> rows, const RowCallback&) override;
  void scan(const Statement&, const Values&, const RowCallback&) override;
  void announce() override { announced_ = true; }

  void check() const;  // throws what failed, if a statement did and the unit caught it
  void settle();  // throws what is wrong with the statements that were sent
  void enter(std::optional<Workspace>);  // for WholeStore alone
  void commit();
  void roll_back();

  bool begun() const { return begun_; }
  bool committing() const { return committing_; }
  bool announced() const { return announced_; }

 protected:
  std::int64_t execute(const Statement&, const Values&, const RowCallback&) override;

 private:
  void begin();
  std::int64_t rows_of(const RowCallback&);
  template <class Trip>
  void trip(Trip);

  PostgresConnection& connection_;
  std::optional<Workspace> workspace_;
  bool writes_;
  bool begun_ = false;       // BEGIN was sent, or waits to be
  bool committing_ = false;  // COMMIT may have been sent
  bool busy_ = false;
  bool announced_ = false;
  std::optional<PostgresProblem> failed_;
};

}  // namespace ringdown
