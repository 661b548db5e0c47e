#include "api/live.h"

#include <utility>
#include <vector>

#include "api/live_hub.h"
#include "base/log.h"

namespace ringdown {
namespace {

using store::ChangePosition;

// The changes behind a position; nothing when some of them are not kept, or the position is another
// database's.
using Page = std::optional<std::vector<store::Change>>;

Task<Page> read_behind(Db& db, ChangePosition position, int limit) {
  co_return co_await db.instance_read([=](Tx& tx) -> Page {
    if (!store::changes_known(tx, position)) return std::nullopt;
    return store::changes_after(tx, position, limit);
  });
}

SharedText shared(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

// Takes a listener out of its hub, and the hub's hand off its wake-up, when the stream is over.
struct Visit {
  LiveHub& hub;
  Listener& listener;
  Stream& stream;

  ~Visit() {
    stream.when_closed(nullptr);
    hub.leave(listener);
  }
};

}  // namespace

// Kept alive by the tasks that use it, on whichever loop they are.
struct Live::State : std::enable_shared_from_this<Live::State> {
  State(Loops& all_loops, Db& store, Clock& time, ChangePosition from, LiveLimits bounds)
      : loops(all_loops), db(store), clock(time), limits(bounds), read_up_to(from) {
    for (std::size_t i = 0; i < loops.size(); ++i) hubs.push_back(std::make_unique<LiveHub>(from));
  }

  Task<void> read(std::shared_ptr<State> self);
  Task<void> tick(std::shared_ptr<State> self);
  Task<void> serve(std::shared_ptr<State> self, Listening, Stream&);

  Task<bool> read_page();
  Task<bool> begin(LiveHub&, Listener&, const std::optional<std::string>& last_event_id, Stream&);
  Task<bool> catch_up(LiveHub&, Listener&, ChangePosition seen, Stream&);
  void wake_reader();

  template <class Act>
  void on_every_hub(Act act) {
    for (std::size_t i = 0; i < loops.size(); ++i) {
      loops.post(i, [self = shared_from_this(), hub = hubs[i].get(), act] { act(*hub); });
    }
  }

  Loops& loops;
  Db& db;
  Clock& clock;
  const LiveLimits limits;
  std::vector<std::unique_ptr<LiveHub>> hubs;  // one per loop, touched there only

  // The first loop's:
  ChangePosition read_up_to;
  Wakeup* changed = nullptr;  // the reader's own
};

Task<void> Live::State::read(std::shared_ptr<State> self) {
  Wakeup woken(loops.executor(0));
  changed = &woken;
  while (true) {
    try {
      while (co_await read_page()) {
      }
    } catch (const Breakage& breakage) {
      log::warn("live events wait for the store", {{"reason", breakage.what()}});
    }
    co_await woken.wait();
  }
}

// Whether there may be more.
Task<bool> Live::State::read_page() {
  Page page = co_await read_behind(db, read_up_to, limits.page);
  if (!page) {
    log::warn("the changes of the store were cut off or replaced; listeners begin anew");
    read_up_to = co_await db.instance_read([](Tx& tx) { return store::changes_end(tx); });
    on_every_hub([at = read_up_to](LiveHub& hub) { hub.restart_at(at); });
    co_return true;
  }
  if (page->empty()) co_return false;

  read_up_to = page->back().position();
  const bool full = page->size() == static_cast<std::size_t>(limits.page);
  const auto batch = std::make_shared<const Batch>(batch_of(std::move(*page)));
  on_every_hub([batch](LiveHub& hub) { hub.hand_over(*batch); });
  co_return full;
}

Task<void> Live::State::tick(std::shared_ptr<State> self) {
  Span next_beat = clock.monotonic() + limits.beat;
  while (true) {
    co_await clock.sleep_until(clock.now() + limits.poll);
    changed->wake();
    if (clock.monotonic() < next_beat) continue;

    next_beat = clock.monotonic() + limits.beat;
    on_every_hub([text = shared(beat_text(read_up_to))](LiveHub& hub) { hub.beat(text); });
  }
}

void Live::State::wake_reader() {
  loops.post(0, [self = shared_from_this()] {
    if (self->changed != nullptr) self->changed->wake();
  });
}

Task<void> Live::State::serve(std::shared_ptr<State> self, Listening listening, Stream& stream) {
  const std::size_t here = loops.here();
  Wakeup woken(loops.executor(here));
  Listener listener(listening.workspace, listening.role, limits.backlog_max, woken);
  LiveHub& hub = *hubs[here];
  const Visit visit{hub, listener, stream};
  stream.when_closed([&woken] { woken.wake(); });

  if (!co_await begin(hub, listener, listening.last_event_id, stream)) co_return;
  while (!stream.closed() && !listener.dropped()) {
    if (listener.take_check() && !co_await listening.still_may()) co_return;
    if (SharedText text = listener.take()) {
      if (!co_await stream.write(std::move(text))) co_return;
    } else {
      co_await woken.wait();
    }
  }
}

// Brings a listener to where live events go on; false when it left meanwhile.
Task<bool> Live::State::begin(LiveHub& hub, Listener& listener,
                              const std::optional<std::string>& last_event_id, Stream& stream) {
  if (!co_await stream.write(shared(retry_text(limits.retry)))) co_return false;
  if (!last_event_id) co_return co_await stream.write(shared(position_text(hub.join(listener))));

  const auto seen = store::parse_position(*last_event_id);
  if (seen) co_return co_await catch_up(hub, listener, *seen, stream);
  co_return co_await stream.write(shared(reset_text(hub.join(listener))));
}

// Page by page from the store, until a page reaches what the hub has handed out when the page was begun: from
// there on everything is in the listener's backlog.
Task<bool> Live::State::catch_up(LiveHub& hub, Listener& listener, ChangePosition seen, Stream& stream) {
  while (true) {
    const ChangePosition live_from = hub.join(listener, seen);
    const Page page = co_await read_behind(db, seen, limits.page);
    if (!page) {
      hub.leave(listener);
      co_return co_await stream.write(shared(reset_text(hub.join(listener))));
    }
    const bool full = page->size() == static_cast<std::size_t>(limits.page);
    const bool whole = !full || page->back().position() >= live_from;
    if (!whole) hub.leave(listener);

    const auto text = events_between(*page, listener.workspace, listener.role, seen, live_from);
    if (!co_await stream.write(shared(text))) co_return false;
    if (whole) co_return true;
    seen = page->back().position();
  }
}

Live::Live(Loops& loops, Db& db, Clock& clock, ChangePosition from, LiveLimits limits)
    : state_(std::make_shared<State>(loops, db, clock, from, limits)) {
  db.on_change([state = std::weak_ptr(state_)] {
    if (const auto alive = state.lock()) alive->wake_reader();
  });
}

Live::~Live() = default;

void Live::start() {
  state_->loops.spawn(0, state_->read(state_));
  state_->loops.spawn(0, state_->tick(state_));
}

Response Live::answer(Listening listening) {
  Response response{.stream = [state = state_, listening = std::move(listening)](Stream& stream) mutable {
    return state->serve(state, std::move(listening), stream);
  }};
  response.headers.set("Content-Type", "text/event-stream");
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("X-Accel-Buffering", "no");  // proxies would hold events back to fill a buffer
  return response;
}

}  // namespace ringdown
