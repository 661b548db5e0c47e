// What a carrier reports on its own, as values: the HTTP face takes it in and knows no carrier; an edge
// understands it and does nothing about it.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "domain/script.h"
#include "domain/workspace.h"
#include "ports/task.h"

namespace ringdown {

struct HookRequest {
  std::string method;  // POST
  std::string target;  // as sent, with its query
  std::string media;   // of the body
  std::string body;
  std::string signature;
  Time received_at;
};

// One fact about one call. What comes twice comes under the same key.
struct HookFact {
  std::string key;
  CallEvent event;

  bool operator==(const HookFact&) const = default;
};

// A call that somebody made to one of our numbers.
struct Arrival {
  std::string sid;   // the carrier's, which is all that its reports know it by
  std::string from;  // in E.164; empty where the caller hides it
  std::string to;

  bool operator==(const Arrival&) const = default;
};

struct HookNews {
  Workspace workspace;
  std::variant<CallId, Arrival> about;
  std::vector<HookFact> facts;  // in the order in which they became true
};

struct HookReply {
  std::string media;
  std::string body;
};

// What a carrier has to be told of a number, once and by people, so that who calls it reaches us.
struct NumberAddresses {
  std::string voice;   // asked what to say
  std::string status;  // told how the call ended
};

class HookReader {
 public:
  virtual ~HookReader() = default;

  // Fails with `forbidden` where the signature is not the account's, with `invalid` where it is and nothing
  // can be made of the rest.
  virtual Task<Result<HookNews>> understand(HookRequest) = 0;

  // Lets the carrier say it on this call.
  virtual HookReply say(const Script&, Workspace, CallId) const = 0;

  virtual NumberAddresses addresses(Workspace) const = 0;

  // Where the operator wants it for a while: till then wrong signatures are borne.
  virtual std::optional<Time> unchecked_until() const = 0;
};

}  // namespace ringdown
