// The bytes before an answer's body. Framing is the server's business alone: a handler that sets it is a bug.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/http.h"

namespace ringdown {

enum class AnswerFraming { none, length, chunked, until_close };

struct AnswerFrame {
  AnswerFraming framing = AnswerFraming::length;
  std::uint64_t length = 0;
  bool close = false;
};

// How this answer is framed for a client of HTTP/1.`minor_version`.
AnswerFrame frame_of(const Response&, int minor_version, bool close);

// Throws Breakage for a header that would break out of its line.
std::string answer_head(const Response&, const AnswerFrame&, std::string_view date,
                        std::string_view request_id);

}  // namespace ringdown
