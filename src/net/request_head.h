// The strict reading of a request's head, as a pure function of its bytes. Whatever two servers could read in
// two ways is refused here: that is what request smuggling lives on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string_view>

#include "net/http.h"

namespace ringdown {

struct HeadLimits {
  std::size_t bytes_max = 16 * 1024;
  std::size_t target_bytes_max = 8 * 1024;
  std::size_t headers_max = 100;
};

enum class Framing { none, length, chunked };

struct CheckedHead {
  RequestHead request{};  // without peer, secure and id, which the bytes do not tell
  Framing framing = Framing::none;
  std::uint64_t length = 0;
  bool keep_alive = true;
  bool expects_continue = false;
  int minor_version = 1;
};

// How many of the bytes that arrived are the head, its empty line included; 0 while it is incomplete.
// `searched` of them were looked at before. What can never become a head is refused at once, so that nobody
// waits for the rest.
std::expected<std::size_t, HttpRefusal> head_length(std::string_view arrived, std::size_t searched,
                                                    const HeadLimits&);

std::expected<CheckedHead, HttpRefusal> check_head(std::string_view raw, const HeadLimits&);

// The lines between a start line and the empty line (without it): each ends with CRLF. Answers have them too.
std::expected<Headers, HttpRefusal> check_fields(std::string_view lines, std::size_t headers_max);

// Digits only, no sign, no blank, no overflow.
std::optional<std::uint64_t> parse_length(std::string_view);

}  // namespace ringdown
