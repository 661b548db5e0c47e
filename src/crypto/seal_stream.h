// Files at rest (recordings, backups), sealed in chunks of 64 KiB so that neither side holds the whole. The
// last chunk says that it is the last: a file that was cut, even between two chunks, or to which something
// was added, is found out.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "base/result.h"
#include "crypto/key_ring.h"
#include "crypto/seal.h"

namespace ringdown::crypto {

using Sink = std::function<void(std::span<const std::uint8_t>)>;

class SealStream {
 public:
  SealStream(const KeyRing&, Purpose, const Place&, Sink);
  ~SealStream();
  SealStream(const SealStream&) = delete;
  SealStream& operator=(const SealStream&) = delete;

  void write(std::span<const std::uint8_t> plain);
  void finish();  // once, after the last write

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Hands on each chunk once it is proved genuine and in order. Only finish() proves that nothing is missing:
// what was handed on before must be thrown away when it fails.
class OpenStream {
 public:
  OpenStream(const KeyRing&, Purpose, const Place&, Sink);
  ~OpenStream();
  OpenStream(const OpenStream&) = delete;
  OpenStream& operator=(const OpenStream&) = delete;

  Result<void> write(
      std::span<const std::uint8_t> sealed);  // after a failure, every further call fails as well
  Result<void> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ringdown::crypto
