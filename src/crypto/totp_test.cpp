#include "crypto/totp.h"

#include <doctest/doctest.h>

#include <set>

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

const Bytes secret = [] {
  const std::string_view text = "12345678901234567890";  // RFC 6238, appendix B
  return Bytes(text.begin(), text.end());
}();

Time at(std::int64_t seconds) {
  return Time{std::chrono::seconds{seconds}};
}

}  // namespace

TEST_CASE("the codes of RFC 6238 are made, in their last six digits") {
  CHECK(totp_code(secret, 59 / 30) == "287082");
  CHECK(totp_code(secret, 1111111109 / 30) == "081804");
  CHECK(totp_code(secret, 1111111111 / 30) == "050471");
  CHECK(totp_code(secret, 1234567890 / 30) == "005924");
  CHECK(totp_code(secret, 2000000000 / 30) == "279037");
  CHECK(totp_code(secret, 20000000000 / 30) == "353130");
}

TEST_CASE("a code is good in its step and in the one before and after") {
  const std::int64_t step = 1111111109 / 30;

  CHECK(match_totp(secret, "081804", at((step - 1) * 30), {}) == step);
  CHECK(match_totp(secret, "081804", at(step * 30), {}) == step);
  CHECK(match_totp(secret, "081804", at((step + 2) * 30 - 1), {}) == step);
  CHECK_FALSE(match_totp(secret, "081804", at((step - 1) * 30 - 1), {}));
  CHECK_FALSE(match_totp(secret, "081804", at((step + 2) * 30), {}));
}

TEST_CASE("a code is good once: neither it nor an older one opens again, the next one does") {
  const std::int64_t step = 1111111109 / 30;
  const Time now = at(step * 30);

  const auto used = match_totp(secret, "081804", now, {});

  REQUIRE(used == step);
  CHECK_FALSE(match_totp(secret, "081804", now, used));
  CHECK_FALSE(match_totp(secret, totp_code(secret, step - 1), now, used));
  CHECK(match_totp(secret, totp_code(secret, step + 1), now, used) == step + 1);
}

TEST_CASE("what is not exactly the six digits is wrong") {
  const Time now = at(1111111109);

  for (const char* code : {"", "81804", "0818040", " 081804", "081805", "081804\n"}) {
    CAPTURE(code);
    CHECK_FALSE(match_totp(secret, code, now, {}));
  }
}

TEST_CASE("the address for the app names product, account and secret, with nothing unescaped") {
  CHECK(otpauth_uri(secret, "ann+x&y@example.com") ==
        "otpauth://totp/Ringdown:ann%2Bx%26y%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=Ringdown&algorithm=SHA1&digits=6&period=30");
}

TEST_CASE("a secret has 160 random bits") {
  CHECK(new_totp_secret().size() == 20);
  CHECK(new_totp_secret() != new_totp_secret());
}

TEST_CASE("recovery codes are ten, all different, and are recognised as people type them") {
  const auto codes = new_recovery_codes();

  CHECK(std::set(codes.begin(), codes.end()).size() == 10);
  CHECK(codes.front().size() == 19);
  CHECK(hash_of_recovery_code("ABCD efgh-2345 mnop ") == hash_of_recovery_code("abcd-efgh-2345-mnop"));
  CHECK(hash_of_recovery_code(codes[0]) != hash_of_recovery_code(codes[1]));
}
