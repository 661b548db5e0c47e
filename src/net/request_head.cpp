#include "net/request_head.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "net/url.h"

namespace ringdown {
namespace {

std::unexpected<HttpRefusal> refuse(int status, std::string text) {
  return std::unexpected(HttpRefusal{status, std::move(text)});
}

bool is_token_char(char c) {
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
  return c != 0 && std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_char);
}

bool is_value_char(char c) {
  return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

bool is_target_char(char c) {
  return c > 0x20 && c < 0x7f && c != '#';
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

struct StartLine {
  Verb verb;
  std::string_view target;
  int minor_version;
};

std::expected<int, HttpRefusal> check_version(std::string_view version) {
  if (version == "HTTP/1.1") return 1;
  if (version == "HTTP/1.0") return 0;
  if (version.starts_with("HTTP/")) return refuse(505, "this server speaks HTTP/1.1");
  return refuse(400, "the request line does not end with an HTTP version");
}

std::expected<StartLine, HttpRefusal> check_start_line(std::string_view line, const HeadLimits& limits) {
  const auto parts = split(line, ' ');
  if (parts.size() != 3)
    return refuse(400, "the request line is not method, target and version with single blanks");
  if (!is_token(parts[0])) return refuse(400, "the method has characters that no method has");

  const auto version = check_version(parts[2]);
  if (!version) return std::unexpected(version.error());
  const auto verb = parse_verb(parts[0]);
  if (!verb) return refuse(501, "this method is not served");
  if (parts[1].size() > limits.target_bytes_max)
    return refuse(414, "the target is too long; send it in the body");
  if (parts[1].empty() || !std::ranges::all_of(parts[1], is_target_char)) {
    return refuse(400, "the target is empty or has characters that must be escaped");
  }
  return StartLine{*verb, parts[1], *version};
}

std::expected<Header, HttpRefusal> check_field(std::string_view line) {
  if (line.starts_with(' ') || line.starts_with('\t'))
    return refuse(400, "a header is folded; put it on one line");

  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return refuse(400, "a header line has no colon");
  if (!is_token(line.substr(0, colon))) {
    return refuse(400, "a header name is empty, has a blank before its colon or a foreign character");
  }
  const std::string_view value = without_blanks(line.substr(colon + 1));
  if (!std::ranges::all_of(value, is_value_char))
    return refuse(400, "a header value has a control character");
  if (!is_clean_utf8(value)) return refuse(400, "a header value is not UTF-8");
  return Header{std::string(line.substr(0, colon)), std::string(value)};
}

// Two of these would let two readers choose differently.
std::expected<void, HttpRefusal> check_singles(const Headers& headers) {
  constexpr std::array<std::string_view, 8> singles = {"host",         "content-length", "transfer-encoding",
                                                       "content-type", "expect",         "authorization",
                                                       "origin",       "sec-fetch-site"};
  for (std::string_view name : singles) {
    if (headers.all(name).size() > 1)
      return refuse(400, "the header " + std::string(name) + " comes more than once");
  }
  return {};
}

std::expected<void, HttpRefusal> check_host(const CheckedHead& head) {
  const auto host = head.request.headers.find("host");
  if (!host) {
    if (head.minor_version == 0) return {};
    return refuse(400, "the header host is missing");
  }
  if (!is_authority(*host)) return refuse(400, "the header host is not a host with an optional port");
  return {};
}

std::expected<void, HttpRefusal> check_framing(CheckedHead& head) {
  const auto length = head.request.headers.find("content-length");
  const auto coding = head.request.headers.find("transfer-encoding");
  if (length && coding)
    return refuse(400, "content-length and transfer-encoding exclude each other; send one");

  if (coding) {
    if (head.minor_version == 0) return refuse(400, "HTTP/1.0 has no transfer-encoding; send content-length");
    if (!same_word(*coding, "chunked")) return refuse(501, "the only transfer-encoding served is chunked");
    head.framing = Framing::chunked;
  } else if (length) {
    const auto bytes = parse_length(*length);
    if (!bytes) return refuse(400, "content-length is not a plain number");
    head.framing = *bytes == 0 ? Framing::none : Framing::length;
    head.length = *bytes;
  }
  return {};
}

std::expected<void, HttpRefusal> check_expect(CheckedHead& head) {
  const auto expected = head.request.headers.find("expect");
  if (!expected || head.minor_version == 0) return {};
  if (!same_word(*expected, "100-continue"))
    return refuse(417, "the only expectation served is 100-continue");
  head.expects_continue = true;
  return {};
}

bool asks_to_close(const Headers& headers) {
  for (std::string_view value : headers.all("connection")) {
    for (std::string_view word : split(value, ',')) {
      if (same_word(without_blanks(word), "close")) return true;
    }
  }
  return false;
}

// http://host/path is what a client sends to a proxy; it is served when it says the same as the host header.
std::expected<std::string_view, HttpRefusal> without_authority(std::string_view target,
                                                               const Headers& headers) {
  const auto scheme_end = target.find("://");
  const std::string_view scheme = target.substr(0, scheme_end);
  if (!same_word(scheme, "http") && !same_word(scheme, "https")) {
    return refuse(400, "the target is neither a path nor an http URL");
  }
  target.remove_prefix(scheme_end + 3);
  const auto authority_end = std::min(target.find_first_of("/?"), target.size());
  if (!same_word(target.substr(0, authority_end), headers.find("host").value_or(""))) {
    return refuse(400, "the target names another host than the header host");
  }
  if (authority_end == target.size()) return "/";
  return target.substr(authority_end);
}

std::expected<void, HttpRefusal> check_target(RequestHead& request) {
  std::string_view target = request.target;
  if (target == "*" && request.verb == Verb::options) {
    request.path = "*";
    return {};
  }
  if (!target.starts_with('/')) {
    const auto relative = without_authority(target, request.headers);
    if (!relative) return std::unexpected(relative.error());
    target = *relative;
  }

  const auto mark = std::min(target.find('?'), target.size());
  auto path = decoded_path(target.substr(0, mark));
  if (!path) return refuse(400, path.error().text);
  request.path = *std::move(path);
  request.query = target.substr(std::min(mark + 1, target.size()));
  return {};
}

}  // namespace

std::optional<std::uint64_t> parse_length(std::string_view text) {
  std::uint64_t bytes = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bytes);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return bytes;
}

std::expected<std::size_t, HttpRefusal> head_length(std::string_view arrived, std::size_t searched,
                                                    const HeadLimits& limits) {
  std::size_t line_feed = arrived.find('\n', searched);
  const bool first_line_is_new = arrived.substr(0, searched).find('\n') == std::string_view::npos;
  const std::size_t first = first_line_is_new ? line_feed : std::string_view::npos;

  for (; line_feed != std::string_view::npos; line_feed = arrived.find('\n', line_feed + 1)) {
    if (line_feed == 0 || arrived[line_feed - 1] != '\r')
      return refuse(400, "a line does not end with CR LF");
    if (line_feed >= limits.bytes_max) return refuse(431, "the headers are too large");
    if (arrived.substr(0, line_feed + 1).ends_with("\r\n\r\n")) return line_feed + 1;
  }

  if (first != std::string_view::npos) {
    const auto line = check_start_line(arrived.substr(0, first - 1), limits);
    if (!line) return std::unexpected(line.error());
  }
  if (arrived.size() < limits.bytes_max) return 0;
  if (arrived.contains('\n')) return refuse(431, "the headers are too large");
  return refuse(414, "the request line is too long");
}

std::expected<Headers, HttpRefusal> check_fields(std::string_view lines, std::size_t headers_max) {
  Headers headers;
  while (!lines.empty()) {
    const auto line_end = lines.find("\r\n");
    if (line_end == std::string_view::npos) return refuse(400, "a line does not end with CR LF");
    if (headers.size() == headers_max) return refuse(431, "there are too many headers");

    auto header = check_field(lines.substr(0, line_end));
    if (!header) return std::unexpected(header.error());
    headers.add(std::move(header->name), std::move(header->value));
    lines.remove_prefix(line_end + 2);
  }
  return headers;
}

std::expected<CheckedHead, HttpRefusal> check_head(std::string_view raw, const HeadLimits& limits) {
  if (raw.size() > limits.bytes_max) return refuse(431, "the headers are too large");
  const auto line_end = raw.find("\r\n");
  if (line_end == std::string_view::npos || !raw.ends_with("\r\n\r\n")) {
    return refuse(400, "the head does not end with an empty line");
  }

  const auto line = check_start_line(raw.substr(0, line_end), limits);
  if (!line) return std::unexpected(line.error());
  auto headers = check_fields(raw.substr(line_end + 2, raw.size() - line_end - 4), limits.headers_max);
  if (!headers) return std::unexpected(headers.error());

  CheckedHead head{.minor_version = line->minor_version};
  head.request = {.verb = line->verb, .target = std::string(line->target), .headers = *std::move(headers)};
  head.keep_alive = line->minor_version == 1 && !asks_to_close(head.request.headers);

  auto checked = check_singles(head.request.headers);
  if (checked) checked = check_host(head);
  if (checked) checked = check_framing(head);
  if (checked) checked = check_expect(head);
  if (checked) checked = check_target(head.request);
  if (!checked) return std::unexpected(checked.error());
  return head;
}

}  // namespace ringdown
