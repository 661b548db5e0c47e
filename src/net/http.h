// The words of HTTP that handlers use: a request in, an answer out, and streams for what is too long or too
// endless to hold. Everything here belongs to the connection's loop.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace ringdown {

enum class Verb { get, head, post, put, patch, del, options };

std::string_view to_text(Verb);  // GET
std::optional<Verb> parse_verb(std::string_view);

struct Header {
  std::string name;
  std::string value;

  bool operator==(const Header&) const = default;
};

// Names are compared without case; order and duplicates are kept.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> headers) : headers_(headers) {}

  void add(std::string name, std::string value) { headers_.push_back({std::move(name), std::move(value)}); }
  void set(std::string_view name, std::string value);                 // in place of all of that name
  std::optional<std::string_view> find(std::string_view name) const;  // the first
  std::vector<std::string_view> all(std::string_view name) const;

  std::size_t size() const { return headers_.size(); }
  auto begin() const { return headers_.begin(); }
  auto end() const { return headers_.end(); }

  bool operator==(const Headers&) const = default;

 private:
  std::vector<Header> headers_;
};

bool same_word(std::string_view a, std::string_view b);  // ASCII, without case

struct RequestHead {
  Verb verb = Verb::get;
  std::string target{};  // as sent
  std::string path{};    // decoded; no empty or dot segment, no slash that was encoded
  std::string query{};   // as sent, without the question mark
  Headers headers{};
  std::string peer{};  // the client's address, seen through trusted proxies
  bool secure = false;
  std::string id{};  // of this request, in its answer and in the log
};

// How the body of a request is to be read; decided from the head.
struct BodyPlan {
  std::uint64_t bytes_max = 1 << 20;
  bool streamed = false;           // handed to the handler piece by piece
  std::optional<Span> time_max{};  // for the whole request, in place of the server's limit
};

// A streamed body. The client is only read from while the handler asks, so a slow handler slows the client
// down.
class Upload {
 public:
  virtual ~Upload() = default;

  // The next piece, valid until the next call; empty at the end. Fails when the client stalls, leaves or
  // sends more than the plan allows.
  virtual boost::asio::awaitable<Result<std::string_view>> next() = 0;
};

struct Request : RequestHead {
  std::string body{};
  Upload* upload = nullptr;  // where the plan says streamed
};

// The way to a client of an answer that is written bit by bit.
class Stream {
 public:
  virtual ~Stream() = default;

  // Comes back once the client's side has taken it, so nothing piles up; false when the client is gone or did
  // not take it in time. Shared, so that an event is encoded once for all listeners.
  virtual boost::asio::awaitable<bool> write(std::shared_ptr<const std::string>) = 0;

  virtual bool closed() const = 0;

  // Called once, on the loop, when the client leaves or the server stops, so that a waiting writer can be
  // woken.
  virtual void when_closed(std::move_only_function<void()>) = 0;
};

class Wire;

// Whoever has this speaks another protocol from here on: over the wire, whose first bytes may have arrived
// already, after this request. Nobody answers it then but he; the connection ends when he comes back. It is
// cut off at the end of a server's grace, like any request.
using Upgrade = std::move_only_function<boost::asio::awaitable<void>(
    std::shared_ptr<Wire>, std::string arrived, const RequestHead&)>;

using StreamBody = std::move_only_function<boost::asio::awaitable<void>(Stream&)>;

struct Response {
  int status = 200;
  Headers headers{};
  std::string body{};
  StreamBody stream{};                          // where set, it writes the body
  std::optional<std::uint64_t> stream_bytes{};  // how much it writes, where that is known: downloads
  Upgrade upgrade{};                            // where set, nothing else of this counts
};

// Why the server itself answers, before any handler was asked.
struct HttpRefusal {
  int status;
  std::string text;  // our own words only, so that no client chooses what an answer says

  bool operator==(const HttpRefusal&) const = default;
};

std::string_view status_text(int status);

// {"success":false,"error":{"code","message","id"}}
Response error_response(const HttpRefusal&, std::string_view request_id);

}  // namespace ringdown
