#include "base/charset.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace ringdown;
using namespace std::string_view_literals;

namespace {

std::string decoded(Charset charset, std::string_view bytes, std::size_t piece) {
  CharsetDecoder decoder(charset);
  std::string text;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    decoder.decode(bytes.substr(0, piece), text);
  }
  decoder.finish(text);
  return text;
}

}  // namespace

TEST_CASE("a byte order mark says what a file is, and is left out") {
  CHECK(guess_charset("\xef\xbb\xbf"
                      "a",
                      true) == CharsetGuess{Charset::utf_8, 3});
  CHECK(guess_charset("\xff\xfe"
                      "a\0"sv,
                      true) == CharsetGuess{Charset::utf_16le, 2});
  CHECK(guess_charset("\xfe\xff\0a"sv, true) == CharsetGuess{Charset::utf_16be, 2});
}

TEST_CASE("without a mark the NULs tell UTF-16, and the accents tell UTF-8 from Windows-1252") {
  CHECK(guess_charset("p\0h\0o\0n\0e\0"sv, true).charset == Charset::utf_16le);
  CHECK(guess_charset("\0p\0h\0o\0n\0e"sv, true).charset == Charset::utf_16be);
  CHECK(guess_charset("phone,name", true).charset == Charset::utf_8);
  CHECK(guess_charset("Zo\xc3\xab", true).charset == Charset::utf_8);
  CHECK(guess_charset("Zo\xeb", true).charset == Charset::windows_1252);
  CHECK(guess_charset("", true).charset == Charset::utf_8);
}

TEST_CASE("one stray NUL or broken byte does not change what a file is") {
  CHECK(guess_charset("phone,name\n+12125550123,An\0n\n"sv, true).charset == Charset::utf_8);
  CHECK(guess_charset("Zo\xc3\xab, Ren\xc3\xa9, M\xfcller", true).charset == Charset::utf_8);
}

TEST_CASE("a letter that the end of the first piece cuts is not broken") {
  CHECK(guess_charset("Zo\xc3", false).charset == Charset::utf_8);
  CHECK(guess_charset("Zo\xc3", true).charset == Charset::windows_1252);
}

TEST_CASE("what was decoded says how many bytes it came from, in pieces of any size") {
  struct Sample {
    Charset charset;
    std::string_view bytes;
    std::string_view text;
  };
  const Sample samples[] = {
      {Charset::utf_8, "Zo\xc3\xab", "Zo\xc3\xab"},
      {Charset::windows_1252, "Zo\xeb \x80\x81", "Zoë €\xc2\x81"},
      {Charset::utf_16le, "Z\0\xeb\0\x3d\xd8\x00\xde"sv, "Zë😀"},
      {Charset::utf_16be, "\0Z\0\xeb\xd8\x3d\xde\x00"sv, "Zë😀"},
      {Charset::utf_16le, "\x3d\xd8Z\0\x00\xde"sv, "\ufffdZ\ufffd"},
  };

  for (const Sample& sample : samples) {
    for (std::size_t piece = 1; piece <= sample.bytes.size(); ++piece) {
      CHECK(decoded(sample.charset, sample.bytes, piece) == sample.text);
    }
    CHECK(source_bytes(sample.charset, sample.text) == static_cast<std::int64_t>(sample.bytes.size()));
  }
}

TEST_CASE("half a unit at the end of UTF-16 is shown, not lost") {
  CHECK(decoded(Charset::utf_16le, "a\0b"sv, 2) == "a\ufffd");
  CHECK(decoded(Charset::utf_16be, "\xd8\x3d"sv, 1) == "\ufffd");
}

TEST_CASE("only broken bytes are mended") {
  CHECK(mended_utf8("Zo\xc3\xab M\xfcller \x93x\x94") == "Zoë Müller “x”");
  CHECK(is_clean_utf8(mended_utf8("\xed\xa0\x80\xf5\xff\xc0\x80")));
}
