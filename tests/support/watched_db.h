// A Db that lets a test see, and break, every call of a unit before it reaches the real database.
#pragma once

#include <functional>

#include "ports/db.h"

namespace ringdown {

// Passes everything on; `before` may throw.
class TxWrapper : public Tx {
 public:
  using Before = std::function<void(const Statement&)>;

  TxWrapper(Tx& real, const Before& before) : real_(real), before_(before) {}

  std::int64_t run_each(const Statement& statement, std::span<const Values> rows) override {
    before_(statement);
    return real_.run_each(statement, rows);
  }
  std::int64_t run_set(const Statement& statement, std::span<const Values> rows, const RowCallback& on_row) override {
    before_(statement);
    return real_.run_set(statement, rows, on_row);
  }
  void scan(const Statement& statement, const Values& values, const RowCallback& on_row) override {
    before_(statement);
    real_.scan(statement, values, on_row);
  }
  void announce() override { real_.announce(); }

 protected:
  std::int64_t execute(const Statement& statement, const Values& values, const RowCallback& on_row) override {
    before_(statement);
    return real_.execute(statement, values, on_row);
  }

 private:
  Tx& real_;
  const Before& before_;
};

namespace test {

class WatchedDb : public Db {
 public:
  WatchedDb(Db& real, TxWrapper::Before before) : real_(real), before_(std::move(before)) {}

  void submit(Unit unit) override {
    unit.work = [this, work = std::move(unit.work)](Tx& tx) mutable {
      TxWrapper watched(tx, before_);
      return work(watched);
    };
    real_.submit(std::move(unit));
  }
  void on_change(std::function<void()> listener) override { real_.on_change(std::move(listener)); }

 private:
  Db& real_;
  TxWrapper::Before before_;
};

}  // namespace test
}  // namespace ringdown
