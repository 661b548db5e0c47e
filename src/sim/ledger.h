// What the carrier saw with its own eyes: every request, every call it made of one, every ring. The
// invariants are judged by it, never by what the product believes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ports/carrier.h"
#include "sim/timeline.h"

namespace ringdown::sim {

struct LedgerRequest {
  Span begun;       // when its first byte left
  Time node_clock;  // what the sender's wall clock showed then
  NodeId node;
  WorkspaceId workspace;
  AccountId account;
  PlaceRequest asked;
  std::optional<Rejection> rejected{};  // where the carrier said no, whether that was heard or not
};

struct LedgerCall {
  std::string sid;
  std::size_t request;  // that made it
  Span created;
  std::optional<Span> rang{};
  std::optional<Span> answered{};
  std::optional<Span> ended{};
  std::optional<Cause> cause{};
  std::optional<AnsweredBy> answered_by{};
  std::optional<Span> end_asked{};  // by us, for the first time
  std::int64_t cost_micros = 0;
};

struct Ledger {
  std::vector<LedgerRequest> requests;
  std::vector<LedgerCall> calls;

  const LedgerRequest& request_of(const LedgerCall& call) const { return requests[call.request]; }
};

}  // namespace ringdown::sim
