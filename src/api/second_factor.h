// The second factor on its way in and out: codes, recovery codes, and the secret that both sides share, which
// rests sealed.
#pragma once

#include "api/route.h"
#include "base/secret.h"
#include "flow/sessions.h"

namespace ringdown {

std::string seal_totp(const Api&, UserId, const Secret&);
Result<Secret> open_totp(const Api&, UserId, const std::string& sealed);

struct RecoveryCodes {
  std::vector<std::string> codes;
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (codes))

std::vector<Bytes> hashes_of(const RecoveryCodes&);

// Judges the code that came with a right password, where the account has a second factor; what it finds is
// used up in the unit that signs in. `known_device` is spared the limit on guesses.
Task<Result<void>> judge_second_factor(Asked&, const store::User&, const std::optional<std::string>& code,
                                       bool known_device, flow::Credentials&);

}  // namespace ringdown
