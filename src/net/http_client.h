// A small client: one request, one answer, one connection. Certificates are verified, redirects are answers
// like any other, and everything has a bound. Runs on the loop of whoever awaits it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>
#include <string>

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

class HttpClient {
 public:
  // `authorities_file`: PEM certificates to trust in place of the system's.
  static Result<HttpClient> open(std::string_view base_url, HttpClientLimits = {},
                                 const std::string& authorities_file = {});

  // Fails with `unavailable` when nothing was sent, with `commit_unknown` when something was and no whole
  // answer came, with `too_large` when the answer is.
  boost::asio::awaitable<Result<HttpAnswer>> send(HttpCall) const;

 private:
  struct Setup;
  class Exchange;

  explicit HttpClient(std::shared_ptr<const Setup> setup) : setup_(std::move(setup)) {}

  std::shared_ptr<const Setup> setup_;
};

}  // namespace ringdown
