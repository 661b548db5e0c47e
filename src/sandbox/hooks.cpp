#include "sandbox/hooks.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/text.h"
#include "net/url.h"

namespace ringdown::sandbox {
namespace {

namespace asio = boost::asio;

constexpr Span retry_pause = 1s;
constexpr Span late_by = 20s;
constexpr Span reordered_by = 3s;
constexpr std::size_t clients_max = 16;
constexpr HttpClientLimits limits{.deadline = 15s, .answer_bytes_max = 64 * 1024};

struct Place {
  std::string base;    // http://host:port
  std::string target;  // /path?query
};

Place place_of(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const auto begin = url.find("://") + 3;
  const auto path = std::min(url.find_first_of("/?", begin), url.size());
  const std::string_view rest = url.substr(path);
  return {std::string(url.substr(0, path)), (rest.starts_with('/') ? "" : "/") + std::string(rest)};
}

HttpCall request_to(const Target& target, const std::string& path, const Pairs& fields,
                    std::string signature) {
  HttpCall call{.target = path,
                .headers = {{"X-Twilio-Signature", std::move(signature)}, {"User-Agent", "TwilioProxy/1.1"}}};
  if (target.method == "GET") return call;

  call.verb = Verb::post;
  call.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
  call.body = form_text(fields);
  return call;
}

// With GET the fields stand in the address, and the address alone is signed.
Target with_fields(Target target, const Pairs& fields) {
  if (target.method != "GET") return target;
  target.url = target.url.substr(0, target.url.find('#'));
  target.url += (target.url.contains('?') ? "&" : "?") + form_text(fields);
  return target;
}

}  // namespace

Persistence Persistence::of(std::string_view url) {
  Persistence wanted;
  const auto hash = url.find('#');
  if (hash == url.npos) return wanted;

  const auto settings = QueryPairs::parse(url.substr(hash + 1));
  if (!settings) return wanted;
  if (const auto count = settings->find("rc")) {
    wanted.tries_more = count->size() == 1 && count->front() <= '5' ? std::max(count->front() - '0', 0) : 1;
  }
  if (const auto policy = settings->find("rp")) {
    const auto words = split(*policy, ',');
    const auto has = [&](std::string_view word) {
      return std::ranges::find(words, word) != words.end() || std::ranges::find(words, "all") != words.end();
    };
    wanted.when_unreachable = has("ct");
    wanted.when_silent = has("rt");
    wanted.when_refused = has("4xx");
    wanted.when_broken = has("5xx");
  }
  return wanted;
}

bool Persistence::tries_again(const Result<HttpAnswer>& answer) const {
  if (!answer) return answer.error().reason == Reason::unavailable ? when_unreachable : when_silent;
  if (answer->status >= 500) return when_broken;
  return answer->status >= 400 && when_refused;
}

Hooks::Hooks(asio::any_io_executor loop, std::string token, double speed, std::uint64_t seed, Ledger& ledger,
             Mishaps& mishaps)
    : loop_(std::move(loop)),
      token_(std::move(token)),
      speed_(speed),
      chance_(chance_of(seed, "hooks")),
      ledger_(ledger),
      mishaps_(mishaps) {}

asio::awaitable<Result<HttpAnswer>> Hooks::ask(Target target, Pairs fields) {
  const Target whole = with_fields(std::move(target), fields);
  const Place place = place_of(whole.url);
  const auto client = client_for(place.base);
  if (!client) co_return std::unexpected(client.error());

  const Pairs signed_fields = whole.method == "GET" ? Pairs{} : fields;
  co_return co_await client->send(
      request_to(whole, place.target, fields, signature(token_, whole.url, signed_fields)));
}

Result<HttpClient> Hooks::client_for(const std::string& base) {
  if (const auto kept = clients_.find(base); kept != clients_.end()) return kept->second;

  auto client = HttpClient::open(base, limits);
  if (client && clients_.size() < clients_max) clients_.emplace(base, *client);
  return client;
}

void Hooks::tell(std::string sid, Target target, Pairs fields) {
  if (mishaps_.strikes(Mishap::hook_lost)) {
    ledger_.write({.what = "fault", .sid = std::move(sid), .url = target.url, .detail = "hook-lost"});
    return;
  }
  const bool twice = mishaps_.strikes(Mishap::hook_twice);
  const Span delay = delay_of_next();
  if (twice) asio::co_spawn(loop_, deliver(sid, target, fields, delay + reordered_by), asio::detached);
  asio::co_spawn(loop_, deliver(std::move(sid), std::move(target), std::move(fields), delay), asio::detached);
}

Span Hooks::delay_of_next() {
  if (mishaps_.strikes(Mishap::hook_late)) return late_by;
  return mishaps_.strikes(Mishap::hook_reordered) ? reordered_by : Span{0};
}

asio::awaitable<void> Hooks::deliver(std::string sid, Target target, Pairs fields, Span delay) {
  const Persistence persistence = Persistence::of(target.url);
  if (delay > Span{0}) co_await sleep(delay);
  for (int tried = 0;; ++tried) {
    const auto answer = co_await ask(target, fields);
    ledger_.write({.what = "hook",
                   .sid = sid,
                   .url = target.url,
                   .detail = form_text(fields),
                   .status = answer ? answer->status : 0});
    if (tried == persistence.tries_more || !persistence.tries_again(answer)) co_return;
    co_await sleep(retry_pause * (1 << tried));
  }
}

asio::awaitable<void> Hooks::sleep(Span span) const {
  asio::steady_timer timer(loop_, std::chrono::round<Span>(span / speed_));
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace ringdown::sandbox
