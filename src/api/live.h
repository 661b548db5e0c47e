// Live events: one reader per node follows the changes of the store, encodes each once and hands it to the
// listeners on every loop. A listener that reconnects is caught up from the store first, without a gap or a
// repeat.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/live_text.h"
#include "net/http.h"
#include "net/loops.h"
#include "ports/clock.h"
#include "ports/db.h"

namespace ringdown {

struct LiveLimits {
  std::size_t backlog_max = 256 * 1024;  // bytes that may wait for one listener; some 1,500 events
  int page = 256;                        // changes read at a time
  Span poll = 1s;                        // for changes nobody announced
  Span beat = 15s;                       // a sign of life, and the question whether a listener still may
  std::chrono::milliseconds retry = 2s;  // when a client comes back
};

// Somebody who asked for events and may see them.
struct Listening {
  WorkspaceId workspace;
  Role role;
  std::optional<std::string> last_event_id;
  std::function<Task<bool>()> still_may;  // asked at every beat, on the listener's loop
};

class Live {
 public:
  // Events begin behind `from`, which is the store's changes_end. Loops end, or stop, before the Db does.
  Live(Loops&, Db&, Clock&, store::ChangePosition from, LiveLimits = {});
  ~Live();

  void start();  // once, after the loops were made

  // The stream of events; any loop.
  Response answer(Listening);

 private:
  struct State;

  std::shared_ptr<State> state_;
};

}  // namespace ringdown
