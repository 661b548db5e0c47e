// The entry point: words → configuration → command.
#include <cstdio>
#include <exception>

#include "app/command_line.h"
#include "app/commands.h"

using namespace ringdown;

namespace {

int refuse(const Reading& reading) {
  for (const Complaint& complaint : reading.complaints) {
    std::fprintf(stderr, "ringdown: %s\n", to_text(complaint).c_str());
  }
  return 1;
}

int run(const CommandLine& line) {
  const Reading reading = read_config(gather_sources(line.flags));
  if (line.command == Command::doctor) return doctor(reading);
  if (!reading.complaints.empty()) return refuse(reading);

  log::set_level(reading.config.log_level);
  if (line.command == Command::user) return user(reading.config, line.user);
  if (line.command == Command::keys) return keys(reading.config, line.keys);
  return line.command == Command::serve ? serve(reading.config) : migrate(reading.config, line.migrate);
}

}  // namespace

int main(int argc, char** argv) try {
  const auto line = read_command_line({argv + 1, argv + argc});
  if (line) return run(*line);

  std::fputs(line.error().text.c_str(), line.error().status == 0 ? stdout : stderr);
  return line.error().status;
} catch (const std::exception& broken) {
  std::fprintf(stderr, "ringdown: %s\n", broken.what());
  return 1;
}
