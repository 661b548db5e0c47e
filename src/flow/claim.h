// The units that decide who is called next: what is due gets ready, and who is ready gets a call, durable
// before the carrier is asked. Both ask the gate for its word of this moment.
#pragma once

#include "flow/gate.h"

namespace ringdown::flow {

struct Desk {
  Workspace workspace;
  WorkspaceKind kind;
};

// What is due is judged: ready, waiting until later, or refused. Says whether there may be more.
bool promote(Tx&, const Engine&, const Desk&, Time now);

// One request that may begin at `moment` and not after it, by the steady clock.
struct Claimed {
  Call call;
  PlaceRequest request;
  Span moment{};
};

struct Claims {
  std::vector<Claimed> calls;
  std::optional<Time> look_again;  // when more may go out, as far as is known
};

// `steady` is the steady clock's reading at `now`.
Claims claim(Tx&, const Engine&, const Desk&, Time now, Span steady);

}  // namespace ringdown::flow
