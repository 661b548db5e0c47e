// What `ringdown COMMAND` does; each returns the exit status of the process.
#pragma once

#include <string>
#include <vector>

#include "app/config.h"

namespace ringdown {

struct MigrateOptions {
  std::vector<std::string> grant_to;  // roles that may run the product
};

int serve(const Config&);
int migrate(const Config&, const MigrateOptions&);
int doctor(const Reading&);  // the whole reading: it speaks about a wrong configuration too

}  // namespace ringdown
