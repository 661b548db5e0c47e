// Stops asking a carrier account that fails too often, says so by its pause, and tries again by itself.
#pragma once

#include "domain/carrier_account.h"

namespace ringdown {

// A failure is worth one trouble, a success takes one back; this many more of the first, and it pauses.
inline constexpr int troubles_max = 5;

// Nothing where the word changes nothing, as in good times.
std::optional<Account> after_word(Account, bool good, Time now);

}  // namespace ringdown
