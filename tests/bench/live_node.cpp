// The product's live events for bench http, as a server of their own: loops, store, Live and HttpServer as
// `ringdown serve` puts them together, but nobody signs in, and a route lets the bench publish.
//
//   GET /events       the stream of the one workspace
//   GET /publish?N    N changes, a unit each, written side by side; the answer does not wait for them
#include <fmt/format.h>
#include <signal.h>

#include <cstdio>
#include <cstdlib>

#include "api/live.h"
#include "app/system_clock.h"
#include "net/http_server.h"
#include "tests/support/stores.h"

namespace ringdown::bench {
namespace {

class LiveNode {
 public:
  explicit LiveNode(const test::FreshStore& store) : db_(store.open()), workspace_(test::a_workspace(*db_)) {
    port_ = server_.listen("127.0.0.1:0").value();
    live_.start();
    loops_.start();
    server_.start();
  }
  ~LiveNode() {
    server_.stop();
    loops_.stop();
  }

  std::uint16_t port() const { return port_; }

 private:
  Task<Response> answer(Request& request) {
    if (request.path == "/events") co_return live_.answer({workspace_.id(), Role::rep, {}, still_may});
    if (request.path != "/publish") co_return error_response({404, "there is nothing here"}, request.id);

    for (int left = std::atoi(request.query.c_str()); left > 0; --left) {
      loops_.spawn(loops_.here(), publish(*db_, workspace_, clock_));
    }
    co_return Response{};
  }

  static Task<bool> still_may() { co_return true; }

  static Task<void> publish(Db& db, Workspace workspace, Clock& clock) {
    co_await db.write(workspace, [now = clock.now()](Tx& tx) {
      store::add_change(tx, "lead", test::nth<UserTag>(1).value, now);
    });
  }

  SystemClock clock_;
  Loops loops_;
  std::unique_ptr<Db> db_;
  Workspace workspace_;
  Live live_{loops_, *db_, clock_, await(db_->instance_read([](Tx& tx) { return store::changes_end(tx); }))};
  HttpServer server_{loops_, HttpLimits{}, {.answer = [this](Request& request) { return answer(request); }}};
  std::uint16_t port_ = 0;
};

}  // namespace
}  // namespace ringdown::bench

int main() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const ringdown::test::FreshStore store(ringdown::test::StoreKind::sqlite);
  const ringdown::bench::LiveNode node(store);
  std::printf("listening on http://127.0.0.1:%u\n", node.port());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
}
