// Signing in and out, and what a changed password or a second factor does to sessions. Secrets come in as
// hashes, or sealed. Each is part of a unit of the instance and writes its audit line itself.
#pragma once

#include <span>

#include "flow/act.h"
#include "store/people.h"

namespace ringdown::flow {

inline constexpr Span session_unused_max = 12h;
inline constexpr Span session_max = std::chrono::days(30);
inline constexpr Span seen_every = 1min;  // how exactly the last use of a session or key is known

// The same for an unknown address, a wrong password and a closed account.
Failure bad_sign_in();

// What was checked outside the unit; the unit sees to it that it is still so.
struct Credentials {
  std::string password_hash;               // the stored one that the password fits
  std::optional<std::string> better_hash;  // where the stored one is not made as we make them now
  std::optional<std::int64_t> totp_step;
  std::optional<Bytes> recovery_code;
};

struct NewSession {
  Bytes hash;
  std::optional<Bytes> replaces;      // the one the browser came with
  std::optional<Bytes> known_device;  // else `device` becomes one
  Bytes device;
};

void open_session(Tx&, const Act&, UserId, const NewSession&);
Result<void> sign_in(Tx&, Act, UserId, const Credentials&, const NewSession&);
void note_refused_sign_in(Tx&, const Act&, std::optional<UserId>);  // not more than ten per hour and account
void sign_out(Tx&, const Act&, const Bytes& session_hash);

// Ends every session of the user, and every device; `anew` is the only one afterwards.
Result<void> change_password(Tx&, const Act&, const std::string& old_hash, const std::string& new_hash,
                             const NewSession& anew);
void reset_password(Tx&, const Act&, UserId, const std::string& new_hash);  // by the command line

Result<void> confirm_totp(Tx&, const Act&, const std::string& sealed_secret, std::int64_t step,
                          std::span<const Bytes> recovery_codes);
Result<void> drop_totp(Tx&, const Act&, UserId);

}  // namespace ringdown::flow
