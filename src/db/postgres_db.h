// The store that several nodes share. Every store thread has a connection and runs a unit at a time; one thread more
// listens for what other nodes change and tells them of ours.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "db/listeners.h"
#include "db/postgres_connection.h"
#include "db/unit_queue.h"
#include "ports/migration.h"

namespace ringdown {

struct PostgresOptions {
  std::string url;
  std::size_t threads = 8;
  std::size_t waiting_max = 4096;  // units that may wait for a thread
  Span answer_time_max = 60s;      // above PostgreSQL's own limits, so that it only ends what hangs on the way
};

class PostgresDb : public Db {
 public:
  // Throws Breakage: unavailable when nobody answers; conflict when the login has powers it must not have, or the
  // schema is not the one this binary knows. Says how to mend it.
  PostgresDb(PostgresOptions options, std::span<const Migration> migrations);
  ~PostgresDb() override;  // finishes what waits

  void submit(Unit) override;
  void on_change(std::function<void()>) override;

 private:
  class Thread;
  class Listener;

  void announce();
  void wake_listener();

  PostgresOptions options_;
  UnitQueue units_;
  int wake_;                         // an eventfd: something was announced, or we stop
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> announced_ = false;
  Listeners listeners_;
  std::vector<std::jthread> threads_;
};

// May this login be the product's? Not a superuser's, an owner's or one that row-level security does not bind.
Result<void> check_login(PostgresConnection&);

// Do schema and binary belong together, and is everything applied?
Result<void> check_schema(PostgresConnection&, std::span<const Migration>);

// Applies what is pending, as the owner of the schema, each in a transaction of its own under a lock. Says what it
// applied. Throws Breakage like migrate_sqlite.
std::vector<std::string> migrate_postgres(const std::string& owner_url, std::span<const Migration>);

// Lets a login do the product's work.
void grant_postgres(const std::string& owner_url, const std::string& login);

}  // namespace ringdown
