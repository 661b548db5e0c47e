#include "api/setup_code.h"

#include "crypto/totp.h"
#include "flow/accounts.h"
#include "ports/clock.h"
#include "ports/db.h"

namespace ringdown {
namespace {

// Two recovery codes in a row: 160 random bits that can be typed.
std::string new_code() {
  const auto halves = crypto::new_recovery_codes(2);
  return halves[0] + "-" + halves[1];
}

}  // namespace

Bytes hash_of_setup_code(std::string_view typed) {
  const auto hash = crypto::hash_of_recovery_code(typed);
  return Bytes(hash.bytes.begin(), hash.bytes.end());
}

Task<std::optional<std::string>> make_setup_code(Db& db, Clock& clock) {
  const std::string code = new_code();
  const bool wanted = co_await db.instance([hash = hash_of_setup_code(code), now = clock.now()](Tx& tx) {
    return flow::renew_setup_code(tx, hash, now);
  });
  co_return wanted ? std::optional(code) : std::nullopt;
}

}  // namespace ringdown
