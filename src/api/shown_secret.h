// Routes for machines that sign in with a secret of the configuration.
#pragma once

#include <optional>

#include "base/secret.h"
#include "net/http.h"

namespace ringdown {

// Authorization: Bearer SECRET; never where none is configured.
bool shows(const Request&, const std::optional<Secret>&);

}  // namespace ringdown
