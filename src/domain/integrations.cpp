#include "domain/integrations.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace ringdown {
namespace {

constexpr std::size_t hinted_length_min = 24;
constexpr std::size_t hint_length = 4;

constexpr std::array table = {
    Integration{"anthropic.api_key", "Anthropic's API key, for the model that writes texts"},
    Integration{"calcom.api_key", "Cal.com's API key, for appointments"},
    Integration{"openai.api_key", "OpenAI's API key, for the realtime voice"},
    Integration{"resend.api_key", "Resend's API key, for e-mails"},
    Integration{"smtp.password", "the mail server's password, for e-mails"},
    Integration{"twilio.auth_token", "Twilio's auth token, for calls and their signatures"},
    Integration{"vapi.api_key", "Vapi's API key, for hosted assistants"},
};

bool is_plain(char c) {
  return c > ' ' && c < 0x7f;
}

}  // namespace

std::span<const Integration> integrations() {
  return table;
}

Result<Integration> integration_called(std::string_view name) {
  const auto found = std::ranges::find(table, name, &Integration::name);
  if (found != table.end()) return *found;

  std::vector<std::string_view> names;
  for (const Integration& one : table) names.push_back(one.name);
  const auto meant = closest(name, names);
  return fail(Reason::not_found,
              meant ? "there is no such integration; did you mean " + std::string(*meant) + "?"
                    : "there is no such integration; GET /api/integrations lists them");
}

std::optional<std::string> hint_of(std::string_view secret) {
  if (secret.size() < hinted_length_min) return std::nullopt;

  const std::string_view end = secret.substr(secret.size() - hint_length);
  return std::ranges::all_of(end, is_plain) ? std::optional(std::string(end)) : std::nullopt;
}

}  // namespace ringdown
