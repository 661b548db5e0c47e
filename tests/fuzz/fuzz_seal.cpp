// Any bytes as a key file, as a sealed value and as a sealed file. Nothing may crash, and nothing opens that
// the key did not seal.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crypto/key_ring.h"
#include "crypto/seal.h"
#include "crypto/seal_stream.h"

namespace {

using namespace ringdown;
using namespace ringdown::crypto;

const Place here{.workspace = {}, .name = "here"};

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const KeyRing ring =
      KeyRing::parse("ringdown keys 1\n01010101 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n").value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);

  if (const auto read = KeyRing::parse(text))
    must(KeyRing::parse(read->to_text())->to_text() == read->to_text());
  must(!open_sealed({data, size}, here, ring));

  std::size_t handed_on = 0;
  OpenStream stream(ring, Purpose::backups, here,
                    [&](std::span<const std::uint8_t> part) { handed_on += part.size(); });
  (void)stream.write({data, size});
  must(!stream.finish() && handed_on == 0);
  return 0;
}
