// Our HTTP face, the real adapter and a twin of Twilio, over sockets; a second of the twin's life takes a
// millisecond.
#pragma once

#include <condition_variable>
#include <mutex>

#include "api/router.h"
#include "carrier/twilio_hook_reader.h"
#include "carrier/twilio_rest.h"
#include "flow/engine.h"
#include "net/http_server.h"
#include "sandbox/twilio_twin.h"
#include "tests/support/stores.h"
#include "tests/support/test_clock.h"

namespace ringdown::test {

inline constexpr std::string_view our_number = "+12125550100";

class Desk {
 public:
  Desk();
  ~Desk();

  // One that the carrier is about to be asked for.
  Call add_call(std::string phone, std::string message = "Hi {{contact_name}}.");

  CallEvent place(const Call&);  // records what came of it
  Call call(CallId);
  std::vector<Call> calls();  // newest first
  Lead lead(LeadId);
  std::vector<std::string> kinds_of_events(CallId);
  bool is_blocked(const std::string& phone);
  const std::string& url() const { return url_; }

  // Comes back when so many requests of the carrier have been answered.
  void wait_for_hooks(int count);

  // Lets the twin's person with this number call us.
  void call_us(std::string_view from);

  // A callback that the twin's account signed, unless another token did; the status of its answer.
  int tell(const std::string& target, const std::string& form) {
    return tell(target, form, twin.auth_token());
  }
  int tell(const std::string& target, const std::string& form, const std::string& token);
  int send(const std::string& target, const std::string& form, const std::string& signature);
  std::string answer;  // to the last of these

  sandbox::TwilioTwin twin{{.speed = 1000, .calls_per_second = 1000}};
  TestClock clock;

 private:
  boost::asio::awaitable<Response> answer_and_count(Request&);

  Loops loops_;
  FreshStore store_{StoreKind::sqlite_memory};
  std::unique_ptr<Db> db_;
  SystemChance chance_;
  Workspace workspace_;
  std::string url_;
  std::unique_ptr<Carrier> carrier_;
  std::unique_ptr<HookReader> hooks_;
  std::optional<flow::Engine> engine_;
  ApiConfig config_;
  Api api_;
  Router router_;
  HttpServer server_;
  std::mutex mutex_;
  std::condition_variable answered_;
  int count_ = 0;
};

}  // namespace ringdown::test
