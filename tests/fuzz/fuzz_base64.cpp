// Whatever is read as base64, base64url or base32 is written back as the same text: one spelling per value.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crypto/base32.h"
#include "crypto/base64.h"

namespace {

using namespace ringdown;
using namespace ringdown::crypto;

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Bytes bytes(data, data + size);

  if (const auto read = from_base64(text)) must(to_base64(*read) == text);
  if (const auto read = from_base64url(text)) must(to_base64url(*read) == text);
  if (const auto read = from_base32(text)) must(lowered(to_base32(*read)) == lowered(text));

  must(from_base64(to_base64(bytes)) == bytes);
  must(from_base64url(to_base64url(bytes)) == bytes);
  must(from_base32(to_base32(bytes)) == bytes);
  return 0;
}
