#include "api/browser.h"

#include <algorithm>

#include "api/answer.h"
#include "base/text.h"

namespace ringdown {
namespace {

constexpr std::string_view policy_of_data = "default-src 'none'; frame-ancestors 'none'";
constexpr std::string_view policy_of_pages =
    "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";
constexpr std::string_view headers_of_others = "Authorization, Content-Type, Last-Event-ID, X-Workspace";
constexpr std::string_view headers_for_others = "Retry-After, X-Request-Id";

void add(Response& response, std::string_view name, std::string_view value) {
  if (!response.headers.find(name)) response.headers.add(std::string(name), std::string(value));
}

bool is_unsafe(Verb verb) {
  return verb != Verb::get && verb != Verb::head && verb != Verb::options;
}

bool rides_on_cookie(const RequestHead& request, const std::optional<Caller>& caller) {
  if (caller) return caller->via == Via::session;
  return request.headers.find("Cookie") && !request.headers.find("Authorization");
}

bool is_own_origin(const RequestHead& request, std::string_view origin, std::string_view public_url) {
  if (!public_url.empty()) return lowered(origin) == lowered(public_url);

  const std::string own =
      (request.secure ? "https://" : "http://") + std::string(request.headers.find("Host").value_or(""));
  return lowered(origin) == lowered(own);
}

// Browsers that say neither where a request comes from nor which page sent it are too old to be trusted.
bool is_browser(const RequestHead& request) {
  const auto agent = request.headers.find("User-Agent");
  return (agent && agent->starts_with("Mozilla/")) || request.headers.find("Referer") ||
         request.headers.find("Accept-Language");
}

bool comes_from_us(const RequestHead& request, std::string_view public_url) {
  if (const auto site = request.headers.find("Sec-Fetch-Site"))
    return *site == "same-origin" || *site == "none";
  if (const auto origin = request.headers.find("Origin")) return is_own_origin(request, *origin, public_url);
  return !is_browser(request);
}

}  // namespace

void add_security_headers(Response& response, const RequestHead& request) {
  const bool page = response.headers.find("Content-Type").value_or("").starts_with("text/html");
  add(response, "Content-Security-Policy", page ? policy_of_pages : policy_of_data);
  add(response, "X-Content-Type-Options", "nosniff");
  add(response, "Referrer-Policy", "same-origin");
  add(response, "Cross-Origin-Opener-Policy", "same-origin");
  add(response, "Cross-Origin-Resource-Policy", "same-origin");
  add(response, "Cache-Control", "no-store");
  if (request.secure) add(response, "Strict-Transport-Security", "max-age=31536000");
}

bool is_listed_origin(std::string_view origin, std::span<const std::string> origins) {
  return std::ranges::find(origins, origin) != origins.end();
}

void add_cors(Response& response, const RequestHead& request, std::span<const std::string> origins) {
  if (origins.empty()) return;

  response.headers.add("Vary", "Origin");
  const auto origin = request.headers.find("Origin");
  if (!origin || !is_listed_origin(*origin, origins)) return;
  response.headers.add("Access-Control-Allow-Origin", std::string(*origin));
  response.headers.add("Access-Control-Expose-Headers", std::string(headers_for_others));
}

bool is_preflight(const RequestHead& request) {
  return request.verb == Verb::options && request.headers.find("Origin") &&
         request.headers.find("Access-Control-Request-Method");
}

Response answer_preflight(const RequestHead& request, std::span<const std::string> origins,
                          std::string_view allowed_verbs) {
  if (!is_listed_origin(request.headers.find("Origin").value_or(""), origins)) {
    return failure_response(
        {Reason::forbidden, "this origin may not use the API; list it in cors_origins", {}}, request.id);
  }
  return {.status = 204,
          .headers = {{"Access-Control-Allow-Methods", std::string(allowed_verbs)},
                      {"Access-Control-Allow-Headers", std::string(headers_of_others)},
                      {"Access-Control-Max-Age", "600"}}};
}

Result<void> refuse_forged(const RequestHead& request, const std::optional<Caller>& caller,
                           std::string_view public_url) {
  if (!is_unsafe(request.verb) || !rides_on_cookie(request, caller)) return {};
  if (comes_from_us(request, public_url)) return {};
  return fail(Reason::forbidden, "this request comes from another site; use the dashboard or an API key");
}

}  // namespace ringdown
