// Who carries calls. Knows nothing of rules: whoever asks to place has asked the gate in the transaction that
// wrote `placing`. Called on the engine's loop; deadlines and connections are the edge's own business.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/carrier_call.h"
#include "domain/workspace.h"
#include "ports/task.h"

namespace ringdown {

// Which account of whose; the edge keeps the credentials.
struct CarrierAccount {
  Workspace workspace;
  AccountId id;
};

// What is to be found out about whoever answers: at once whether it is a machine, or once a mailbox listens.
enum class Detection { none, who_answers, end_of_greeting };

struct PlaceRequest {
  CallId call;  // travels along, so that what the carrier reports names it
  std::string to;
  std::string from;
  std::string message;
  Span ring_timeout{};
  Span talk_limit{};
  Detection detection = Detection::who_answers;
};

class Carrier {
 public:
  virtual ~Carrier() = default;

  // One request, never repeated by the edge once a byte may have left: Placed, Rejected or Lost.
  virtual Task<CallEvent> place(CarrierAccount, PlaceRequest) = 0;

  // Calls from one number to another that were made since, newest first, a hundred at most. The carrier does
  // not tell our ids.
  virtual Task<Result<std::vector<CarrierCall>>> find(CarrierAccount, std::string to, std::string from,
                                                      Time since) = 0;

  // Nothing where it knows no such call.
  virtual Task<Result<std::optional<CarrierCall>>> fetch(CarrierAccount, std::string sid) = 0;

  // Has it ask anew what to say, in which somebody talks; fine where it is over already.
  virtual Task<Result<void>> speak_anew(CarrierAccount, CallId, std::string sid) = 0;

  // Takes one back that does not ring yet, hangs up on any other; fine where it is over already.
  virtual Task<Result<void>> end(CarrierAccount, std::string sid) = 0;
};

}  // namespace ringdown
