// Sends what Twilio tells its customers: signed, tried again as the fragment of the address wants, mishaps
// included. Callbacks are separate requests, so nothing keeps them in order.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <map>
#include <memory>
#include <string>

#include "net/http_client.h"
#include "sandbox/call.h"
#include "sandbox/chance.h"
#include "sandbox/ledger.h"
#include "sandbox/mishaps.h"
#include "sandbox/signing.h"

namespace ringdown::sandbox {

class Hooks {
 public:
  Hooks(boost::asio::any_io_executor loop, std::string token, double speed, std::uint64_t seed, Ledger&,
        Mishaps&);

  // One request and its answer: scripts.
  boost::asio::awaitable<Result<HttpAnswer>> ask(Target, Pairs fields);

  // One that nobody waits for: callbacks.
  void tell(std::string sid, Target, Pairs fields);

 private:
  boost::asio::awaitable<void> deliver(std::string sid, Target, Pairs fields, Span delay);
  Result<HttpClient> client_for(const std::string& base);
  boost::asio::awaitable<void> sleep(Span) const;
  Span delay_of_next();

  boost::asio::any_io_executor loop_;
  std::string token_;
  double speed_;
  Chance chance_;
  Ledger& ledger_;
  Mishaps& mishaps_;
  std::map<std::string, HttpClient> clients_;  // by base URL: loading the authorities takes its time
};

// How often a callback is tried again, and why: #rc=5&rp=5xx,ct,rt
struct Persistence {
  int tries_more = 1;
  bool when_unreachable = true;  // ct
  bool when_silent = false;      // rt
  bool when_refused = false;     // 4xx
  bool when_broken = false;      // 5xx

  static Persistence of(std::string_view url);
  bool tries_again(const Result<HttpAnswer>&) const;
};

}  // namespace ringdown::sandbox
