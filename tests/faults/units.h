// Units of work that say afterwards whether they are there, whole or in part; and the means to hand many of
// them to a Db at the same time.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/faults/look.h"

namespace ringdown::test {

// The n-th unit writes three rows in two or three tables: of a workspace when n is even, of the instance when
// odd.
std::optional<Workspace> workspace_of(std::uint64_t n);
void write_rows(Tx&, std::uint64_t n);
void make_workspace(Db&);  // which all of them need

// What is there of each unit; a unit that is not at all is not listed. One snapshot.
enum class Part { whole, half };
std::map<std::uint64_t, Part> parts_in(const FreshStore&);

// Units handed over directly, and what each was told: "" for committed, else the reason.
class Told {
 public:
  using Work = std::function<Keep(Tx&)>;

  void submit(Db&, std::optional<Workspace>, Work);
  void submit(Db&, std::uint64_t n);  // the n-th unit from above

  std::vector<std::string> wait();  // until all were answered; "twice" where one was answered again
  std::size_t answered() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable more_;
  std::vector<std::string> answers_;
  std::vector<int> times_;
};

// Holds a store thread in a unit of its own until it is opened, so that others line up behind it.
class Gate {
 public:
  void hold(Db&, Told&);  // returns once the thread stands there
  void open();

 private:
  std::atomic<bool> reached_ = false;
  std::atomic<bool> open_ = false;
};

// Counts what on_change tells, and waits for it.
class Ear {
 public:
  explicit Ear(Db&);

  int heard() const;
  void wait_for_more_than(int count);

 private:
  mutable std::mutex mutex_;
  std::condition_variable more_;
  int heard_ = 0;
};

}  // namespace ringdown::test
