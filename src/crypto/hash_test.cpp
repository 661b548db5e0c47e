#include "crypto/hash.h"

#include <doctest/doctest.h>

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

struct Vector {
  Bytes key;
  Bytes message;
  const char* code;
};

Bytes text(std::string_view words) {
  return {words.begin(), words.end()};
}

Bytes counted_up_to(std::uint8_t last) {
  Bytes bytes;
  for (std::uint8_t i = 1; i <= last; ++i) bytes.push_back(i);
  return bytes;
}

}  // namespace

TEST_CASE("SHA-256 gives the published digests") {
  CHECK(to_hex(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256(bytes_of("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("HMAC-SHA-256 gives the codes of RFC 4231") {
  const Vector vectors[] = {
      {Bytes(20, 0x0b), text("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {text("Jefe"), text("what do ya want for nothing?"),
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {Bytes(20, 0xaa), Bytes(50, 0xdd), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {counted_up_to(25), Bytes(50, 0xcd),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {Bytes(131, 0xaa), text("Test Using Larger Than Block-Size Key - Hash Key First"),
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {Bytes(131, 0xaa),
       text("This is a test using a larger than block-size key and a larger than block-size data. The key "
            "needs to be "
            "hashed before being used by the HMAC algorithm."),
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"}};
  for (const Vector& vector : vectors) CHECK(to_hex(hmac_sha256(vector.key, vector.message)) == vector.code);
}

TEST_CASE("HMAC-SHA-1 gives the codes of RFC 2202") {
  CHECK(to_hex(hmac_sha1(Bytes(20, 0x0b), text("Hi There"))) == "b617318655057264e28bc0b6fb378c8ef146be00");
  CHECK(to_hex(hmac_sha1(text("Jefe"), text("what do ya want for nothing?"))) ==
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  CHECK(to_hex(hmac_sha1(Bytes(80, 0xaa), text("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
        "aa4ae5e15272d00e95705637ce8a3b55ed402112");
}

TEST_CASE("an empty key is a key of its own, whatever was used before") {
  (void)hmac_sha256(text("Jefe"), text("x"));

  CHECK(to_hex(hmac_sha256({}, {})) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("a token's hash is the SHA-256 of its text") {
  CHECK(hash_of_token("abc").bytes == sha256(bytes_of("abc")));
  CHECK(hash_of_token("abc") != hash_of_token("abd"));
}
