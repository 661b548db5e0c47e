// The keys that seal what the product keeps secret. The newest seals, all of them open; every use gets a key
// of its own, derived from them, so that one purpose can never read or forge another's bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ringdown::crypto {

// 32 secret bytes, wiped when they are done with.
class SecretKey {
 public:
  static constexpr std::size_t size = 32;

  SecretKey() = default;
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();

  std::array<std::uint8_t, size> bytes{};
};

enum class Purpose { secrets, recordings, backups, links, fingerprints };

struct RingKey {
  std::uint32_t id;
  SecretKey master;
};

class KeyRing {
 public:
  static KeyRing fresh();  // with one random key

  // The text of a key file: a first line with the format, then `id key` per line, the newest last.
  static Result<KeyRing> parse(std::string_view text);
  std::string to_text() const;

  void add_key();  // random, and from now on the one that seals

  std::uint32_t newest() const { return keys_.back().id; }
  std::size_t size() const { return keys_.size(); }

  // The key of one purpose under the ring's key `id`; nothing when the ring has no such key.
  std::optional<SecretKey> derive(std::uint32_t id, Purpose) const;

 private:
  KeyRing() = default;
  const RingKey* find(std::uint32_t id) const;

  std::vector<RingKey> keys_;  // never empty
};

std::string key_name(std::uint32_t id);  // eight hexadecimal digits, for messages and the file

}  // namespace ringdown::crypto
