#include "app/commands.h"

#include <cstdio>
#include <iostream>

#include "app/doctor.h"

namespace ringdown {

int serve(const Config&) {
  std::fputs("ringdown: this build has no server\n", stderr);
  return 1;
}

int migrate(const Config&, const MigrateOptions&) {
  std::fputs("ringdown: this build has no database\n", stderr);
  return 1;
}

int doctor(const Reading& reading) {
  print_settings(reading, std::cout);
  return run_checks(machine_checks(reading), std::cout) ? 0 : 1;
}

}  // namespace ringdown
