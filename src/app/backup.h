// `ringdown backup FILE`, `restore FILE` and `resume-dialing`. A backup is sealed with the instance's key
// file, which is not in it: without DATA/ringdown.key nobody opens it, its owner included.
#pragma once

#include <string>

#include "app/config.h"

namespace ringdown {

// Beside a running product. The file appears when it is whole; one that exists is never replaced.
int backup(const Config&, const std::string& file);

// Into an empty database, which may be of the other kind. Everything or nothing.
int restore(const Config&, const std::string& file);

int resume_dialing(const Config&);

}  // namespace ringdown
