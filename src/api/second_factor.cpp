#include "api/second_factor.h"

#include <algorithm>

#include "api/api.h"
#include "api/limits.h"
#include "crypto/base64.h"
#include "crypto/totp.h"
#include "ports/clock.h"
#include "ports/db.h"
#include "ports/vault.h"

namespace ringdown {
namespace {

constexpr std::int64_t guesses_per_hour = 30;
const WorkspaceId instance{};  // the account's, not a workspace's

std::string place_of(UserId user) {
  return "totp/" + to_text(user);
}

std::string without_blanks(std::string_view typed) {
  std::string code(typed);
  std::erase(code, ' ');
  return code;
}

bool is_totp(std::string_view code) {
  return code.size() == 6 && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

std::span<const std::uint8_t> bytes_of(const Secret& secret) {
  const std::string& text = secret.reveal();
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Bytes bytes_of(const crypto::TokenHash& hash) {
  return Bytes(hash.bytes.begin(), hash.bytes.end());
}

}  // namespace

std::string seal_totp(const Api& api, UserId user, const Secret& secret) {
  return crypto::to_base64(api.vault->seal(secret, instance, place_of(user)));
}

Result<Secret> open_totp(const Api& api, UserId user, const std::string& sealed) {
  return api.vault->open(crypto::from_base64(sealed).value_or(Bytes{}), instance, place_of(user));
}

std::vector<Bytes> hashes_of(const RecoveryCodes& codes) {
  std::vector<Bytes> hashes;
  for (const std::string& code : codes.codes) hashes.push_back(bytes_of(crypto::hash_of_recovery_code(code)));
  return hashes;
}

Task<Result<void>> judge_second_factor(Asked& asked, const store::User& user,
                                       const std::optional<std::string>& typed, bool known_device,
                                       flow::Credentials& given) {
  if (!user.totp_secret) co_return Result<void>{};
  if (!typed) {
    co_return fail(Reason::unauthenticated, "this account has a second factor; send its code as totp",
                   "totp");
  }
  const std::string code = without_blanks(*typed);
  if (!is_totp(code)) {
    given.recovery_code = bytes_of(crypto::hash_of_recovery_code(code));
    co_return Result<void>{};
  }

  const Time now = asked.api.clock.now();
  if (!known_device) {
    const auto wait = co_await asked.api.db.instance([name = "totp/" + to_text(user.id), now](Tx& tx) {
      return take_limit(tx, name, guesses_per_hour, 1h, now);
    });
    if (wait) co_return std::unexpected(too_many(asked, *wait));
  }
  const auto secret = open_totp(asked.api, user.id, *user.totp_secret);
  if (!secret)
    throw Breakage(Reason::internal, "a second factor's secret does not open: " + secret.error().text);

  given.totp_step = crypto::match_totp(bytes_of(*secret), code, now, user.totp_step);
  if (given.totp_step) co_return Result<void>{};
  co_return fail(Reason::unauthenticated, "this code is wrong or was used before; wait for the next one",
                 "totp");
}

}  // namespace ringdown
