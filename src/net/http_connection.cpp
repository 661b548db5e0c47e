#include "net/http_connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <charconv>

#include "base/log.h"

namespace ringdown {
namespace {

namespace asio = boost::asio;

constexpr std::size_t head_piece = 4 * 1024;
constexpr std::size_t body_piece = 64 * 1024;
constexpr std::size_t write_piece = 64 * 1024;
constexpr std::size_t lingering_max = 4 * 1024 * 1024;
constexpr std::size_t watched_max = 64 * 1024;

const HttpRefusal client_gone{400, "the client left before the end of its request"};
const HttpRefusal head_too_slow{408, "the headers took too long"};
const HttpRefusal broken{500, "something broke on our side; the log has it under this id"};
const HttpRefusal body_too_slow{408, "the body took too long"};

HttpRefusal too_large(std::uint64_t bytes_max) {
  return {413, "the body is larger than the " + std::to_string(bytes_max) + " bytes this route takes"};
}

std::string chunk_line(std::size_t size) {
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
  return std::string(digits.data(), end) + "\r\n";
}

using Parts = std::array<std::string_view, 3>;

// Takes up to so many bytes off the front of the parts.
std::array<asio::const_buffer, 3> take_front(Parts& parts, std::size_t bytes_max) {
  std::array<asio::const_buffer, 3> taken;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string_view some = parts[i].substr(0, bytes_max);
    taken[i] = asio::buffer(some);
    parts[i].remove_prefix(some.size());
    bytes_max -= some.size();
  }
  return taken;
}

}  // namespace

// The body of one request, whichever way it is framed.
class HttpConnection::BodyReader : public Upload {
 public:
  BodyReader(HttpConnection& connection, const CheckedHead& head, const BodyPlan& plan)
      : connection_(connection),
        framing_(head.framing),
        left_(head.length),
        bytes_max_(plan.bytes_max),
        continue_owed_(head.expects_continue),
        deadline_(std::chrono::steady_clock::now() +
                  plan.time_max.value_or(connection.lane_->setup().limits.request_time)) {
    if (framing_ == Framing::length && left_ > bytes_max_) refusal_ = too_large(bytes_max_);
  }

  bool done() const {
    return framing_ == Framing::none || (framing_ == Framing::length ? left_ == 0 : chunks_.done());
  }
  const std::optional<HttpRefusal>& refusal() const { return refusal_; }

  // Appends what comes next; at the end or after a refusal nothing.
  asio::awaitable<void> read_into(std::string& body) {
    if (refusal_ || done()) co_return;
    if (connection_.arrived_.empty() && !co_await wait_for_more()) co_return;

    const std::size_t before = body.size();
    take(body);
    taken_ += body.size() - before;
    if (!refusal_ && taken_ > bytes_max_) refusal_ = too_large(bytes_max_);
  }

  asio::awaitable<Result<std::string_view>> next() override {
    piece_.clear();
    while (piece_.empty() && !done() && !refusal_) co_await read_into(piece_);
    if (refusal_) {
      co_return fail(refusal_->status == 413 ? Reason::too_large : Reason::invalid, refusal_->text);
    }
    co_return std::string_view(piece_);
  }

 private:
  asio::awaitable<bool> wait_for_more() {
    if (std::exchange(continue_owed_, false) &&
        !co_await connection_.write("HTTP/1.1 100 Continue\r\n\r\n")) {
      refusal_ = client_gone;
      co_return false;
    }
    const auto idle = std::chrono::steady_clock::now() + connection_.lane_->setup().limits.body_idle_time;
    connection_.let_pass_until(std::min(deadline_, idle));
    if (co_await connection_.read_more(body_piece)) co_return true;

    refusal_ = connection_.expired_ ? body_too_slow : client_gone;
    co_return false;
  }

  void take(std::string& body) {
    std::string& arrived = connection_.arrived_;
    if (framing_ == Framing::length) {
      const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, arrived.size()));
      body.append(arrived, 0, size);
      arrived.erase(0, size);
      left_ -= size;
      return;
    }
    const auto used = chunks_.push(arrived, body);
    if (used) {
      arrived.erase(0, *used);
    } else {
      refusal_ = used.error();
    }
  }

  HttpConnection& connection_;
  Framing framing_;
  std::uint64_t left_;
  ChunkedBody chunks_;
  std::uint64_t bytes_max_;
  std::uint64_t taken_ = 0;
  bool continue_owed_;
  SteadyTime deadline_;
  std::string piece_;
  std::optional<HttpRefusal> refusal_;
};

class HttpConnection::AnswerStream : public Stream {
 public:
  AnswerStream(HttpConnection& connection, const AnswerFrame& frame)
      : connection_(connection), framing_(frame.framing), left_(frame.length) {}

