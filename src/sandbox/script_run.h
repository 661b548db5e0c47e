// One call's way through its scripts: what its callee hears, does and says, and whom it is put through to.
#pragma once

#include <functional>
#include <string>

#include "sandbox/bridge.h"
#include "sandbox/callees.h"
#include "sandbox/conferences.h"
#include "sandbox/course.h"
#include "sandbox/hooks.h"
#include "sandbox/script.h"
#include "sandbox/streams.h"
#include "sandbox/talk.h"

namespace ringdown::sandbox {

// What scripts work with.
struct Stage {
  Course& course;
  Talk& talk;
  Hooks& hooks;
  Conferences& conferences;
  Recordings& recordings;
  Streams& streams;
  std::function<CallPtr(CallPlan, std::shared_ptr<Bridge>)> dial;
};

class ScriptRun {
 public:
  ScriptRun(const Stage& stage, CallPtr call, Callee callee, SteadyTime hang_up)
      : stage_(stage), call_(std::move(call)), callee_(std::move(callee)), hang_up_(hang_up) {}

  boost::asio::awaitable<void> follow();

 private:
  enum class Next { step, document, nothing };
  enum class Left { over, limit, hung_up, called_away };

  boost::asio::awaitable<Next> follow(const std::vector<Step>&);
  boost::asio::awaitable<Next> perform(const Sound&);
  boost::asio::awaitable<Next> perform(const Gather&);
  boost::asio::awaitable<Next> perform(const Dial&);
  boost::asio::awaitable<Next> perform(const Record&);
  boost::asio::awaitable<Next> perform(const Connect&);
  boost::asio::awaitable<Next> perform(const Redirect&);
  boost::asio::awaitable<Next> perform(const HangUp&);

  boost::asio::awaitable<Next> sit_in(const Dial&);
  boost::asio::awaitable<Next> put_through(const Dial&);
  boost::asio::awaitable<Left> stay(const Link&, Span time_limit);
  boost::asio::awaitable<std::string> text();  // of the document, or one that cannot be read
  boost::asio::awaitable<bool> listen(Span);   // false: no longer
  boost::asio::awaitable<bool> hear(const Sound&);

  CallPlan plan_of(const Dial&, const NumberPlan&) const;
  Pairs outcome_of(const Bridge&, Left) const;
  Pairs end_recording(const std::string& sid);  // what is told of it; nothing where nothing was said
  std::string key_of(const Record&);
  Next press(std::string digits, const Target& action);
  Next go_on(const Target&, Pairs news = {});
  Next go_on_after(Left, const Target& action, Pairs news);
  Target absolute(const Target&) const;

  const Stage& stage_;
  CallPtr call_;
  Callee callee_;
  SteadyTime hang_up_;
  Pairs news_;  // for whoever is asked for the next document
};

}  // namespace ringdown::sandbox
