// A small client: one request, one answer, one connection. Certificates are verified, redirects are answers
// like any other, and everything has a bound. Runs on the loop of whoever awaits it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "net/http.h"
#include "net/url.h"

namespace ringdown {

struct HttpClientLimits {
  Span deadline = 30s;  // from looking up the host to the last byte
  std::size_t answer_bytes_max = 1 << 20;
};

struct HttpCall {
  Verb verb = Verb::get;
  std::string target = "/";  // below the base URL
  Headers headers{};
  std::string body{};
};

struct HttpAnswer {
  int status = 0;
  Headers headers{};
  std::string body{};
};

using TakePiece = std::function<Result<void>(std::string_view)>;

class HttpClient {
 public:
  // `authorities_file`: PEM certificates to trust in place of the system's.
  static Result<HttpClient> open(std::string_view base_url, HttpClientLimits = {},
                                 const std::string& authorities_file = {});

  // Fails with `unavailable` when nothing was sent, with `commit_unknown` when something was and no whole
  // answer came, with `too_large` when the answer is.
  boost::asio::awaitable<Result<HttpAnswer>> send(HttpCall) const;

  // The same for a body that nobody holds whole: where the status is 2xx its pieces are handed on as they
  // come, and the answer's own is empty. Ends with the first failure of whoever takes them.
  boost::asio::awaitable<Result<HttpAnswer>> receive(HttpCall, TakePiece) const;

 private:
  struct Setup;
  class Exchange;

  explicit HttpClient(std::shared_ptr<const Setup> setup) : setup_(std::move(setup)) {}

  std::shared_ptr<const Setup> setup_;
};

}  // namespace ringdown
