// Passwords: how they are kept (Argon2id) and which are refused. Hashing takes tens of milliseconds and
// `memory` bytes, so it runs on a small pool of its own and never on an io loop; pool size × memory is the
// most it can take.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/result.h"

namespace ringdown::crypto {

// The floor OWASP gives for Argon2id. More would harden a stolen database further, but the cores that hash
// are the cores that carry live speech, and whoever floods the sign-in page spends this much of them per try.
// Raising it later needs no migration: needs_rehash finds the old hashes at the next sign-in.
struct PasswordCost {
  std::size_t memory_bytes = 19 * 1024 * 1024;
  std::uint64_t passes = 2;
};

// The PHC string with salt and cost inside. Throws Breakage{unavailable} when the memory cannot be had.
std::string hash_password(std::string_view password, PasswordCost = {});

// False for a wrong password and for a broken hash; also when the memory cannot be had, which libsodium does
// not tell.
bool verify_password(std::string_view password, const std::string& stored);

// For an account that does not exist: spends what verify_password would, so that the answer's delay names
// nobody.
void verify_nobody(std::string_view password, PasswordCost = {});

bool needs_rehash(const std::string& stored, PasswordCost = {});

// Lower-case passwords that everybody tries first.
using CommonPasswords = std::unordered_set<std::string>;

CommonPasswords read_common_passwords(std::string_view text);  // one per line

// 8 to 128 characters of clean UTF-8; neither common, nor the product's name, nor the name in the e-mail
// address; not even with up to four digits or signs behind, which is what people add when they are told so.
Result<void> judge_password(std::string_view password, std::string_view email, const CommonPasswords&);

}  // namespace ringdown::crypto
