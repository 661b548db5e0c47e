// The second factor: codes of an authenticator app (RFC 6238: SHA-1, 30 s, six digits) and the recovery codes
// for the day the phone is gone. Pure but for the making of secrets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "crypto/hash.h"

namespace ringdown::crypto {

Bytes new_totp_secret();  // 160 bits; kept sealed

// What a QR code for the app holds. `account` is what the app shows, usually the e-mail address.
std::string otpauth_uri(std::span<const std::uint8_t> secret, std::string_view account);

std::string totp_code(std::span<const std::uint8_t> secret, std::int64_t step);

// The step that the code belongs to, at most one beside now's; nothing for a wrong code and for any step up
// to `last_used`. The caller stores the step in the unit that signs in, so that a code which was watched is
// worth nothing.
std::optional<std::int64_t> match_totp(std::span<const std::uint8_t> secret, std::string_view code, Time now,
                                       std::optional<std::int64_t> last_used);

// Shown once, stored as hashes, each good for one sign-in: four groups of four letters and digits, 80 random
// bits.
std::vector<std::string> new_recovery_codes(std::size_t count = 10);

// Of the code as a person types it: case, blanks and hyphens do not matter.
TokenHash hash_of_recovery_code(std::string_view typed);

}  // namespace ringdown::crypto
