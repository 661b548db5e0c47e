// The way of Twilio's callbacks in a node: the HTTP face with its routes, the real reader of signatures, the
// real recording of facts; and the calls that they are about.
#pragma once

#include <memory>
#include <vector>

#include "api/router.h"
#include "carrier/twilio_hook_reader.h"
#include "flow/engine.h"
#include "net/http_server.h"
#include "tests/support/hand_carrier.h"
#include "tests/support/stores.h"
#include "tests/support/test_clock.h"

namespace ringdown::bench {

class HookNode {
 public:
  explicit HookNode(const test::FreshStore&);
  ~HookNode();

  std::uint16_t port() const { return port_; }

  // Calls that were just placed, each to a lead of its own.
  std::vector<CallId> add_calls(std::size_t count);

  // Signed requests that tell the whole life of these calls, one moment of all of them after the other. Every
  // tenth comes twice, as callbacks do.
  std::vector<std::string> reports_on(const std::vector<CallId>&) const;

  // How many of their moments are on record; throws where a call is not over, or one stands there twice.
  std::size_t kept_of(const std::vector<CallId>&) const;

  static constexpr std::size_t moments = 4;

 private:
  std::string report_on(CallId, std::size_t moment) const;

  Loops loops_;
  std::unique_ptr<Db> db_;
  Workspace workspace_;
  test::TestClock clock_;
  SystemChance chance_;
  test::HandCarrier carrier_;
  std::unique_ptr<HookReader> hooks_;
  flow::Engine engine_;
  ApiConfig config_;
  Api api_;
  Router router_;
  HttpServer server_;
  std::uint16_t port_ = 0;
  std::string url_;
  std::uint64_t numbers_ = 0;
};

}  // namespace ringdown::bench
