#include "net/http_client.h"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "base/expect.h"
#include "net/answer_reader.h"

namespace ringdown {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto outcome = asio::as_tuple(asio::use_awaitable);

bool breaks_line(char c) {
  return c == '\r' || c == '\n' || c == '\0';
}

std::string request_text(const Url& base, const HttpCall& call) {
  std::string_view prefix = base.target;
  if (prefix.ends_with('/')) prefix.remove_suffix(1);
  expect(call.target.starts_with('/'), "a target begins with a slash");
  expect(std::ranges::all_of(call.target, [](char c) { return c > 0x20 && c < 0x7f; }),
         "a target is escaped");

  std::string text(to_text(call.verb));
  text.append(" ").append(prefix).append(call.target).append(" HTTP/1.1\r\nHost: ").append(base.authority());
  text.append("\r\nConnection: close\r\n");
  if (!call.body.empty() || call.verb == Verb::post || call.verb == Verb::put || call.verb == Verb::patch) {
    text.append("Content-Length: ").append(std::to_string(call.body.size())).append("\r\n");
  }
  for (const Header& header : call.headers) {
    expect(std::ranges::none_of(header.name + header.value, breaks_line), "a header stays on its line");
    text.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  return text.append("\r\n").append(call.body);
}

}  // namespace

struct HttpClient::Setup {
  Url base;
  HttpClientLimits limits;
  mutable asio::ssl::context tls{
      asio::ssl::context::tls_client};  // Asio takes no const one; unchanged after open()
};

// One request under way. Shared with its deadline, which closes the socket under whatever waits.
class HttpClient::Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  Exchange(std::shared_ptr<const Setup> setup, const asio::any_io_executor& executor, TakePiece take)
      : setup_(std::move(setup)),
        take_(std::move(take)),
        resolver_(executor),
        timer_(executor),
        stream_(executor, setup_->tls) {}

  asio::awaitable<Result<HttpAnswer>> run(HttpCall call) {
    const std::string text = request_text(setup_->base, call);
    start_deadline();
    Result<void> connected = co_await connect();
    if (!connected) co_return std::unexpected(connected.error());

    AnswerReader reader(call.verb, setup_->limits.answer_bytes_max);
    Result<void> talked;
    if (setup_->base.secure) {
      talked = co_await talk(stream_, text, reader);
    } else {
      talked = co_await talk(stream_.next_layer(), text, reader);
    }
    timer_.cancel();
    if (!talked) co_return std::unexpected(talked.error());
    co_return std::move(reader.answer());
  }

 private:
  void start_deadline() {
    timer_.expires_after(setup_->limits.deadline);
    timer_.async_wait([exchange = weak_from_this()](boost::system::error_code error) {
      if (const auto alive = exchange.lock(); alive && !error) alive->cut_off();
    });
  }

  void cut_off() {
    late_ = true;
    resolver_.cancel();
    boost::system::error_code ignored;
    stream_.next_layer().close(ignored);
  }

  asio::awaitable<Result<void>> connect() {
    const Url& base = setup_->base;
    const auto [not_found, ends] =
        co_await resolver_.async_resolve(base.host, std::to_string(base.port), outcome);
    if (not_found || late_) co_return away("looking it up", not_found);

    const auto [refused, end] = co_await asio::async_connect(stream_.next_layer(), ends, outcome);
    if (refused || late_) co_return away("connecting", refused);
    boost::system::error_code ignored;
    stream_.next_layer().set_option(tcp::no_delay(true), ignored);
    if (!base.secure) co_return Result<void>{};

    stream_.set_verify_callback(asio::ssl::host_name_verification(base.host));
    SSL_set_tlsext_host_name(stream_.native_handle(), base.host.c_str());
    const auto [untrusted] = co_await stream_.async_handshake(asio::ssl::stream_base::client, outcome);
    if (untrusted) co_return away("agreeing on TLS", untrusted);
    co_return Result<void>{};
  }

  std::unexpected<Failure> away(const std::string& doing, const boost::system::error_code& error) const {
    return fail(Reason::unavailable, "cannot reach " + setup_->base.authority() + ": " + doing + ": " +
                                         (late_ ? "no answer within the deadline" : error.message()));
  }

  std::unexpected<Failure> cut_short(const std::string& why) const {
    return fail(Reason::commit_unknown, "no whole answer from " + setup_->base.authority() + ": " + why);
  }

  template <class Side>
  asio::awaitable<Result<void>> talk(Side& side, const std::string& text, AnswerReader& reader) {
    // A server may answer and close before it has read everything, so a failed write is no reason not to
    // listen.
    co_await asio::async_write(side, asio::buffer(text), outcome);
    std::array<char, 16 * 1024> space;
    while (!reader.done()) {
      const auto [error, bytes] = co_await side.async_read_some(asio::buffer(space), outcome);
      if (late_) co_return cut_short("the deadline passed");
      if (error && error != asio::error::eof) co_return cut_short(error.message());
      Result<void> taken = error ? reader.end() : reader.push({space.data(), bytes});
      if (taken) taken = hand_on(reader.answer());
      if (!taken) co_return taken;
    }
    co_return Result<void>{};
  }

  // The reader bounds each piece; all of them together are bounded here.
  Result<void> hand_on(HttpAnswer& answer) {
    if (!take_ || answer.status < 200 || answer.status > 299 || answer.body.empty()) return {};
    handed_on_ += answer.body.size();
    if (handed_on_ > setup_->limits.answer_bytes_max)
      return fail(Reason::too_large, "the answer is too large");
    Result<void> taken = take_(answer.body);
    answer.body.clear();
    return taken;
  }

  std::shared_ptr<const Setup> setup_;
  TakePiece take_;  // none: the answer keeps its body
  std::size_t handed_on_ = 0;
  tcp::resolver resolver_;
  asio::steady_timer timer_;
  asio::ssl::stream<tcp::socket> stream_;  // its next layer alone where the base URL is plain
  bool late_ = false;
};

Result<HttpClient> HttpClient::open(std::string_view base_url, HttpClientLimits limits,
                                    const std::string& authorities_file) {
  auto url = parse_url(base_url);
  if (!url) return std::unexpected(url.error());

  auto setup = std::make_shared<Setup>(*std::move(url), limits);
  if (!setup->base.secure) return HttpClient(std::move(setup));

  SSL_CTX_set_min_proto_version(setup->tls.native_handle(), TLS1_2_VERSION);
  setup->tls.set_verify_mode(asio::ssl::verify_peer);
  boost::system::error_code error;
  if (authorities_file.empty()) {
    setup->tls.set_default_verify_paths(error);
  } else {
    setup->tls.load_verify_file(authorities_file, error);
  }
  if (error) return fail(Reason::invalid, "cannot load the certificate authorities: " + error.message());
  return HttpClient(std::move(setup));
}

asio::awaitable<Result<HttpAnswer>> HttpClient::send(HttpCall call) const {
  return receive(std::move(call), {});
}

asio::awaitable<Result<HttpAnswer>> HttpClient::receive(HttpCall call, TakePiece take) const {
  const auto exchange =
      std::make_shared<Exchange>(setup_, co_await asio::this_coro::executor, std::move(take));
  co_return co_await exchange->run(std::move(call));
}

}  // namespace ringdown
