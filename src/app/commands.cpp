#include "app/commands.h"

#include <cstdio>
#include <filesystem>
#include <iostream>

#include "app/doctor.h"
#include "app/doctor_store.h"
#include "app/open_store.h"

namespace ringdown {

int migrate(const Config& config, const MigrateOptions& options) {
  if (!config.database_url && !config.migrate_database_url) std::filesystem::create_directories(config.data);
  const auto applied = migrate_store(config, options.grant_to);
  for (const std::string& name : applied) std::printf("applied %s\n", name.c_str());
  if (applied.empty()) std::puts("the schema is up to date");
  for (const std::string& login : options.grant_to) std::printf("%s may run the product\n", login.c_str());
  return 0;
}

int doctor(const Reading& reading) {
  print_settings(reading, std::cout);
  auto checks = machine_checks(reading);
  checks.push_back({"database", [&] { return check_store(reading.config); }});
  return run_checks(checks, std::cout) ? 0 : 1;
}

}  // namespace ringdown
