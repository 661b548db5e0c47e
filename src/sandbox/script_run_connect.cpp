#include <boost/asio/use_awaitable.hpp>

#include "sandbox/script_run.h"

namespace ringdown::sandbox {

namespace asio = boost::asio;

// Twilio goes on once the product closes the stream; without anything to go on with, that hangs up.
asio::awaitable<ScriptRun::Next> ScriptRun::perform(const Connect& connect) {
  Connect plan = connect;
  plan.on_status = absolute(plan.on_status);
  const auto stream = co_await stage_.streams.open(call_, std::move(plan));
  if (!stream) co_return go_on_after(Left::over, connect.action, {});

  for (const char key : std::exchange(callee_.presses, {})) {
    stage_.talk.press(*call_, std::string(1, key));
    stream->press(key);
  }
  const Left left = co_await stay(stream->link(), 24h);
  co_await stream->stop();
  co_return go_on_after(left, connect.action, {});
}

}  // namespace ringdown::sandbox
