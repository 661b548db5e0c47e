// What stands between a person and a session: the set-up code, the second factor, known devices. Everything
// secret is known by its hash, or sealed by the caller. Units of the instance.
#pragma once

#include <span>

#include "store/people.h"

namespace ringdown::store {

// The code that makes the first owner; there is one at a time, the newest.
void put_setup_code(Tx&, const Bytes& hash, Time now);
bool take_setup_code(Tx&, const Bytes& hash);  // false when it is not the one
void drop_setup_code(Tx&);
bool has_owner(Tx&);

// False when the account was closed, or its password changed, since `password_hash` was read.
bool note_sign_in(Tx&, UserId, const std::string& password_hash, Time now);

void propose_totp(Tx&, UserId, const std::string& sealed_secret);
bool confirm_totp(Tx&, UserId, const std::string& sealed_secret,
                  std::int64_t step);  // false: another was proposed
bool drop_totp(Tx&, UserId);           // with its recovery codes; false when there was none
bool use_totp_step(Tx&, UserId, std::int64_t step);

void put_recovery_codes(Tx&, UserId, std::span<const Bytes> hashes);  // in place of older ones
bool use_recovery_code(Tx&, UserId, const Bytes& hash);
std::int64_t count_recovery_codes(Tx&, UserId);

inline constexpr int devices_max = 20;  // of a user; the ones unseen for longest are forgotten

void add_device(Tx&, UserId, const Bytes& hash, Time now);
bool is_device_of(Tx&, UserId, const Bytes& hash);
void touch_device(Tx&, UserId, const Bytes& hash, Time now);
void drop_devices(Tx&, UserId);

}  // namespace ringdown::store
