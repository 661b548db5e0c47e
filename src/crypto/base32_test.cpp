#include "crypto/base32.h"

#include <doctest/doctest.h>

#include <utility>

using namespace ringdown;
using namespace ringdown::crypto;

TEST_CASE("base32 writes and reads the vectors of RFC 4648, without their padding") {
  const std::pair<std::string_view, const char*> vectors[] = {{"", ""},
                                                              {"f", "MY"},
                                                              {"fo", "MZXQ"},
                                                              {"foo", "MZXW6"},
                                                              {"foob", "MZXW6YQ"},
                                                              {"fooba", "MZXW6YTB"},
                                                              {"foobar", "MZXW6YTBOI"}};
  for (const auto& [plain, text] : vectors) {
    CAPTURE(plain);
    const Bytes bytes(plain.begin(), plain.end());
    CHECK(to_base32(bytes) == text);
    CHECK(from_base32(text) == bytes);
  }
  CHECK(from_base32("mzxw6") == from_base32("MZXW6"));
}

TEST_CASE("a second spelling of the same bytes is refused in base32 too") {
  for (const char* text : {"M", "A", "AAA", "AAAAAA", "MZ", "MZX", "MY======", "MZXW6YT", "MZXW6Y", "MZXW 6",
                           "M0", "M1", "M8", "MZXR"}) {
    CAPTURE(text);
    CHECK_FALSE(from_base32(text));
  }
}
