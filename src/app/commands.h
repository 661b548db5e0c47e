// What `ringdown COMMAND` does; each returns the exit status of the process.
#pragma once

#include <string>
#include <vector>

#include "app/config.h"
#include "base/enums.h"

namespace ringdown {

struct MigrateOptions {
  std::vector<std::string> grant_to;  // roles that may run the product
};

enum class KeysAction { rotate, reseal };
BOOST_DESCRIBE_ENUM(KeysAction, rotate, reseal)

int serve(const Config&);
int migrate(const Config&, const MigrateOptions&);
int keys(const Config&, KeysAction);
int doctor(const Reading&);  // the whole reading: it speaks about a wrong configuration too

}  // namespace ringdown
