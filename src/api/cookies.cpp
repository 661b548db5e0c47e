#include "api/cookies.h"

#include <fmt/format.h>

#include "base/text.h"

namespace ringdown {
namespace {

std::string full_name(const RequestHead& request, std::string_view name) {
  return request.secure ? "__Host-" + std::string(name) : std::string(name);
}

}  // namespace

std::optional<std::string> find_cookie(const RequestHead& request, std::string_view name) {
  const std::string wanted = full_name(request, name) + "=";
  for (const std::string_view header : request.headers.all("Cookie")) {
    for (const std::string_view part : split(header, ';')) {
      const std::string_view cookie = trimmed(part);
      if (cookie.starts_with(wanted)) return std::string(cookie.substr(wanted.size()));
    }
  }
  return std::nullopt;
}

Header cookie_header(const RequestHead& request, std::string_view name, std::string_view value, Span lasts) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(lasts).count();
  return {"Set-Cookie",
          fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}", full_name(request, name), value,
                      seconds, request.secure ? "; Secure" : "")};
}

}  // namespace ringdown
