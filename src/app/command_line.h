// The command line as words → what is asked for. CLI11 is in the .cpp only.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/config_sources.h"
#include "base/enums.h"

namespace ringdown {

enum class Command {
  serve,
  migrate,
  user,
  import,
  places,
  keys,
  doctor,
  backup,
  restore,
  resume_dialing,
  sandbox,
  simulate
};
BOOST_DESCRIBE_ENUM(Command, serve, migrate, user, import, places, keys, doctor, backup, restore,
                    resume_dialing, sandbox, simulate)

struct CommandLine {
  Command command;
  Flags flags;
  MigrateOptions migrate;
  KeysAction keys = KeysAction::rotate;
  std::string file;  // of backup, restore and places
  UserOptions user{};
  ImportOptions import{};
  SimulateOptions simulate{};
  SandboxOptions sandbox{};
};

// Nothing is to be run: help and version go to stdout with status 0, misuse to stderr with status 2.
struct Answer {
  int status;
  std::string text;
};

std::expected<CommandLine, Answer> read_command_line(std::vector<std::string> words);

}  // namespace ringdown
