#include "net/answer_reader.h"

#include <algorithm>
#include <optional>

namespace ringdown {
namespace {

constexpr std::size_t head_bytes_max = 64 * 1024;
constexpr std::size_t headers_max = 200;

std::unexpected<Failure> broken(const std::string& what) {
  return fail(Reason::commit_unknown, "the answer is no HTTP/1.1: " + what);
}

// HTTP/1.1 200 OK
std::optional<int> parse_status(std::string_view line) {
  if (!line.starts_with("HTTP/1.1 ") && !line.starts_with("HTTP/1.0 ")) return std::nullopt;
  const std::string_view digits = line.substr(9, 3);
  if (digits.size() != 3 || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  if (line.size() > 12 && line[12] != ' ') return std::nullopt;
  const auto status = static_cast<int>(*parse_length(digits));
  if (status < 100) return std::nullopt;
  return status;
}

}  // namespace

Result<void> AnswerReader::push(std::string_view arrived) {
  arrived_.append(arrived);
  while (state_ == State::head) {
    const auto end = arrived_.find("\r\n\r\n");
    if (std::min(end, arrived_.size()) > head_bytes_max) return broken("its headers are too large");
    if (end == std::string::npos) return {};

    const std::string raw = arrived_.substr(0, end + 2);
    arrived_.erase(0, end + 4);
    if (auto taken = take_head(raw); !taken) return taken;
  }
  return take_body();
}

Result<void> AnswerReader::end() {
  if (state_ == State::until_end) state_ = State::done;
  if (state_ == State::done) return {};
  return broken("it ends too early");
}

Result<void> AnswerReader::take_head(std::string_view raw) {
  const auto line_end = raw.find("\r\n");
  const auto status = parse_status(raw.substr(0, line_end));
  if (!status) return broken("its first line is not a status");
  auto headers = check_fields(raw.substr(line_end + 2), headers_max);
  if (!headers) return broken(headers.error().text);
  if (*status < 200 && *status != 101) return {};  // the answer proper follows

  answer_.status = *status;
  answer_.headers = *std::move(headers);
  return take_framing();
}

Result<void> AnswerReader::take_framing() {
  const auto lengths = answer_.headers.all("content-length");
  const auto codings = answer_.headers.all("transfer-encoding");
  if (asked_ == Verb::head || answer_.status < 200 || answer_.status == 204 || answer_.status == 304) {
    state_ = State::done;
  } else if (!codings.empty()) {
    if (codings.size() != 1 || !same_word(codings[0], "chunked") || !lengths.empty()) {
      return broken("its framing is ambiguous");
    }
    state_ = State::chunked;
  } else if (!lengths.empty()) {
    const auto length = parse_length(lengths[0]);
    if (!length || lengths.size() != 1) return broken("its content-length is not a plain number");
    left_ = *length;
    state_ = left_ == 0 ? State::done : State::length;
  } else {
    state_ = State::until_end;
  }
  if (left_ > body_bytes_max_) return fail(Reason::too_large, "the answer is too large");
  return {};
}

Result<void> AnswerReader::take_body() {
  if (state_ == State::length) {
    const auto some = static_cast<std::size_t>(std::min<std::uint64_t>(left_, arrived_.size()));
    answer_.body.append(arrived_, 0, some);
    left_ -= some;
    if (left_ == 0) state_ = State::done;
  } else if (state_ == State::chunked) {
    const auto used = chunks_.push(arrived_, answer_.body);
    if (!used) return broken(used.error().text);
    if (chunks_.done()) state_ = State::done;
  } else if (state_ == State::until_end) {
    answer_.body.append(arrived_);
  }
  arrived_.clear();
  if (answer_.body.size() > body_bytes_max_) return fail(Reason::too_large, "the answer is too large");
  return {};
}

}  // namespace ringdown
