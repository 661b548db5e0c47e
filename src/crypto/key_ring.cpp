#include "crypto/key_ring.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "crypto/base64.h"
#include "crypto/sodium.h"

namespace ringdown::crypto {
namespace {

constexpr std::string_view format_line = "ringdown keys 1";
constexpr std::size_t keys_max = 100;
constexpr std::size_t id_digits = 8;

static_assert(SecretKey::size == crypto_kdf_KEYBYTES);

// libsodium wants eight bytes that name the use; written into what is sealed for ever, so never renamed.
const char* context_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::secrets: return "rdsecret";
    case Purpose::recordings: return "rdrecord";
    case Purpose::backups: return "rdbackup";
    case Purpose::links: return "rdlinks_";
    case Purpose::fingerprints: return "rdprints";
  }
  return nullptr;
}

std::optional<std::uint32_t> read_id(std::string_view text) {
  std::uint32_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id, 16);
  if (text.size() != id_digits || error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return id;
}

std::optional<RingKey> read_key(std::string_view line) {
  const auto words = split(line, ' ');
  if (words.size() != 2) return std::nullopt;

  const auto id = read_id(words[0]);
  auto bytes = from_base64(words[1]);
  if (!id || !bytes || bytes->size() != SecretKey::size) return std::nullopt;

  RingKey key{*id, {}};
  std::ranges::copy(*bytes, key.master.bytes.begin());
  sodium_memzero(bytes->data(), bytes->size());
  return key;
}

std::unexpected<Failure> unreadable(std::string why) {
  return fail(Reason::invalid, "key file " + std::move(why) + "; put back the file as it was written");
}

}  // namespace

SecretKey::~SecretKey() {
  sodium_memzero(bytes.data(), bytes.size());
}

KeyRing KeyRing::fresh() {
  KeyRing ring;
  ring.add_key();
  return ring;
}

Result<KeyRing> KeyRing::parse(std::string_view text) {
  auto lines = split(text, '\n');
  if (lines.back().empty()) lines.pop_back();
  if (lines.empty() || lines.front() != format_line) {
    return unreadable("does not begin with '" + std::string(format_line) + "'");
  }
  if (lines.size() < 2) return unreadable("has no key");
  if (lines.size() > keys_max + 1) return unreadable("has more than 100 keys");

  KeyRing ring;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto key = read_key(lines[i]);
    if (!key) return unreadable("has no key on line " + std::to_string(i + 1));
    if (ring.find(key->id)) return unreadable("has key " + key_name(key->id) + " twice");
    ring.keys_.push_back(*key);
  }
  return ring;
}

std::string KeyRing::to_text() const {
  std::string text(format_line);
  for (const RingKey& key : keys_) text += '\n' + key_name(key.id) + ' ' + to_base64(key.master.bytes);
  return text + '\n';
}

void KeyRing::add_key() {
  expect(keys_.size() < keys_max, "a ring has at most 100 keys; seal everything anew and drop the old ones");
  ready_sodium();
  RingKey key{randombytes_random(), {}};
  while (find(key.id)) key.id = randombytes_random();
  randombytes_buf(key.master.bytes.data(), key.master.bytes.size());
  keys_.push_back(key);
}

std::optional<SecretKey> KeyRing::derive(std::uint32_t id, Purpose purpose) const {
  const RingKey* key = find(id);
  if (key == nullptr) return std::nullopt;

  SecretKey derived;
  const int failed = crypto_kdf_derive_from_key(derived.bytes.data(), derived.bytes.size(), 1,
                                                context_of(purpose), key->master.bytes.data());
  expect(failed == 0, "libsodium derives a key of 32 bytes");
  return derived;
}

const RingKey* KeyRing::find(std::uint32_t id) const {
  const auto found = std::ranges::find(keys_, id, &RingKey::id);
  return found == keys_.end() ? nullptr : &*found;
}

std::string key_name(std::uint32_t id) {
  const std::array<std::uint8_t, 4> bytes{static_cast<std::uint8_t>(id >> 24),
                                          static_cast<std::uint8_t>(id >> 16),
                                          static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
  return to_hex(bytes);
}

}  // namespace ringdown::crypto