  asio::awaitable<bool> write(std::shared_ptr<const std::string> text) override {
    if (closed_) co_return false;
    if (text->empty()) co_return true;  // an empty chunk would end the answer

    bool written = false;
    if (framing_ == AnswerFraming::chunked) {
      written = co_await connection_.write(chunk_line(text->size()), *text, "\r\n");
    } else if (framing_ == AnswerFraming::length && text->size() > left_) {
      log::error("a download is longer than it announced",
                 {{"request", std::string_view(connection_.request_id_)}});
    } else {
      written = co_await connection_.write(*text);
      left_ -= std::min<std::uint64_t>(left_, text->size());
    }
    if (!written) close();
    co_return written;
  }

  asio::awaitable<bool> finish() {
    if (framing_ == AnswerFraming::length) co_return !closed_ && left_ == 0;
    if (closed_) co_return false;
    if (framing_ == AnswerFraming::chunked) co_await connection_.write("0\r\n\r\n");
    co_return false;
  }

  bool closed() const override { return closed_; }

  void when_closed(std::move_only_function<void()> act) override {
    when_closed_ = std::move(act);
    if (closed_ && when_closed_) std::exchange(when_closed_, nullptr)();
  }

  void close() {
    closed_ = true;
    if (when_closed_) std::exchange(when_closed_, nullptr)();
  }

 private:
  HttpConnection& connection_;
  AnswerFraming framing_;
  std::uint64_t left_;
  bool closed_ = false;
  std::move_only_function<void()> when_closed_;
};

HttpConnection::HttpConnection(std::shared_ptr<Lane> lane, std::unique_ptr<Wire> wire, asio::ip::address peer)
    : lane_(std::move(lane)), wire_(std::move(wire)), peer_(std::move(peer)) {}

asio::awaitable<void> HttpConnection::run() {
  const auto self = shared_from_this();
  let_pass(lane_->setup().limits.head_time);
  if (co_await wire_->handshake()) {
    while (co_await serve_one()) {
    }
    let_pass(lane_->setup().limits.linger_time);
    co_await wire_->finish(lingering_max);
  }
  deadline_ = SteadyTime::max();
  wire_->close();
}

// Whether another request may follow.
asio::awaitable<bool> HttpConnection::serve_one() {
  if (!co_await wait_for_request()) co_return false;
  auto head = co_await read_head();
  if (!head) co_return co_await refuse(head.error());

  Request request{std::move(head->request)};
  complete(request);
  const BodyPlan plan = lane_->setup().handler.plan_body(request);
  BodyReader body(*this, *head, plan);
  if (body.refusal()) co_return co_await refuse(*body.refusal());
  if (plan.streamed) {
    request.upload = &body;
  } else {
    while (!body.done() && !body.refusal()) co_await body.read_into(request.body);
    if (body.refusal()) co_return co_await refuse(*body.refusal());
  }

  let_pass_until(SteadyTime::max());
  Response response = co_await ask_handler(request);
  if (response.upgrade) {
    co_await hand_over(std::move(response.upgrade), request);
    co_return false;
  }
  const bool close = !head->keep_alive || finishing_ || !body.done() || body.refusal();
  co_return co_await answer(std::move(response), request.verb, head->minor_version, close);
}

asio::awaitable<bool> HttpConnection::wait_for_request() {
  if (arrived_.empty()) {
    if (arrived_.capacity() > body_piece) arrived_.shrink_to_fit();  // thousands may be idle
    idle_ = true;
    if (finishing_ || !co_await read_more(head_piece)) co_return false;
  }
  idle_ = false;
  request_id_ = lane_->request_id();
  co_return true;
}

asio::awaitable<std::expected<CheckedHead, HttpRefusal>> HttpConnection::read_head() {
  const HttpLimits& limits = lane_->setup().limits;
  let_pass(limits.head_time);
  std::size_t searched = 0;
  while (true) {
    const auto length = head_length(arrived_, searched, limits.head);
    if (!length) co_return std::unexpected(length.error());
    if (*length > 0) {
      auto head = check_head(std::string_view(arrived_).substr(0, *length), limits.head);
      arrived_.erase(0, *length);
      co_return head;
    }
    searched = arrived_.size();
    if (!co_await read_more(head_piece)) co_return std::unexpected(expired_ ? head_too_slow : client_gone);
  }
}

void HttpConnection::complete(RequestHead& request) {
  Client client = client_behind(lane_->setup().proxies, peer_, wire_->secure(), request.headers);
  request.peer = std::move(client.address);
  request.secure = client.secure;
  request.id = request_id_;
}

asio::awaitable<Response> HttpConnection::ask_handler(Request& request) {
  try {
    co_return co_await lane_->setup().handler.answer(request);
  } catch (const std::exception& error) {
    log::error("a handler threw",
               {{"request", std::string_view(request.id)}, {"what", std::string_view(error.what())}});
  }
  co_return error_response(broken, request.id);
}

