#include "net/kept_page.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

#include "base/log.h"
#include "net/url.h"

namespace ringdown {
namespace {

namespace asio = boost::asio;

}  // namespace

// Touched on the loop of `executor` only.
struct KeptPage::State : std::enable_shared_from_this<State> {
  State(const Loops& loops, HttpClient its_client, PageRules its_rules)
      : executor(loops.executor()), client(std::move(its_client)), rules(its_rules), answered(executor) {}

  asio::awaitable<Content> read(Time now, Content missed) {
    if (!asking && rules.may_ask(asked_at, now) && (misses(missed) || rules.is_old(read_at, now))) ask(now);
    if (asking && misses(missed)) co_await answered.async_wait(asio::as_tuple(asio::use_awaitable));

    if (read_at && now - *read_at > rules.forgotten_after) co_return nullptr;
    co_return content;
  }

  bool misses(const Content& missed) const { return content == missed; }  // also where there is none at all

  // Asked by nobody in particular: it goes on when those who wait have gone.
  void ask(Time now) {
    asking = true;
    asked_at = now;
    answered.expires_at(asio::steady_timer::time_point::max());
    asio::co_spawn(executor, take_answer(shared_from_this(), now),
                   [state = shared_from_this()](const std::exception_ptr&) {
                     state->asking = false;
                     state->answered.cancel();
                   });
  }

  static asio::awaitable<void> take_answer(std::shared_ptr<State> state, Time now) {
    const auto answer =
        co_await state->client.send({.target = state->target, .headers = {{"Accept", "application/json"}}});
    auto parsed = state->judged(answer);
    if (!parsed) {
      log::warn("a page that is kept cannot be read",
                {{"page", state->name}, {"reason", parsed.error().text}});
      co_return;
    }
    state->content = *std::move(parsed);
    state->read_at = now;
  }

  Result<Content> judged(const Result<HttpAnswer>& answer) const {
    if (!answer) return std::unexpected(answer.error());
    if (answer->status != 200) {
      return fail(Reason::unavailable,
                  "it answers " + std::to_string(answer->status) + "; check its address");
    }
    return parse(answer->body);
  }

  asio::any_io_executor executor;
  HttpClient client;
  PageRules rules;
  std::string name;
  std::string target;
  Parse parse;

  Content content;
  std::optional<Time> read_at;
  std::optional<Time> asked_at;
  bool asking = false;
  asio::steady_timer answered;  // cancelled when it is
};

Result<KeptPage> KeptPage::open(const Loops& loops, std::string name, std::string_view url, Parse parse,
                                PageRules rules) {
  const auto parts = parse_url(url);
  if (!parts) return std::unexpected(parts.error());
  const std::string base = (parts->secure ? "https://" : "http://") + parts->authority();
  auto client = HttpClient::open(base, rules.http);
  if (!client) return std::unexpected(client.error());

  const auto state = std::make_shared<State>(loops, *std::move(client), rules);
  state->name = std::move(name);
  state->target = parts->target;
  state->parse = std::move(parse);
  return KeptPage(state);
}

boost::asio::awaitable<KeptPage::Content> KeptPage::read(Time now, Content missed) const {
  co_return co_await asio::co_spawn(state_->executor, state_->read(now, std::move(missed)),
                                    asio::use_awaitable);
}

}  // namespace ringdown
