#include "crypto/public_key.h"

#include <doctest/doctest.h>

#include "crypto/base64.h"

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

// The key, the signed text and the signature of RFC 7515, appendix A.3.
const Bytes x = *from_base64url("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
const Bytes y = *from_base64url("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
const std::string signed_text =
    "eyJhbGciOiJFUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl"
    "fQ";
const Bytes signature =
    *from_base64url("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");

Bytes modulus(std::size_t bytes, std::uint8_t last = 0x01) {
  Bytes number(bytes, 0xa5);
  number.back() = last;
  return number;
}

const Bytes f4{0x01, 0x00, 0x01};

}  // namespace

TEST_CASE("the ES256 signature of RFC 7515 is verified, and not with one bit changed") {
  const auto key = PublicKey::p256(x, y);
  REQUIRE(key);

  CHECK(key->algorithm() == Algorithm::es256);
  CHECK(key->verifies(signed_text, signature));
  CHECK_FALSE(key->verifies(signed_text + "x", signature));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    Bytes changed = signature;
    changed[i] ^= 1;
    CHECK_FALSE(key->verifies(signed_text, changed));
  }
}

TEST_CASE("a signature of another length is none") {
  const auto key = PublicKey::p256(x, y);
  REQUIRE(key);

  CHECK_FALSE(key->verifies(signed_text, {}));
  CHECK_FALSE(key->verifies(signed_text, std::span(signature).first(63)));
  Bytes stretched = signature;
  stretched.insert(stretched.begin() + 32, 0);
  CHECK_FALSE(key->verifies(signed_text, stretched));
}

TEST_CASE("a point that is not on the curve is no key") {
  Bytes beside = y;
  beside.back() ^= 1;

  CHECK_FALSE(PublicKey::p256(x, beside));
  CHECK_FALSE(PublicKey::p256(Bytes(32, 0), Bytes(32, 0)));
  CHECK_FALSE(PublicKey::p256(std::span(x).first(31), y));
  CHECK_FALSE(PublicKey::p256({}, {}));
}

TEST_CASE("an RSA key has 2048 to 8192 bits and an odd exponent above one") {
  CHECK(PublicKey::rsa(modulus(256), f4));
  CHECK(PublicKey::rsa(modulus(1024), f4));
  CHECK_FALSE(PublicKey::rsa(modulus(128), f4));
  CHECK_FALSE(PublicKey::rsa(modulus(1025), f4));
  CHECK_FALSE(PublicKey::rsa(modulus(256, 0x02), f4));
  CHECK_FALSE(PublicKey::rsa(modulus(256), Bytes{1}));
  CHECK_FALSE(PublicKey::rsa(modulus(256), Bytes{2}));
  CHECK_FALSE(PublicKey::rsa(modulus(256), Bytes{1, 0, 0, 0, 1}));
  CHECK_FALSE(PublicKey::rsa(modulus(256), {}));
  CHECK_FALSE(PublicKey::rsa({}, f4));
}

TEST_CASE("an algorithm is read exactly as tokens write it, and none is none") {
  for (Algorithm algorithm : {Algorithm::hs256, Algorithm::rs256, Algorithm::es256}) {
    CHECK(parse_algorithm(to_text(algorithm)) == algorithm);
  }
  for (const char* text : {"", "none", "rs256", "RS256 ", "HS512", "PS256"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_algorithm(text));
  }
}
