// /api/auth/identities: whom Supabase and Clerk mean when they name one of our users.
#pragma once

#include "api/route.h"

namespace ringdown {

extern const RouteTable identity_routes;

// Who shows this token of a configured issuer; unauthenticated where it is no good or its subject is linked
// to nobody who may sign in. For whoever identifies callers.
Task<Result<UserId>> user_of_token(Api&, std::string token);

}  // namespace ringdown
