// Reading URLs strictly: a bad escape, text that is no clean UTF-8 or a path with two readings is refused,
// never repaired, so that no two parts of the product can see different things in one request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ringdown {

// Every %XX decoded once; the outcome is clean UTF-8. A plus stays a plus.
Result<std::string> percent_decoded(std::string_view);

// Everything but letters, digits and -._~ escaped.
std::string percent_encoded(std::string_view);

// A whole path, decoded. Refused: no leading slash, empty and dot segments (escaped or not), escaped slashes
// and backslashes, control characters. One trailing slash is kept.
Result<std::string> decoded_path(std::string_view);

// name=value pairs in their order; a plus is a space. A name may come more than once, and all() shows it.
class QueryPairs {
 public:
  static Result<QueryPairs> parse(std::string_view);

  std::optional<std::string_view> find(std::string_view name) const;  // the first
  std::vector<std::string_view> all(std::string_view name) const;

  std::size_t size() const { return pairs_.size(); }
  auto begin() const { return pairs_.begin(); }
  auto end() const { return pairs_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

// http://host:port/target, as base URLs in the configuration have it; no user, no fragment.
struct Url {
  bool secure = false;
  std::string host{};  // an IPv6 address without its brackets
  std::uint16_t port = 80;
  std::string target = "/";

  std::string authority() const;  // for the Host header: no port where it is the scheme's own
  bool operator==(const Url&) const = default;
};

Result<Url> parse_url(std::string_view);

// "host:port" or "[v6]:port"
struct HostPort {
  std::string host{};
  std::uint16_t port = 0;

  bool operator==(const HostPort&) const = default;
};

std::optional<HostPort> parse_host_port(std::string_view);

// Is it a host, with or without a port, as a Host header may name it?
bool is_authority(std::string_view);

}  // namespace ringdown
