// What `doctor` finds about the database, without changing anything in it.
#pragma once

#include "app/doctor.h"

namespace ringdown {

Findings check_store(const Config&);

}  // namespace ringdown
