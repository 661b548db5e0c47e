// What `ringdown COMMAND` does; each returns the exit status of the process.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/config.h"
#include "base/enums.h"
#include "domain/access.h"

namespace ringdown {

struct MigrateOptions {
  std::vector<std::string> grant_to;  // roles that may run the product
};

enum class KeysAction { rotate, reseal };
BOOST_DESCRIBE_ENUM(KeysAction, rotate, reseal)

enum class UserAction { add, list, disable, password, role };
BOOST_DESCRIBE_ENUM(UserAction, add, list, disable, password, role)

struct UserOptions {
  UserAction action = UserAction::list;
  std::string email{};
  std::string name{};
  std::string workspace{};  // an id or a name; empty: the only one
  Role role = Role::rep;
  bool generate = false;    // a password, printed once
  bool reset_totp = false;  // for who has lost the second factor as well
};

struct ImportOptions {
  std::string file{};
  std::string workspace{};  // an id or a name; empty: the only one
  std::string pipeline{};   // an id or a name; empty: what the rows say
  std::string mapping{};    // JSON, or the file that has it; empty: guessed
  std::string report{};     // where to write what came of each row; empty: nowhere
  bool dry_run = false;
};

struct SandboxOptions {
  std::string listen = "127.0.0.1:9090";
  double speed = 1;
  std::uint64_t seed = 1;
  double calls_per_second = 1;
  std::string ledger{};
  std::string personas{};              // a file; empty: those inside the program
  std::vector<std::string> callees{};  // NUMBER=FATE
  std::vector<std::string> mishaps{};  // NAME=PERCENT
};

struct SimulateOptions {
  std::uint64_t seed = 1;
  int leads = 100;
  int days = 3;
  std::string faults = "all";  // or "none", or names with commas between
  bool trace = false;          // every line of it to stderr
};

int serve(const Config&);
int migrate(const Config&, const MigrateOptions&);
int keys(const Config&, KeysAction);
int user(const Config&, const UserOptions&);
int import_leads(const Config&, const ImportOptions&);
int import_places(const Config&, const std::string& file);
int run_sandbox(const SandboxOptions&);
int simulate(const Config&, const SimulateOptions&);
int doctor(const Reading&);  // the whole reading: it speaks about a wrong configuration too

}  // namespace ringdown
