#include "net/url.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace ringdown {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// Nothing for an escape that is not two hex digits.
std::optional<std::string> unescaped(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    const int high = i + 1 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    plain += static_cast<char>(high << 4 | low);
    i += 2;
  }
  return plain;
}

Result<std::string> decoded_segment(std::string_view raw) {
  auto segment = percent_decoded(raw);
  if (!segment) return segment;
  if (segment->empty()) return fail(Reason::invalid, "the path has an empty segment; write single slashes");
  if (*segment == "." || *segment == "..") {
    return fail(Reason::invalid, "the path has a dot segment; send the resolved path");
  }
  if (segment->find_first_of("/\\") != std::string::npos) {
    return fail(Reason::invalid,
                "the path has a backslash or an escaped slash; neither belongs into a segment");
  }
  if (std::ranges::any_of(*segment, is_control)) {
    return fail(Reason::invalid, "the path has a control character; leave it out");
  }
  return segment;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || text.size() > 5) return std::nullopt;
  return port;
}

bool is_host_name(std::string_view host) {
  return !host.empty() && host.size() <= 253 &&
         std::ranges::all_of(host, [](char c) { return is_alnum(c) || c == '.' || c == '-' || c == '_'; });
}

bool is_v6(std::string_view host) {
  return host.size() >= 2 && host.size() <= 45 && host.contains(':') &&
         std::ranges::all_of(host, [](char c) { return hex_digit(c) >= 0 || c == ':' || c == '.'; });
}

struct Authority {
  std::string_view host;
  std::optional<std::string_view> port;
};

std::optional<Authority> split_authority(std::string_view text) {
  const bool bracketed = text.starts_with('[');
  const auto host_end = bracketed ? text.find(']') : std::min(text.find(':'), text.size());
  if (host_end == std::string_view::npos) return std::nullopt;

  const std::string_view host = text.substr(bracketed ? 1 : 0, host_end - (bracketed ? 1 : 0));
  if (!(bracketed ? is_v6(host) : is_host_name(host))) return std::nullopt;

  const std::string_view rest = text.substr(host_end + (bracketed ? 1 : 0));
  if (rest.empty()) return Authority{host, std::nullopt};
  if (rest[0] != ':') return std::nullopt;
  return Authority{host, rest.substr(1)};
}

}  // namespace

Result<std::string> percent_decoded(std::string_view text) {
  auto plain = unescaped(text);
  if (!plain)
    return fail(Reason::invalid, "a percent sign is not followed by two hex digits; write it as %25");
  if (!is_clean_utf8(*plain)) return fail(Reason::invalid, "escaped text is not UTF-8, or holds a NUL");
  return *std::move(plain);
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string escaped;
  escaped.reserve(text.size());
  for (char c : text) {
    if (is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      escaped += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      escaped.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
  }
  return escaped;
}

Result<std::string> decoded_path(std::string_view raw) {
  if (!raw.starts_with('/')) return fail(Reason::invalid, "the path does not begin with a slash");
  if (raw == "/") return std::string(raw);

  const bool trailing = raw.ends_with('/');
  std::string path;
  for (std::string_view part : split(raw.substr(1, raw.size() - (trailing ? 2 : 1)), '/')) {
    auto segment = decoded_segment(part);
    if (!segment) return segment;
    path.append("/").append(*segment);
  }
  if (trailing) path += '/';
  return path;
}

Result<QueryPairs> QueryPairs::parse(std::string_view text) {
  QueryPairs query;
  for (std::string_view piece : split(text, '&')) {
    if (piece.empty()) continue;

    std::string spaced(piece);
    std::ranges::replace(spaced, '+', ' ');
    const auto equals = std::min(spaced.find('='), spaced.size());
    auto name = percent_decoded(std::string_view(spaced).substr(0, equals));
    if (!name) return std::unexpected(name.error());
    auto value = percent_decoded(std::string_view(spaced).substr(std::min(equals + 1, spaced.size())));
    if (!value) return std::unexpected(value.error());
    query.pairs_.emplace_back(*std::move(name), *std::move(value));
  }
  return query;
}

std::optional<std::string_view> QueryPairs::find(std::string_view name) const {
  for (const auto& pair : pairs_) {
    if (pair.first == name) return pair.second;
  }
  return std::nullopt;
}

std::vector<std::string_view> QueryPairs::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& pair : pairs_) {
    if (pair.first == name) values.push_back(pair.second);
  }
  return values;
}

std::string Url::authority() const {
  std::string text = host.contains(':') ? "[" + host + "]" : host;
  if (port != (secure ? 443 : 80)) text += ":" + std::to_string(port);
  return text;
}

Result<Url> parse_url(std::string_view text) {
  Url url;
  if (text.starts_with("https://")) {
    url.secure = true;
    url.port = 443;
  } else if (!text.starts_with("http://")) {
    return fail(Reason::invalid, "a URL begins with http:// or https://");
  }
  text.remove_prefix(url.secure ? 8 : 7);

  const auto authority_end = std::min(text.find_first_of("/?#"), text.size());
  const auto authority = split_authority(text.substr(0, authority_end));
  if (!authority)
    return fail(Reason::invalid, "the URL names no host, or names it with a user or foreign characters");
  url.host = authority->host;
  if (authority->port) {
    const auto port = parse_port(*authority->port);
    if (!port || *port == 0) return fail(Reason::invalid, "the port of the URL is not between 1 and 65535");
    url.port = *port;
  }

  const std::string_view target = text.substr(authority_end);
  if (std::ranges::any_of(target, [](char c) { return c <= 0x20 || c >= 0x7f || c == '#'; })) {
    return fail(Reason::invalid, "the URL has a blank, a fragment or an unescaped character; escape it");
  }
  url.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
  return url;
}

std::optional<HostPort> parse_host_port(std::string_view text) {
  const auto authority = split_authority(text);
  if (!authority || !authority->port) return std::nullopt;
  const auto port = parse_port(*authority->port);
  if (!port) return std::nullopt;
  return HostPort{std::string(authority->host), *port};
}

bool is_authority(std::string_view text) {
  const auto authority = split_authority(text);
  return authority && (!authority->port || parse_port(*authority->port));
}

}  // namespace ringdown
