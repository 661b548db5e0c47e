// Is the process there, and can it work? Open to everybody, so neither answer says more than that.
#pragma once

#include "net/http.h"
#include "ports/db.h"

namespace ringdown {

// The process runs and answers.
Response answer_healthz();

// The store answers and has a schema: 200, or 503 with what is missing.
Task<Response> answer_readyz(Db&);

}  // namespace ringdown