// What he left running may hold the wire for a moment longer than he does, and us with it.
asio::awaitable<void> HttpConnection::hand_over(Upgrade upgrade, const RequestHead& head) {
  try {
    co_await upgrade(std::shared_ptr<Wire>(shared_from_this(), wire_.get()), std::exchange(arrived_, {}),
                     head);
  } catch (const std::exception& error) {
    log::error("an upgraded connection threw",
               {{"request", std::string_view(head.id)}, {"what", std::string_view(error.what())}});
  }
}

asio::awaitable<bool> HttpConnection::refuse(const HttpRefusal& refusal) {
  co_return co_await answer(error_response(refusal, request_id_), Verb::get, 1, true);
}

asio::awaitable<bool> HttpConnection::answer(Response response, Verb verb, int minor_version, bool close) {
  AnswerFrame frame = frame_of(response, minor_version, close);
  std::string head = checked_head(response, frame);
  const bool with_body = verb != Verb::head && frame.framing != AnswerFraming::none;
  if (with_body && response.stream) {
    if (!co_await write(head)) co_return false;
    const bool whole = co_await write_stream(response, frame);
    if (!whole || frame.close) co_return false;
  } else if (!co_await write(head, with_body ? std::string_view(response.body) : "")) {
    co_return false;
  }
  let_pass(lane_->setup().limits.keep_alive_time);
  co_return !frame.close;
}

// An answer that no client could read is a bug of the handler, so the client hears of a bug.
std::string HttpConnection::checked_head(Response& response, AnswerFrame& frame) {
  try {
    return answer_head(response, frame, lane_->date(), request_id_);
  } catch (const Breakage& error) {
    log::error("a handler built a broken answer",
               {{"request", std::string_view(request_id_)}, {"what", std::string_view(error.what())}});
  }
  response = error_response(broken, request_id_);
  frame = frame_of(response, 1, true);
  return answer_head(response, frame, lane_->date(), request_id_);
}

// Whether the answer is complete and the connection still good for another request.
asio::awaitable<bool> HttpConnection::write_stream(Response& response, const AnswerFrame& frame) {
  AnswerStream stream(*this, frame);
  stream_ = &stream;
  if (frame.framing != AnswerFraming::length) {
    asio::co_spawn(lane_->executor(), watch_client(shared_from_this()), asio::detached);
  }
  if (finishing_) stream.close();

  bool whole = false;
  try {
    co_await response.stream(stream);
    whole = true;
  } catch (const std::exception& error) {
    log::error("a stream's writer threw",
               {{"request", std::string_view(request_id_)}, {"what", std::string_view(error.what())}});
  }
  stream_ = nullptr;
  if (whole) whole = co_await stream.finish();
  wire_->cancel();
  co_return whole;
}

// While an endless answer is written, the only way to see the client leave is to read.
asio::awaitable<void> HttpConnection::watch_client(std::shared_ptr<HttpConnection> self) {
  std::array<char, 1024> dropped;
  std::size_t total = 0;
  while (self->stream_ != nullptr && total < watched_max) {
    const std::size_t bytes = co_await self->wire_->read_some(dropped);
    if (bytes == 0) break;
    total += bytes;
  }
  self->close_stream();
}

asio::awaitable<bool> HttpConnection::write(std::string_view first, std::string_view second,
                                            std::string_view third) {
  Parts left = {first, second, third};
  while (std::ranges::any_of(left, [](std::string_view part) { return !part.empty(); })) {
    const auto buffers = take_front(left, write_piece);
    let_pass(lane_->setup().limits.write_stall_time);
    if (!co_await wire_->write(buffers)) co_return false;
  }
  let_pass_until(SteadyTime::max());
  co_return true;
}

asio::awaitable<bool> HttpConnection::read_more(std::size_t bytes) {
  const std::size_t before = arrived_.size();
  arrived_.resize(before + bytes);
  const std::size_t got = co_await wire_->read_some(std::span(arrived_).subspan(before));
  arrived_.resize(before + got);
  co_return got > 0;
}

void HttpConnection::let_pass(Span span) {
  let_pass_until(std::chrono::steady_clock::now() + span);
}

void HttpConnection::let_pass_until(SteadyTime deadline) {
  deadline_ = deadline;
  expired_ = false;
}

// Again at every tick until the wait is over: a wait of several steps may miss a cancellation between two of
// them.
void HttpConnection::check_deadline(SteadyTime now) {
  if (now < deadline_) return;
  expired_ = true;
  wire_->cancel();
}

void HttpConnection::finish_soon() {
  finishing_ = true;
  close_stream();
  if (idle_) wire_->cancel();
}

void HttpConnection::abort() {
  finishing_ = true;
  close_stream();
  wire_->close();
}

void HttpConnection::close_stream() {
  if (stream_ != nullptr) stream_->close();
}

}  // namespace ringdown
