#include "crypto/seal_stream.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

constexpr std::size_t chunk = 64 * 1024;
constexpr std::size_t sealed_chunk = chunk + 17;
constexpr std::size_t front = 5 + 24;

const Place here{.workspace = {}, .name = "recording 7"};

Bytes pattern(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 31 + i / 251);
  return bytes;
}

template <class Write>
void in_steps(std::span<const std::uint8_t> bytes, std::size_t step, Write write) {
  for (; !bytes.empty(); bytes = bytes.subspan(std::min(step, bytes.size()))) {
    write(bytes.first(std::min(step, bytes.size())));
  }
}

Sink into(Bytes& all) {
  return [&all](std::span<const std::uint8_t> part) { all.insert(all.end(), part.begin(), part.end()); };
}

Bytes sealed(std::span<const std::uint8_t> plain, const KeyRing& ring, std::size_t step = 1 << 20) {
  Bytes all;
  SealStream stream(ring, Purpose::recordings, here, into(all));
  in_steps(plain, step, [&](auto part) { stream.write(part); });
  stream.finish();
  return all;
}

Result<Bytes> opened(std::span<const std::uint8_t> bytes, const KeyRing& ring, std::size_t step = 1 << 20,
                     Purpose purpose = Purpose::recordings, const Place& place = here) {
  Bytes all;
  OpenStream stream(ring, purpose, place, into(all));
  in_steps(bytes, step, [&](auto part) { (void)stream.write(part); });
  if (auto done = stream.finish(); !done) return std::unexpected(done.error());
  return all;
}

}  // namespace

TEST_CASE("a file of any size opens to what it was, however it is cut into writes") {
  const KeyRing ring = KeyRing::fresh();

  for (std::size_t size :
       {std::size_t{0}, std::size_t{1}, chunk - 1, chunk, chunk + 1, 3 * chunk, 3 * chunk + 100}) {
    const Bytes plain = pattern(size);
    for (std::size_t step : {std::size_t{977}, chunk, std::size_t{1} << 20}) {
      CAPTURE(size);
      CAPTURE(step);
      const auto back = opened(sealed(plain, ring, step), ring, step);
      REQUIRE(back);
      CHECK((*back == plain));
    }
  }
}

TEST_CASE("a file that was cut is found out wherever it was cut, also between two chunks") {
  const KeyRing ring = KeyRing::fresh();
  const Bytes whole = sealed(pattern(3 * chunk), ring);

  for (std::size_t length : {std::size_t{0}, std::size_t{1}, front - 1, front, front + 1, front + 16,
                             front + 17, front + sealed_chunk - 1, front + sealed_chunk,
                             front + sealed_chunk + 1, front + 2 * sealed_chunk, whole.size() - 1}) {
    CAPTURE(length);
    const auto back = opened(std::span(whole).first(length), ring);
    REQUIRE_FALSE(back);
    CHECK(back.error().reason == Reason::invalid);
  }
}

TEST_CASE("chunks that were swapped, doubled, dropped, changed or added are found out") {
  const KeyRing ring = KeyRing::fresh();
  const Bytes whole = sealed(pattern(3 * chunk + 5), ring);
  const auto at = [](Bytes& bytes, std::size_t n) {
    return bytes.begin() + static_cast<std::ptrdiff_t>(front + n * sealed_chunk);
  };

  Bytes swapped = whole;
  std::swap_ranges(at(swapped, 0), at(swapped, 1), at(swapped, 1));
  CHECK_FALSE(opened(swapped, ring));
  Bytes doubled = whole;
  std::copy(at(doubled, 0), at(doubled, 1), at(doubled, 1));
  CHECK_FALSE(opened(doubled, ring));
  Bytes dropped = whole;
  dropped.erase(at(dropped, 1), at(dropped, 2));
  CHECK_FALSE(opened(dropped, ring));
  for (std::size_t i :
       {std::size_t{0}, std::size_t{1}, std::size_t{5}, front, front + chunk, whole.size() - 1}) {
    Bytes changed = whole;
    changed[i] ^= 1;
    CAPTURE(i);
    CHECK_FALSE(opened(changed, ring));
  }
  Bytes longer = whole;
  longer.push_back(0);
  CHECK_FALSE(opened(longer, ring));
  Bytes full = sealed(pattern(chunk), ring);
  full.push_back(0);
  CHECK_FALSE(opened(full, ring));
}

TEST_CASE("a file opens only for its purpose and in its place, with old keys too") {
  KeyRing ring = KeyRing::fresh();
  const Bytes file = sealed(pattern(10), ring);
  const Place elsewhere{.workspace = {}, .name = "recording 8"};

  CHECK_FALSE(opened(file, ring, 1 << 20, Purpose::backups));
  CHECK_FALSE(opened(file, ring, 1 << 20, Purpose::recordings, elsewhere));
  CHECK(opened(file, KeyRing::fresh()).error().reason == Reason::unavailable);
  ring.add_key();
  CHECK(opened(file, ring) == pattern(10));
}

TEST_CASE("nothing behind the first broken chunk is handed on") {
  const KeyRing ring = KeyRing::fresh();
  Bytes file = sealed(pattern(3 * chunk), ring);
  file[front + sealed_chunk + 5] ^= 1;
  Bytes out;
  OpenStream stream(ring, Purpose::recordings, here, into(out));

  CHECK_FALSE(stream.write(file));
  CHECK_FALSE(stream.write(file));
  CHECK_FALSE(stream.finish());
  CHECK(out.size() == chunk);
}

TEST_CASE("writing to a finished file is a bug") {
  Bytes out;
  SealStream stream(KeyRing::fresh(), Purpose::backups, here, into(out));
  stream.finish();

  CHECK_THROWS_AS(stream.write(pattern(1)), Breakage);
  CHECK_THROWS_AS(stream.finish(), Breakage);
}
