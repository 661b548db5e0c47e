// A PostgreSQL of a test program's own: an unprivileged process on a free loopback port, gone with the program, also
// when that is killed. Its roles are Supabase's: an owner without superuser, and a plain login for the product.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "tests/support/temp_dir.h"

namespace ringdown::test {

class PostgresServer {
 public:
  enum class Durability { real, pretended };  // fsync, or none: most tests do not pull the plug

  explicit PostgresServer(Durability = Durability::pretended);
  ~PostgresServer();

  // The server that tests of this program share; started by whoever asks first.
  static PostgresServer& shared();

  void crash_and_restart();
  void stop();
  void start();

  // A database without anything in it.
  std::string new_database();
  std::string boss_url(const std::string& database) const;   // superuser
  std::string owner_url(const std::string& database) const;  // what Supabase calls postgres
  std::string app_url(const std::string& database) const;    // what the product signs in as

  // Runs SQL as the superuser; returns the first column of the first row, if any.
  std::string as_boss(const std::string& database, const std::string& sql) const;

  int port() const { return port_; }

 private:
  std::string url(const std::string& login, const std::string& database) const;

  TempDir dir_;
  Durability durability_;
  int port_ = 0;
  pid_t pid_ = 0;
  int databases_ = 0;
};

int free_port();

}  // namespace ringdown::test
