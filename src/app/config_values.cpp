#include "app/config_values.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

#include "base/text.h"

namespace ringdown {
namespace {

constexpr std::size_t token_length_min = 16;
constexpr int speed_max = 1000;
constexpr int creation_delay_least = 10;
constexpr int creation_delay_most = 3600;
constexpr int store_threads_max = 64;

template <class T>
std::unexpected<std::string> refuse(T&& why) {
  return std::unexpected(std::string(std::forward<T>(why)));
}

std::optional<int> number_in(std::string_view text, int low, int high) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (number < low || number > high) return std::nullopt;
  return number;
}

// The family of an address, or nothing for anything else.
std::optional<int> family_of(const std::string& address) {
  std::array<unsigned char, sizeof(in6_addr)> bytes;
  for (const int family : {AF_INET, AF_INET6}) {
    if (inet_pton(family, address.c_str(), bytes.data()) == 1) return family;
  }
  return std::nullopt;
}

std::string percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = text[i] == '%' && i + 2 < text.size() ? from_hex(text.substr(i + 1, 2)) : std::nullopt;
    plain += byte ? static_cast<char>(byte->front()) : text[i];
    if (byte) i += 2;
  }
  return plain;
}

// As libpq finds it, which takes addresses (several hosts) that no general URL parser does.
std::optional<std::string> password_of(std::string_view url) {
  url.remove_prefix(url.find("://") + 3);
  const auto query = url.find('?');
  if (query != std::string_view::npos) {
    for (const std::string_view parameter : split(url.substr(query + 1), '&')) {
      if (parameter.starts_with("password=")) return percent_decoded(parameter.substr(9));
    }
  }

  const std::string_view authority = url.substr(0, url.find_first_of("/?"));
  const auto at = authority.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  const auto colon = authority.substr(0, at).find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return percent_decoded(authority.substr(colon + 1, at - colon - 1));
}

std::string letters_and_digits(std::string_view text) {
  std::string plain = lowered(text);
  std::erase_if(plain, [](char c) { return !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'); });
  return plain;
}

bool is_one_character_repeated(std::string_view text) {
  return text.size() > 2 && std::ranges::all_of(text, [&](char c) { return c == text.front(); });
}

bool is_plain_url(const boost::urls::url_view& url) {
  const bool web = url.scheme() == "http" || url.scheme() == "https";
  const bool bare = !url.has_userinfo() && !url.has_query() && !url.has_fragment();
  const bool port_fits = !url.has_port() || number_in(url.port(), 1, 65535);
  return web && bare && port_fits && !url.encoded_host().empty();
}

bool is_plain_web_origin(const boost::urls::url_view& url) {
  return is_plain_url(url) && (url.encoded_path().empty() || url.encoded_path() == "/");
}

}  // namespace

Read<std::string> read_text(std::string_view text) {
  if (text.empty()) return refuse("is empty; give it a value or leave it out");
  if (!is_clean_utf8(text)) return refuse("is not UTF-8");
  return std::string(text);
}

Read<bool> read_yes_no(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return refuse("is neither true nor false; use one of the two");
}

Read<log::Level> read_log_level(std::string_view text) {
  if (const auto level = parse_enum<log::Level>(text)) return *level;
  return refuse(fmt::format("is no log level; use one of {}", fmt::join(words_of<log::Level>(), ", ")));
}

Read<int> read_store_threads(std::string_view text) {
  if (const auto number = number_in(text, 1, store_threads_max)) return *number;
  return refuse(fmt::format("is no number of threads; use 1 to {}", store_threads_max));
}

Read<double> read_speed(std::string_view text) {
  if (const auto number = number_in(text, 1, speed_max)) return *number;
  return refuse(fmt::format("is no speed; use 1 to {}", speed_max));
}

Read<int> read_creation_delay(std::string_view text) {
  if (const auto number = number_in(text, creation_delay_least, creation_delay_most)) return *number;
  return refuse(fmt::format("is no delay; use {} to {} seconds", creation_delay_least, creation_delay_most));
}

Read<Time> read_moment(std::string_view text) {
  if (const auto moment = parse_time(text)) return *moment;
  return refuse("is no moment; use one with its offset, such as 2026-11-28T10:00:00Z");
}

Read<Endpoint> read_endpoint(std::string_view text) {
  const auto wrong = [] {
    return refuse(
        "is no address we can listen on; use HOST:PORT with a port of 0 to 65535, such as 127.0.0.1:8080");
  };
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return wrong();

  const auto port = number_in(text.substr(colon + 1), 0, 65535);
  std::string host(text.substr(0, colon));
  if (host == "localhost") host = "127.0.0.1";
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!port || family_of(host) != (bracketed ? AF_INET6 : AF_INET)) return wrong();
  return Endpoint{host, static_cast<std::uint16_t>(*port)};
}

