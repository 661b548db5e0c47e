#include "crypto/password.h"

#include <doctest/doctest.h>

#include "tests/support/paths.h"

#include <fstream>
#include <sstream>

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

// The least that libsodium accepts: these tests ask about right and wrong, not about strength.
constexpr PasswordCost cheap{.memory_bytes = 8192, .passes = 1};

const CommonPasswords& shipped_list() {
  static const CommonPasswords list = [] {
    std::ifstream file(RINGDOWN_SOURCE "/assets/common_passwords.txt");
    std::ostringstream text;
    text << file.rdbuf();
    return read_common_passwords(text.str());
  }();
  return list;
}

bool is_refused(std::string_view password) {
  return !judge_password(password, "ann.lee@example.com", shipped_list()).has_value();
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("the right password opens, a near miss does not, and no two hashes are alike") {
  const std::string stored = hash_password("correct horse", cheap);

  CHECK(verify_password("correct horse", stored));
  CHECK_FALSE(verify_password("correct horsf", stored));
  CHECK_FALSE(verify_password("correct horse ", stored));
  CHECK_FALSE(verify_password("", stored));
  CHECK_FALSE(verify_password(repeated("x", 513), stored));
  CHECK(hash_password("correct horse", cheap) != stored);
}

TEST_CASE("what is stored says Argon2id with at least 19 MiB and two passes") {
  const std::string stored = hash_password("correct horse");

  CHECK(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(verify_password("correct horse", stored));
}

TEST_CASE("a broken stored hash opens to nobody") {
  for (const char* stored : {"", "x", "$argon2id$", "$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA"}) {
    CAPTURE(stored);
    CHECK_FALSE(verify_password("", stored));
    CHECK(needs_rehash(stored));
  }
}

TEST_CASE("a hash of another cost is due for a new one, a hash of this cost is not") {
  const std::string stored = hash_password("correct horse", cheap);

  CHECK_FALSE(needs_rehash(stored, cheap));
  CHECK(needs_rehash(stored));
}

TEST_CASE("memory that cannot be had is breakage, not a wrong password") {
  constexpr PasswordCost absurd{.memory_bytes = std::size_t{1} << 52, .passes = 1};

  CHECK_THROWS_AS(hash_password("correct horse", absurd), Breakage);
  CHECK_THROWS_AS(verify_nobody("correct horse", absurd), Breakage);
}

TEST_CASE("a password has 8 to 128 characters, counted as people count them") {
  CHECK(is_refused("sieben7"));
  CHECK_FALSE(is_refused("acht8888x"));
  CHECK(is_refused(repeated("\u00e9", 7)));
  CHECK_FALSE(is_refused(repeated("\u00e9", 8)));
  CHECK_FALSE(is_refused(repeated("\U0001f600", 128)));
  CHECK(is_refused(repeated("\U0001f600", 129)));
  CHECK(is_refused(repeated("ab", 64) + "c"));
}

TEST_CASE("text that is none is refused as a password") {
  CHECK(is_refused("good enough\xff"));
  CHECK(is_refused(std::string_view("good\0enough", 11)));
}

TEST_CASE("what everybody tries first is refused in any case, even with a tail") {
  for (const char* password : {"password", "PassWord", "12345678", "qwertyuiop", "Iloveyou", "Password1",
                               "password2026", "PASSWORD123!", "sunshine!", "ringdown", "RingDown",
                               "ringdown2026", "Ann.Lee!", "ann.lee2026", "ann.lee@example.com"}) {
    CAPTURE(password);
    CHECK(is_refused(password));
  }
}

TEST_CASE("a password that only contains a common word is let through") {
  for (const char* password :
       {"password of the moor", "correct horse battery", "ringdown lives here", "lee.ann.lee"}) {
    CAPTURE(password);
    CHECK_FALSE(is_refused(password));
  }
}

TEST_CASE("the shipped list has a few hundred entries, lower case, each once") {
  std::ifstream file(RINGDOWN_SOURCE "/assets/common_passwords.txt");
  std::string line;
  std::size_t lines = 0;
  while (std::getline(file, line)) ++lines;

  CHECK(lines >= 300);
  CHECK(lines == shipped_list().size());
}

TEST_CASE("a refusal names the field and not the password") {
  const auto verdict = judge_password("password", "ann@example.com", shipped_list());

  REQUIRE_FALSE(verdict);
  CHECK(verdict.error().field == "password");
  CHECK(verdict.error().reason == Reason::invalid);
  CHECK(verdict.error().text.find("password is one of the first") == 0);
}
