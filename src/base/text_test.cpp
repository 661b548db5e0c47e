#include "base/text.h"

#include <doctest/doctest.h>

#include <array>

using namespace ringdown;

TEST_CASE("trimming, lowering and splitting keep what is not theirs") {
  CHECK(trimmed(" \t a b \r\n") == "a b");
  CHECK(trimmed("  ").empty());
  CHECK(lowered("Ünïted KINGDOM") == "Ünïted kingdom");
  CHECK(split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
  CHECK(split("", ',') == std::vector<std::string_view>{""});
}

TEST_CASE("hex goes there and back, and refuses what is none") {
  const Bytes bytes{0x00, 0x7f, 0xff};

  CHECK(to_hex(bytes) == "007fff");
  CHECK(from_hex("007FfF") == bytes);
  CHECK_FALSE(from_hex("007"));
  CHECK_FALSE(from_hex("0g"));
}

TEST_CASE("only well-formed UTF-8 without NUL is clean") {
  for (const char* good : {"", "a", "\u00e9", "\u20ac", "\U0001f600", "\ud7ff", "\ue000", "\U0010ffff"}) {
    CAPTURE(good);
    CHECK(is_clean_utf8(good));
  }
  for (const char* bad : {"\x80", "\xc0\x80", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
                          "\xf4\x90\x80\x80", "\xff", "a\xe2\x82"}) {
    CHECK_FALSE(is_clean_utf8(bad));
  }
  CHECK_FALSE(is_clean_utf8(std::string_view("a\0b", 3)));
}

TEST_CASE("a slip of the finger finds the word that was meant, a foreign word finds none") {
  const std::array<std::string_view, 3> words{"listen", "data", "database_url"};

  CHECK(closest("lsten", words) == "listen");
  CHECK(closest("databse_url", words) == "database_url");
  CHECK_FALSE(closest("voice", words));
}

TEST_CASE("letters of several alphabets are compared without case") {
  CHECK(folded("\u00c9CLAIR \u0141\u00d3D\u0179 \u0178") == "\u00e9clair \u0142\u00f3d\u017a \u00ff");
  CHECK(folded("\u0391\u0398\u0397\u039d\u0391 \u0386\u038c\u038f") ==
        "\u03b1\u03b8\u03b7\u03bd\u03b1 \u03ac\u03cc\u03ce");
  CHECK(folded("\u041c\u041e\u0421\u041a\u0412\u0410 \u0401") ==
        "\u043c\u043e\u0441\u043a\u0432\u0430 \u0451");
  CHECK(folded("\u00d7\u00f7 \u6771\u4eac 12") == "\u00d7\u00f7 \u6771\u4eac 12");
}