Read<std::string> read_network(std::string_view text) {
  const auto slash = text.find('/');
  const auto family = family_of(std::string(text.substr(0, slash)));
  const int bits = family == AF_INET ? 32 : 128;
  if (!family || (slash != std::string_view::npos && !number_in(text.substr(slash + 1), 0, bits))) {
    return refuse("is no address or network; use one such as 10.0.0.7 or 10.0.0.0/8");
  }
  return std::string(text);
}

Read<std::string> read_web_origin(std::string_view text) {
  const auto url = boost::urls::parse_uri(text);
  if (!url || !is_plain_web_origin(*url)) {
    return refuse("is no web address; use scheme, host and perhaps a port, such as https://dial.example.com");
  }
  return std::string(text.ends_with('/') ? text.substr(0, text.size() - 1) : text);
}

Read<std::string> read_url(std::string_view text) {
  const auto url = boost::urls::parse_uri(text);
  if (!url || !is_plain_url(*url)) {
    return refuse("is no web address; use scheme, host and path, such as https://auth.example.com/auth/v1");
  }
  return std::string(text);
}

Read<Secret> read_token(std::string_view text) {
  constexpr std::string_view remedy = "make a good one with `openssl rand -hex 32`";
  if (text.empty()) return refuse(fmt::format("is empty; {}, or leave it out", remedy));
  if (is_sample(text))
    return refuse(fmt::format("is a well-known sample, so anybody can guess it; {}", remedy));
  if (text.size() < token_length_min) {
    return refuse(fmt::format("is shorter than {} characters; {}", token_length_min, remedy));
  }
  return Secret(std::string(text));
}

Read<Secret> read_database_url(std::string_view text) {
  if (!text.starts_with("postgres://") && !text.starts_with("postgresql://")) {
    return refuse("is no PostgreSQL address; use postgres://USER:PASSWORD@HOST:5432/DATABASE");
  }
  const auto password = password_of(text);
  if (password && (password->empty() || is_sample(*password))) {
    return refuse(
        "has a well-known sample or nothing as its password; make a good one with `openssl rand -hex 32` "
        "and give it to the role with ALTER ROLE … PASSWORD");
  }
  return Secret(std::string(text));
}

Read<std::string> read_account_sid(std::string_view text) {
  const bool whole = text.size() == 34 && text.starts_with("AC") && from_hex(text.substr(2));
  if (!whole) return refuse("is no account SID; copy the one in Twilio's console, AC and 32 hex digits");
  return std::string(text);
}

Read<std::string> read_caller_id(std::string_view text) {
  const bool whole = text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
                     text.find_first_not_of("0123456789", 1) == std::string_view::npos;
  if (!whole) return refuse("is no number in international form; use one such as +12125550100");
  return std::string(text);
}

bool is_sample(std::string_view secret) {
  constexpr std::array<std::string_view, 20> samples = {
      "admin",    "changeit", "default",   "example",     "foobar",   "letmein",  "mysecret",
      "p4ssw0rd", "passw0rd", "password",  "pass",        "postgres", "sample",   "ringdown",
      "secret",   "test",     "secretkey", "supersecret", "token",    "topsecret"};
  constexpr std::array<std::string_view, 6> beginnings = {"changeme",    "replaceme",  "insertyour",
                                                          "placeholder", "0123456789", "1234567890"};
  constexpr std::array<std::string_view, 5> endings = {"here", "password", "secret", "token", "key"};

  const std::string plain = letters_and_digits(secret);
  const auto begins = [&](std::string_view word) { return plain.starts_with(word); };
  const auto ends = [&](std::string_view word) { return plain.ends_with(word); };
  const std::string_view stem = std::string_view(plain).substr(0, plain.find_last_not_of("0123456789") + 1);

  return secret.empty() || is_one_character_repeated(secret) || is_one_character_repeated(plain) ||
         std::ranges::find(samples, stem) != samples.end() || std::ranges::any_of(beginnings, begins) ||
         (begins("your") && std::ranges::any_of(endings, ends));
}

std::string without_credentials(std::string_view text) {
  const auto scheme = text.find("://");
  const auto at = text.rfind('@');
  if (scheme == std::string_view::npos || at == std::string_view::npos || at < scheme)
    return std::string(text);
  return fmt::format("{}…{}", text.substr(0, scheme + 3), text.substr(at));
}

bool is_loopback(const Endpoint& endpoint) {
  return endpoint.host.starts_with("127.") || endpoint.host == "::1";
}

}  // namespace ringdown
