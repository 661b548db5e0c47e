#include "crypto/key_ring.h"

#include <doctest/doctest.h>

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

const std::string one_key = "ringdown keys 1\n0000002a AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

}  // namespace

TEST_CASE("a ring is read back from its own text") {
  KeyRing ring = KeyRing::fresh();
  ring.add_key();

  const auto read = KeyRing::parse(ring.to_text());

  REQUIRE(read);
  CHECK(read->size() == 2);
  CHECK(read->newest() == ring.newest());
  CHECK(read->to_text() == ring.to_text());
  CHECK(KeyRing::parse(one_key)->to_text() == one_key);
}

TEST_CASE("a new key becomes the newest and the old ones stay") {
  KeyRing ring = KeyRing::fresh();
  const std::uint32_t old = ring.newest();
  const auto before = ring.derive(old, Purpose::secrets);

  ring.add_key();

  CHECK(ring.newest() != old);
  CHECK(ring.derive(old, Purpose::secrets)->bytes == before->bytes);
  CHECK_FALSE(ring.derive(old ^ ring.newest() ^ 1, Purpose::secrets));
}

TEST_CASE("each purpose has a key of its own, the same every time") {
  const KeyRing ring = *KeyRing::parse(one_key);
  const auto key = [&](Purpose purpose) { return ring.derive(42, purpose)->bytes; };

  CHECK(key(Purpose::secrets) == KeyRing::parse(one_key)->derive(42, Purpose::secrets)->bytes);
  const Purpose all[] = {Purpose::secrets, Purpose::recordings, Purpose::backups, Purpose::links,
                         Purpose::fingerprints};
  for (Purpose a : all) {
    for (Purpose b : all) CHECK((key(a) == key(b)) == (a == b));
  }
}

TEST_CASE("a key file that is not exactly one is refused, and the message holds no key") {
  const std::string key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  const std::string head = "ringdown keys 1\n";

  for (const std::string& text :
       {std::string(), std::string("\n"), head, "ringdown keys 2\n0000002a " + key + "\n",
        head + "2a " + key + "\n", head + "0000002g " + key + "\n", head + "-000002a " + key + "\n",
        head + "0000002a  " + key + "\n", head + "0000002a " + key + " \n", head + "0000002a AAEC\n",
        head + "0000002a " + key + "\n\n", head + "0000002a " + key + "\n0000002A " + key + "\n",
        head + "0000002a " + key + "\r\n"}) {
    CAPTURE(text);
    const auto ring = KeyRing::parse(text);
    REQUIRE_FALSE(ring);
    CHECK(ring.error().reason == Reason::invalid);
    CHECK_FALSE(ring.error().text.contains("AAEC"));
  }
}
