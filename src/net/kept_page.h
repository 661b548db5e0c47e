// Something small that another server publishes and that is kept here, read from it: a key set. It is asked
// for again when it is old or when somebody misses something in it, one question at a time, however many wait
// for the answer; what was read last stays when asking fails. Any loop may read it; its own state stays on
// one loop.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "net/http_client.h"
#include "net/loops.h"

namespace ringdown {

struct PageRules {
  using Judge = bool (*)(std::optional<Time> last, Time now);

  Judge may_ask;               // after the last question, answered or not
  Judge is_old;                // after the last good answer
  Span forgotten_after = 24h;  // a page that cannot be read for so long is none any more
  HttpClientLimits http{.deadline = 5s, .answer_bytes_max = 64 * 1024};
};

class KeptPage {
 public:
  using Content = std::shared_ptr<const void>;
  using Parse = std::function<Result<Content>(std::string_view body)>;

  // `name` is what the log calls it. Fails when the URL is none.
  static Result<KeptPage> open(const Loops&, std::string name, std::string_view url, Parse, PageRules);

  // What there is now, or nothing. `missed` is content in which the caller did not find what it looked for:
  // there may be newer.
  boost::asio::awaitable<Content> read(Time now, Content missed = nullptr) const;

 private:
  struct State;

  explicit KeptPage(std::shared_ptr<State> state) : state_(std::move(state)) {}

  std::shared_ptr<State> state_;
};

}  // namespace ringdown
