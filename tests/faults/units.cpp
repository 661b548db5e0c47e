#include "tests/faults/units.h"

#include <algorithm>

#include "store/changes.h"
#include "store/outbox.h"
#include "store/people.h"

namespace ringdown::test {
namespace {

const Workspace clinic(nth<WorkspaceTag>(0));

void put(Tx& tx, std::uint64_t id) {
  store::put_message(tx, {nth<store::MessageTag>(id), "unit", std::nullopt, Json{"{}"}, tuesday}, tuesday);
}

// The unit that a row belongs to: a uuid of version 7 begins with the moment it counts from.
std::uint64_t unit_of(std::string id) {
  std::erase(id, '-');
  const auto moment = std::stoull(id.substr(0, 12), nullptr, 16);
  return (moment - static_cast<std::uint64_t>(to_micros(tuesday) / 1000)) / 2;
}

struct Rows {
  int messages = 0, changes = 0, users = 0, memberships = 0, sessions = 0;

  bool whole() const {
    return (messages == 2 && changes == 1 && users + memberships + sessions == 0) ||
           (messages + changes == 0 && users == 1 && memberships == 1 && sessions == 1);
  }
  int& of(const std::string& table) {
    if (table == "message") return messages;
    if (table == "change") return changes;
    if (table == "user") return users;
    return table == "membership" ? memberships : sessions;
  }
};

std::string reason_of(const std::exception_ptr& problem) {
  if (!problem) return "";
  try {
    std::rethrow_exception(problem);
  } catch (const Breakage& breakage) {
    return to_text(breakage.reason());
  } catch (...) {
    return "no breakage";
  }
}

}  // namespace

std::optional<Workspace> workspace_of(std::uint64_t n) {
  return n % 2 == 0 ? std::optional(clinic) : std::nullopt;
}

void write_rows(Tx& tx, std::uint64_t n) {
  if (n % 2 == 0) {
    put(tx, 2 * n);
    put(tx, 2 * n + 1);
    store::add_change(tx, "unit", nth<store::MessageTag>(2 * n).value, tuesday);
    return;
  }
  const UserId id = nth<UserTag>(2 * n);
  Bytes hash(32, 0);
  std::ranges::copy(id.value.bytes, hash.begin());
  store::add_user(tx, {id, std::to_string(n) + "@example.com", "Unit", std::nullopt, tuesday, std::nullopt});
  store::put_membership(tx, clinic.id(), id, Role::rep, tuesday);
  store::add_session(tx, {hash, id, tuesday, tuesday, tuesday + 24h});
}

void make_workspace(Db& db) {
  a_workspace(db, 0);
}

std::map<std::uint64_t, Part> parts_in(const FreshStore& store) {
  std::map<std::uint64_t, Rows> rows;
  for (const TextRow& row : look(store,
                                 "SELECT 'message', id FROM outbox UNION ALL "
                                 "SELECT 'change', entity FROM changes WHERE topic = 'unit' UNION ALL "
                                 "SELECT 'user', id FROM users UNION ALL "
                                 "SELECT 'membership', user_id FROM memberships UNION ALL "
                                 "SELECT 'session', user_id FROM sessions")) {
    ++rows[unit_of(row[1])].of(row[0]);
  }
  std::map<std::uint64_t, Part> parts;
  for (const auto& [n, of_unit] : rows) parts[n] = of_unit.whole() ? Part::whole : Part::half;
  return parts;
}

void Told::submit(Db& db, std::optional<Workspace> workspace, Work work) {
  std::unique_lock lock(mutex_);
  const std::size_t at = answers_.size();
  answers_.emplace_back();
  times_.push_back(0);
  lock.unlock();

  db.submit({workspace, true, Urgency::normal, std::move(work), [this, at](std::exception_ptr problem) {
               const std::lock_guard guard(mutex_);
               answers_[at] = ++times_[at] == 1 ? reason_of(problem) : "twice";
               more_.notify_all();
             }});
}

void Told::submit(Db& db, std::uint64_t n) {
  submit(db, workspace_of(n), [n](Tx& tx) {
    write_rows(tx, n);
    return Keep::yes;
  });
}

std::vector<std::string> Told::wait() {
  std::unique_lock lock(mutex_);
  more_.wait(lock, [&] { return std::ranges::count(times_, 0) == 0; });
  return answers_;
}

std::size_t Told::answered() const {
  const std::lock_guard lock(mutex_);
  return times_.size() - static_cast<std::size_t>(std::ranges::count(times_, 0));
}

void Gate::hold(Db& db, Told& told) {
  told.submit(db, std::nullopt, [this](Tx&) {
    reached_ = true;
    reached_.notify_all();
    open_.wait(false);
    return Keep::yes;
  });
  reached_.wait(false);
}

void Gate::open() {
  open_ = true;
  open_.notify_all();
}

Ear::Ear(Db& db) {
  db.on_change([this] {
    const std::lock_guard lock(mutex_);
    ++heard_;
    more_.notify_all();
  });
}

int Ear::heard() const {
  const std::lock_guard lock(mutex_);
  return heard_;
}

void Ear::wait_for_more_than(int count) {
  std::unique_lock lock(mutex_);
  more_.wait(lock, [&] { return heard_ > count; });
}

}  // namespace ringdown::test
