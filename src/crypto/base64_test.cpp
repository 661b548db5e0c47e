#include "crypto/base64.h"

#include <doctest/doctest.h>

#include <utility>

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

}  // namespace

TEST_CASE("base64 writes and reads the vectors of RFC 4648") {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, text] : vectors) {
    CAPTURE(plain);
    CHECK(to_base64(bytes_of(plain)) == text);
    CHECK(from_base64(text) == bytes_of(plain));
  }
}

TEST_CASE("base64url has its own two letters and no padding") {
  const Bytes bytes{0xfb, 0xff, 0xfe, 0x00};

  CHECK(to_base64url(bytes) == "-__-AA");
  CHECK(from_base64url("-__-AA") == bytes);
  CHECK(to_base64(bytes) == "+//+AA==");
  CHECK_FALSE(from_base64url("+//+AA"));
  CHECK_FALSE(from_base64("-__-AA=="));
}

TEST_CASE("a second spelling of the same bytes is refused") {
  for (const char* text :
       {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm9v====", "Z", "Zm=9", "====", "Zm9v="}) {
    CAPTURE(text);
    CHECK_FALSE(from_base64(text));
  }
  for (const char* text : {"Zg==", "Zm8=", "Zh", "Zm9", "Z", "Zm9vY", "Zm9v ", "Zm 9v", "Zm9v\r\n", "Zm9*"}) {
    CAPTURE(text);
    CHECK_FALSE(from_base64url(text));
  }
  CHECK_FALSE(from_base64url(std::string_view("Zm9v\0", 5)));
}

TEST_CASE("a byte outside of ASCII is no letter, whatever the library takes it for") {
  for (int byte = 0x80; byte <= 0xff; ++byte) {
    const std::string text = "Zm9" + std::string(1, static_cast<char>(byte));
    CAPTURE(byte);
    CHECK_FALSE(from_base64(text));
    CHECK_FALSE(from_base64url(text));
  }
}
