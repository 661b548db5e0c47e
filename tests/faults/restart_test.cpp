// PostgreSQL crashing and coming back under load, and an SQLite file that may not be written for a while.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <latch>
#include <set>
#include <thread>

#include "tests/faults/scenario.h"
#include "tests/faults/units.h"
#include "tests/faults/victim.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr int writers = 8;
constexpr std::uint64_t before_crash = 300;  // units in all
constexpr int after_crash = 20;              // units of each writer

// Writers that go on through a crash. One that is refused waits until PostgreSQL is back, and then tries
// another unit until it gets through.
class Load {
 public:
  explicit Load(Db& db) : db_(db) {
    for (int i = 0; i < writers; ++i) threads_.emplace_back([this] { write(); });
  }

  void wait_for_units() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return units_[""].size() >= before_crash; });
  }
  void server_is_back() {
    const std::lock_guard lock(mutex_);
    back_ = true;
    changed_.notify_all();
  }
  std::map<std::string, std::set<std::uint64_t>> units() {  // by what they were told
    threads_.clear();
    return units_;
  }

 private:
  void write() {
    for (int done = 0; done < after_crash;) {
      const std::uint64_t n = next_++;
      std::string answer = attempt(n);
      if (answer == "unavailable") {
        note(answer, n);
        wait_for_server();
        const std::uint64_t another = next_++;
        while ((answer = attempt(another)) == "unavailable") {
        }
        note(answer, another);
      } else {
        note(answer, n);
      }
      if (is_back() && answer.empty()) ++done;
    }
  }

  std::string attempt(std::uint64_t n) {
    return answer_of(db_, {"a unit", workspace_of(n), [n](Tx& tx) { write_rows(tx, n); }});
  }
  void note(const std::string& answer, std::uint64_t n) {
    const std::lock_guard lock(mutex_);
    units_[answer].insert(n);
    changed_.notify_all();
  }
  void wait_for_server() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return back_; });
  }
  bool is_back() {
    const std::lock_guard lock(mutex_);
    return back_;
  }

  Db& db_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, std::set<std::uint64_t>> units_;
  std::atomic<std::uint64_t> next_ = 0;
  bool back_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace

TEST_CASE(
    "PostgreSQL that crashes under load loses no answered unit, and the same Db goes on when it is back") {
  const FreshStore store(StoreKind::postgres);
  const auto db = store.open(writers);
  make_workspace(*db);
  Ear ear(*db);
  Load load(*db);

  load.wait_for_units();
  PostgresServer::shared().stop();
  const int heard = ear.heard();
  PostgresServer::shared().start();
  load.server_is_back();
  auto units = load.units();

  const auto parts = parts_in(store);
  CHECK(std::ranges::all_of(parts, [](const auto& part) { return part.second == Part::whole; }));
  CHECK(std::ranges::all_of(units[""], [&](std::uint64_t n) { return parts.contains(n); }));
  CHECK(std::ranges::none_of(units["unavailable"], [&](std::uint64_t n) { return parts.contains(n); }));
  CHECK(units[""].size() + units["unavailable"].size() + units["commit_unknown"].size() >= parts.size());
  for (const auto& [answer, of_answer] : units) {
    CHECK((answer == "" || answer == "unavailable" || answer == "commit_unknown"));
  }
  ear.wait_for_more_than(heard);
}

TEST_CASE("an SQLite file that may not be written refuses to open, says why, and opens once it may") {
  const FreshStore store(StoreKind::sqlite);
  const std::filesystem::path file = store.database();
  store.open();
  if (is_root()) give_to_nobody(file), give_to_nobody(file.parent_path());
  const auto open = [&] { return Victim({"open", file}, Victim::User::nobody).line().value_or(""); };
  CHECK(open() == "open");

  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  const std::string refusal = open();
  CAPTURE(refusal);
  CHECK(refusal.contains("cannot open " + file.string()));
  CHECK(refusal.contains("file is read-only; make it and its folder writable"));

  std::filesystem::permissions(file,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  CHECK(open() == "open");
}
