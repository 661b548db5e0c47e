#include "net/chunked.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

struct Outcome {
  std::string payload{};
  bool done = false;
  std::string rest{};
  bool refused = false;

  bool operator==(const Outcome&) const = default;
};

// Pushes `coded` in pieces of `piece` bytes.
Outcome decoded(std::string_view coded, std::size_t piece) {
  ChunkedBody body;
  Outcome outcome;
  while (!coded.empty() && !body.done()) {
    const std::string_view some = coded.substr(0, piece);
    const auto used = body.push(some, outcome.payload);
    if (!used) return {.refused = true};
    coded.remove_prefix(*used);
  }
  outcome.done = body.done();
  outcome.rest = coded;
  return outcome;
}

}  // namespace

TEST_CASE("chunks are joined, whatever pieces they arrive in") {
  const std::string coded = "4\r\nwiki\r\n00c;name=\"v\"\r\npedia in\r\n12\r\n0\r\nTrailer: x\r\n\r\nGET";

  for (std::size_t piece = 1; piece <= coded.size(); ++piece) {
    CAPTURE(piece);
    CHECK(decoded(coded, piece) == Outcome{"wikipedia in\r\n12", true, "GET", false});
  }
}

TEST_CASE("a chunked body that is not exactly so is refused") {
  const std::pair<const char*, std::string> cases[] = {
      {"an empty size", "\r\n"},
      {"a sign", "+4\r\nwiki\r\n"},
      {"0x", "0x4\r\nwiki\r\n"},
      {"a leading blank", " 4\r\nwiki\r\n"},
      {"a trailing blank", "4 \r\nwiki\r\n"},
      {"trailing garbage", "4g\r\nwiki\r\n"},
      {"a size beyond all bounds", "fffffffffffffffff\r\n"},
      {"a bare LF after the size", "4\nwiki\r\n"},
      {"a bare LF after the data", "4\r\nwiki\n"},
      {"data longer than its size", "4\r\nwikix\r\n"},
      {"an extension that is too long", "4;" + std::string(300, 'a') + "\r\n"},
      {"an extension with a control character", "4;a\x01\r\n"},
      {"an extension with a bare CR", "4;a\rb\r\n"},
      {"a trailer that is no header", "0\r\nnonsense\r\n\r\n"},
      {"a trailer that is folded", "0\r\n folded: 1\r\n\r\n"},
  };

  for (const auto& [says, coded] : cases) {
    CAPTURE(says);
    CHECK(decoded(coded, 1).refused);
    CHECK(decoded(coded, coded.size()).refused);
  }
}

TEST_CASE("trailers have a bound") {
  std::string coded = "0\r\n";
  for (int i = 0; i < 100; ++i) coded += "X: " + std::string(60, 'y') + "\r\n";

  CHECK(decoded(coded + "\r\n", coded.size()).refused);
}
