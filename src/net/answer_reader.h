// Reads an answer out of the bytes a client receives. Pure: bytes in, answer out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "net/chunked.h"
#include "net/http_client.h"
#include "net/request_head.h"

namespace ringdown {

class AnswerReader {
 public:
  AnswerReader(Verb asked, std::size_t body_bytes_max) : asked_(asked), body_bytes_max_(body_bytes_max) {}

  Result<void> push(std::string_view arrived);
  Result<void> end();  // the server closed

  bool done() const { return state_ == State::done; }
  HttpAnswer& answer() { return answer_; }

 private:
  enum class State { head, length, chunked, until_end, done };

  Result<void> take_head(std::string_view raw);
  Result<void> take_framing();
  Result<void> take_body();

  Verb asked_;
  std::size_t body_bytes_max_;
  State state_ = State::head;
  std::string arrived_;
  std::uint64_t left_ = 0;
  ChunkedBody chunks_;
  HttpAnswer answer_;
};

}  // namespace ringdown
