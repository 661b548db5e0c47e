#include "crypto/seal.h"

#include <doctest/doctest.h>

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

const Place here{.workspace = *parse_uuid("01a1f866-0d00-7fff-bfff-ffffffffffff"),
                 .name = "twilio.auth_token"};

}  // namespace

TEST_CASE("what was sealed opens in its place, whatever bytes it holds") {
  const KeyRing ring = KeyRing::fresh();

  for (const std::string& secret :
       {std::string(), std::string("s3cret"), std::string("\0\xff", 2), std::string(100'000, 'x')}) {
    CHECK(open_sealed(seal(secret, here, ring), here, ring) == secret);
  }
}

TEST_CASE("the same secret is sealed into other bytes each time, and is not among them") {
  const KeyRing ring = KeyRing::fresh();
  const Bytes sealed = seal("canary-canary", here, ring);

  CHECK(seal("canary-canary", here, ring) != sealed);
  CHECK_FALSE(std::string(sealed.begin(), sealed.end()).contains("canary"));
}

TEST_CASE("a sealed value that was moved to another place does not open") {
  const KeyRing ring = KeyRing::fresh();
  const Bytes sealed = seal("s3cret", here, ring);
  Place elsewhere = here;
  elsewhere.name = "vapi.key";
  CHECK(open_sealed(sealed, elsewhere, ring).error().reason == Reason::invalid);
  elsewhere = here;
  elsewhere.workspace.bytes[15] ^= 1;
  CHECK(open_sealed(sealed, elsewhere, ring).error().reason == Reason::invalid);
}

TEST_CASE("one changed bit anywhere, or one byte more or less, is noticed") {
  const KeyRing ring = KeyRing::fresh();
  const Bytes sealed = seal("s3cret", here, ring);

  for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
    Bytes changed = sealed;
    changed[i / 8] ^= static_cast<std::uint8_t>(1 << i % 8);
    CHECK_FALSE(open_sealed(changed, here, ring));
  }
  for (std::size_t length = 0; length < sealed.size(); ++length) {
    CHECK_FALSE(open_sealed(std::span(sealed).first(length), here, ring));
  }
  Bytes longer = sealed;
  longer.push_back(0);
  CHECK_FALSE(open_sealed(longer, here, ring));
}

TEST_CASE("after a rotation old values still open and are due for the new key") {
  KeyRing ring = KeyRing::fresh();
  const Bytes old = seal("s3cret", here, ring);
  CHECK_FALSE(needs_reseal(old, ring));

  ring.add_key();

  CHECK(open_sealed(old, here, ring) == "s3cret");
  CHECK(needs_reseal(old, ring));
  CHECK_FALSE(needs_reseal(seal("s3cret", here, ring), ring));
  CHECK(needs_reseal({}, ring));
}

TEST_CASE("a missing key is told apart from a changed value, and is named") {
  const KeyRing ring = KeyRing::fresh();

  const auto opened = open_sealed(seal("s3cret", here, ring), here, KeyRing::fresh());

  REQUIRE_FALSE(opened);
  CHECK(opened.error().reason == Reason::unavailable);
  CHECK(opened.error().text.contains(key_name(ring.newest())));
}
