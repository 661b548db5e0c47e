#include "net/http.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ringdown {
namespace {

constexpr std::array<std::pair<Verb, std::string_view>, 7> verbs = {{{Verb::get, "GET"},
                                                                     {Verb::head, "HEAD"},
                                                                     {Verb::post, "POST"},
                                                                     {Verb::put, "PUT"},
                                                                     {Verb::patch, "PATCH"},
                                                                     {Verb::del, "DELETE"},
                                                                     {Verb::options, "OPTIONS"}}};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view code_of(int status) {
  switch (status) {
    case 408: return "too_slow";
    case 413:
    case 414:
    case 431: return "too_large";
    case 417:
    case 501:
    case 505: return "unsupported";
    case 500: return "internal";
    case 503: return "unavailable";
    default: return "invalid";
  }
}

}  // namespace

std::string_view to_text(Verb verb) {
  return verbs[static_cast<std::size_t>(verb)].second;
}

std::optional<Verb> parse_verb(std::string_view text) {
  const auto found = std::ranges::find(verbs, text, [](const auto& verb) { return verb.second; });
  if (found == verbs.end()) return std::nullopt;
  return found->first;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

void Headers::set(std::string_view name, std::string value) {
  std::erase_if(headers_, [&](const Header& header) { return same_word(header.name, name); });
  headers_.push_back({std::string(name), std::move(value)});
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const Header& header : headers_) {
    if (same_word(header.name, name)) return header.value;
  }
  return std::nullopt;
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Header& header : headers_) {
    if (same_word(header.name, name)) values.push_back(header.value);
  }
  return values;
}

std::string_view status_text(int status) {
  switch (status) {
    case 100: return "Continue";
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 402: return "Payment Required";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 426: return "Upgrade Required";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return "Other";
  }
}

Response error_response(const HttpRefusal& refusal, std::string_view request_id) {
  std::string body = R"({"success":false,"error":{"code":")";
  body.append(code_of(refusal.status)).append(R"(","message":")").append(refusal.text);
  body.append(R"(","id":")").append(request_id).append(R"("}})");
  return {.status = refusal.status,
          .headers = {{"Content-Type", "application/json"},
                      {"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"}},
          .body = std::move(body)};
}

}  // namespace ringdown
