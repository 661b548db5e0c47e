#include "crypto/password.h"

#include <algorithm>

#include "base/text.h"
#include "crypto/sodium.h"

namespace ringdown::crypto {
namespace {

constexpr std::ptrdiff_t characters_min = 8;
constexpr std::ptrdiff_t characters_max = 128;
constexpr std::size_t bytes_max = characters_max * 4;
constexpr int tail_max = 4;

std::ptrdiff_t characters_of(std::string_view utf8) {
  return std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view without_tail(std::string_view lower) {
  for (int i = 0; i < tail_max && !lower.empty() && !is_letter(lower.back()); ++i) lower.remove_suffix(1);
  return lower;
}

bool is_easy(std::string_view lower, std::string_view email_name, const CommonPasswords& common) {
  return lower == "ringdown" || lower == email_name || common.contains(std::string(lower));
}

}  // namespace

std::string hash_password(std::string_view password, PasswordCost cost) {
  ready_sodium();
  std::string stored(crypto_pwhash_STRBYTES, '\0');
  const int failed = crypto_pwhash_str_alg(stored.data(), password.data(), password.size(), cost.passes,
                                           cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
  if (failed) {
    throw Breakage(Reason::unavailable,
                   "no memory to hash a password; try again, or let fewer people sign in at once");
  }
  stored.resize(stored.find('\0'));
  return stored;
}

bool verify_password(std::string_view password, const std::string& stored) {
  ready_sodium();
  if (password.size() > bytes_max) return false;

  return crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
}

void verify_nobody(std::string_view password, PasswordCost cost) {
  if (password.size() <= bytes_max) hash_password(password, cost);
}

bool needs_rehash(const std::string& stored, PasswordCost cost) {
  return crypto_pwhash_str_needs_rehash(stored.c_str(), cost.passes, cost.memory_bytes) != 0;
}

CommonPasswords read_common_passwords(std::string_view text) {
  CommonPasswords common;
  for (std::string_view line : split(text, '\n')) {
    if (const auto word = trimmed(line); !word.empty()) common.insert(lowered(word));
  }
  return common;
}

Result<void> judge_password(std::string_view password, std::string_view email,
                            const CommonPasswords& common) {
  if (password.size() > bytes_max) {
    return fail(Reason::invalid, "password is too long; use at most 128 characters", "password");
  }
  if (!is_clean_utf8(password)) {
    return fail(Reason::invalid, "password is not valid UTF-8 text; type it anew", "password");
  }

  const auto characters = characters_of(password);
  if (characters < characters_min) {
    return fail(Reason::invalid, "password is too short; use at least 8 characters", "password");
  }
  if (characters > characters_max) {
    return fail(Reason::invalid, "password is too long; use at most 128 characters", "password");
  }

  const std::string lower = lowered(password);
  const std::string email_name = lowered(email.substr(0, email.find('@')));
  if (lower == lowered(email) || is_easy(lower, email_name, common) ||
      is_easy(without_tail(lower), email_name, common)) {
    return fail(Reason::invalid,
                "password is one of the first that an attacker tries; use several unrelated words",
                "password");
  }
  return {};
}

}  // namespace ringdown::crypto
