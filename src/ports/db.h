// The seam to the memory of the product: low enough that every store function is written once for both
// databases.
//
// A unit of work is a synchronous function of Tx&. It runs on a store thread, in one transaction, and may run
// more than once before it is answered, so it keeps its hands off everything but its Tx and its own values.
// It is rolled back when it throws or returns an `unexpected`, and when one of its statements failed, even if
// it caught that. The answer leaves only after COMMIT.
#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "base/result.h"
#include "domain/workspace.h"
#include "ports/row_reader.h"
#include "ports/task.h"
#include "ports/value.h"

namespace ringdown {

// Whose tables a statement may reach: one workspace's, or those of the instance (users, sessions, what is due
// …).
enum class Scope { tenant, instance };
BOOST_DESCRIBE_ENUM(Scope, tenant, instance)

// SQL that was written down in a .sql file. Only a constant of the program can become one, so no SQL is ever
// put together at run time. Where a tenant statement says $workspace, the Tx fills in the workspace in hand.
struct Statement {
  std::string_view name;
  Scope scope;
  std::string_view sqlite;
  std::string_view postgres;
  int parameters;  // not counting $workspace
  bool takes_workspace;

  consteval Statement(std::string_view name, Scope scope, std::string_view sqlite, std::string_view postgres,
                      int parameters, bool takes_workspace)
      : name(name),
        scope(scope),
        sqlite(sqlite),
        postgres(postgres),
        parameters(parameters),
        takes_workspace(takes_workspace) {}
};

// A callback sees one row at a time and keeps its hands off the Tx it came from.
using RowCallback = std::function<void(const Row&)>;

// What both drivers ask before they run anything: the right scope, as many values as parameters, clean texts.
void check_call(const Statement&, const Values&, const std::optional<Workspace>&);

// Whether a unit that ran to its end is to be kept.
enum class Keep { yes, no };

class Tx {
 public:
  virtual ~Tx() = default;

  // Runs a statement to its end; says how many rows it changed.
  std::int64_t run(const Statement& statement, const Values& values = {}) {
    return execute(statement, values, [](const Row&) {});
  }

  // Runs a statement whose answer nobody needs. On PostgreSQL it travels with what comes next, if need be
  // COMMIT, and saves a round trip; what is wrong with it shows there.
  virtual void send(const Statement& statement, const Values& values = {}) { run(statement, values); }

  // The same statement for many rows, on PostgreSQL without waiting between them.
  virtual std::int64_t run_each(const Statement&, std::span<const Values> rows) = 0;

  // The same statement for a set of rows, whose answers come in no particular order. On PostgreSQL the rows
  // travel together, each parameter as an array, so its text says FROM unnest($1::uuid[], …).
  virtual std::int64_t run_set(const Statement&, std::span<const Values> rows, const RowCallback&) = 0;

  // Row by row, however many there are, in bounded memory.
  virtual void scan(const Statement&, const Values&, const RowCallback&) = 0;

  template <class T>
  std::vector<T> rows(const Statement& statement, const Values& values = {}) {
    std::vector<T> all;
    execute(statement, values, [&](const Row& row) {
      expect(all.size() < rows_max, "a result that is held whole is paged; use scan");
      all.push_back(read_row<T>(row));
    });
    return all;
  }

  // The one row there is, or nothing; more than one is a bug.
  template <class T>
  std::optional<T> row(const Statement& statement, const Values& values = {}) {
    std::optional<T> one;
    execute(statement, values, [&](const Row& row) {
      expect(!one, "at most one row answers this statement");
      one = read_row<T>(row);
    });
    return one;
  }

  // The unit wrote something that readers of `changes` wait for: wake them once it is committed.
  virtual void announce() = 0;

  static constexpr std::size_t rows_max = 10'000;

 protected:
  friend class TxWrapper;

  virtual std::int64_t execute(const Statement&, const Values&, const RowCallback&) = 0;
};

enum class Urgency { urgent, normal, bulk };  // webhooks before people before imports

struct Unit {
  std::optional<Workspace> workspace;  // none: the instance
  bool writes = true;
  Urgency urgency = Urgency::normal;
  std::move_only_function<Keep(Tx&)> work;
  std::move_only_function<void(std::exception_ptr)> done;  // called once, on a store thread; null: committed
};

class Db {
 public:
  virtual ~Db() = default;

  // Changes of one workspace. Throws Breakage{unavailable} when nothing was done, {commit_unknown} when
  // nobody knows.
  template <class Work>
  Task<std::invoke_result_t<Work&, Tx&>> write(Workspace workspace, Work work,
                                               Urgency urgency = Urgency::normal) {
    return perform<Work>(Unit{workspace, true, urgency, {}, {}}, std::move(work));
  }

  // One snapshot of one workspace.
  template <class Work>
  Task<std::invoke_result_t<Work&, Tx&>> read(Workspace workspace, Work work) {
    return perform<Work>(Unit{workspace, false, Urgency::normal, {}, {}}, std::move(work));
  }

  // Changes of the instance's own tables; never a lead or a text.
  template <class Work>
  Task<std::invoke_result_t<Work&, Tx&>> instance(Work work, Urgency urgency = Urgency::normal) {
    return perform<Work>(Unit{std::nullopt, true, urgency, {}, {}}, std::move(work));
  }

  template <class Work>
  Task<std::invoke_result_t<Work&, Tx&>> instance_read(Work work) {
    return perform<Work>(Unit{std::nullopt, false, Urgency::normal, {}, {}}, std::move(work));
  }

  // Takes the unit, or answers it with Breakage{unavailable} when too many wait already. Any thread.
  virtual void submit(Unit) = 0;

  // Called after a unit that announced was committed, here or on another node; coalesced, on a store thread.
  virtual void on_change(std::function<void()>) = 0;

 private:
  template <class Answer>
  static Keep keeps(const Answer& answer) {
    if constexpr (requires {
                    answer.has_value();
                    answer.error();
                  }) {
      return answer.has_value() ? Keep::yes : Keep::no;
    } else {
      return Keep::yes;
    }
  }

  // The work and its answer live outside the coroutine's frame, which may be destroyed while the unit is in
  // flight.
  template <class Work>
  Task<std::invoke_result_t<Work&, Tx&>> perform(Unit unit, Work work) {
    using Answer = std::invoke_result_t<Work&, Tx&>;
    struct State {
      Work work;
      std::conditional_t<std::is_void_v<Answer>, std::monostate, std::optional<Answer>> answer{};
    };
    const auto state = std::make_shared<State>(State{std::move(work)});

    unit.work = [state](Tx& tx) {
      if constexpr (std::is_void_v<Answer>) {
        state->work(tx);
        return Keep::yes;
      } else {
        state->answer.emplace(state->work(tx));
        return keeps(*state->answer);
      }
    };
    co_await boost::asio::async_initiate<decltype(boost::asio::use_awaitable), void(std::exception_ptr)>(
        [this](auto handler, Unit submitted) {
          auto guard = boost::asio::make_work_guard(handler);
          submitted.done = [handler = std::move(handler),
                            guard = std::move(guard)](std::exception_ptr error) mutable {
            const auto executor = guard.get_executor();
            boost::asio::post(executor, [handler = std::move(handler), error = std::move(error)]() mutable {
              std::move(handler)(std::move(error));
            });
            guard.reset();
          };
          submit(std::move(submitted));
        },
        boost::asio::use_awaitable, std::move(unit));

    if constexpr (!std::is_void_v<Answer>) co_return std::move(*state->answer);
  }
};

}  // namespace ringdown
