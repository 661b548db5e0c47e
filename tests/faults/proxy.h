// A wire between a Db and PostgreSQL that a test can cut: it counts the messages of the protocol and does
// what the plan says after the n-th, over all connections.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace ringdown::test {

struct WirePlan {
  enum class From { client, server };
  enum class Then {
    cut,     // the client's end breaks at once, the server reads what it was sent and then the end
    outage,  // the same, and nobody gets through any more until the plan is taken back
    hang,    // nothing passes any more on this connection, and nobody says so
  };

  From from = From::client;
  int nth = 1;
  bool passes = true;  // so does the n-th message itself
  Then then = Then::cut;
  std::string only = "";  // messages that have these bytes; others are not counted
};

class Proxy {
 public:
  explicit Proxy(int server_port);
  ~Proxy();

  int port() const { return port_; }

  void plan(WirePlan);
  void no_more_faults();
  bool met() const;  // since the plan was made

  // Until the server has let go of every connection that was cut.
  void wait_until_settled();

 private:
  class Wire;

  void accept_all();
  bool admits();
  std::optional<WirePlan> verdict(WirePlan::From, std::string_view message);
  void cut_begins();
  void cut_ends();

  int server_port_;
  int listener_;
  int port_;
  mutable std::mutex mutex_;
  std::condition_variable settled_;
  std::optional<WirePlan> plan_;
  int seen_ = 0;
  bool met_ = false;
  int cutting_ = 0;
  bool stopping_ = false;
  std::vector<std::unique_ptr<Wire>> wires_;
  std::jthread acceptor_;
};

}  // namespace ringdown::test
