// The entry point: words → configuration → command.
#include <cstdio>
#include <exception>

#include "app/backup.h"
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
  if (line.command == Command::sandbox) return run_sandbox(line.sandbox);

  const Reading reading = read_config(gather_sources(line.flags));
  if (line.command == Command::doctor) return doctor(reading);
  if (!reading.complaints.empty()) return refuse(reading);

  log::set_level(reading.config.log_level);
  switch (line.command) {
    case Command::migrate: return migrate(reading.config, line.migrate);
    case Command::user: return user(reading.config, line.user);
    case Command::import: return import_leads(reading.config, line.import);
    case Command::places: return import_places(reading.config, line.file);
    case Command::keys: return keys(reading.config, line.keys);
    case Command::backup: return backup(reading.config, line.file);
    case Command::restore: return restore(reading.config, line.file);
    case Command::resume_dialing: return resume_dialing(reading.config);
    case Command::simulate: return simulate(reading.config, line.simulate);
    default: return serve(reading.config);
  }
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
