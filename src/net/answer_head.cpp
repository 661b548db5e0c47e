#include "net/answer_head.h"

#include <algorithm>
#include <array>

#include "base/expect.h"

namespace ringdown {
namespace {

bool has_no_body(int status) {
  return status < 200 || status == 204 || status == 304;
}

bool breaks_line(char c) {
  return c != '\t' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f);
}

bool is_frame(std::string_view name) {
  constexpr std::array<std::string_view, 5> frame = {"content-length", "transfer-encoding", "connection",
                                                     "date", "x-request-id"};
  return std::ranges::any_of(frame, [&](std::string_view word) { return same_word(name, word); });
}

void append(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

void append_checked(std::string& head, const Header& header) {
  expect(!header.name.empty() && header.name.find_first_of(" :\r\n") == std::string::npos,
         "a header name of an answer is a single word");
  expect(std::ranges::none_of(header.value, breaks_line), "a header value of an answer stays on its line");
  expect(!is_frame(header.name), "handlers leave the framing of an answer to the server");
  append(head, header.name, header.value);
}

}  // namespace

AnswerFrame frame_of(const Response& response, int minor_version, bool close) {
  if (has_no_body(response.status)) return {AnswerFraming::none, 0, close};
  if (!response.stream) return {AnswerFraming::length, response.body.size(), close};
  if (response.stream_bytes) return {AnswerFraming::length, *response.stream_bytes, close};

  // A stream without a known end is watched for the client's leaving, which uses the connection up.
  return {minor_version == 0 ? AnswerFraming::until_close : AnswerFraming::chunked, 0, true};
}

std::string answer_head(const Response& response, const AnswerFrame& frame, std::string_view date,
                        std::string_view request_id) {
  std::string head;
  head.reserve(256);
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  head.append(status_text(response.status)).append("\r\n");

  append(head, "Date", date);
  if (frame.framing == AnswerFraming::length) append(head, "Content-Length", std::to_string(frame.length));
  if (frame.framing == AnswerFraming::chunked) append(head, "Transfer-Encoding", "chunked");
  if (frame.close) append(head, "Connection", "close");
  append(head, "X-Request-Id", request_id);
  for (const Header& header : response.headers) append_checked(head, header);
  return head.append("\r\n");
}

}  // namespace ringdown
