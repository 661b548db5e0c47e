#include "crypto/seal.h"

#include "crypto/hash.h"
#include "crypto/sealed_head.h"
#include "crypto/sodium.h"

namespace ringdown::crypto {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t front_size = sealed_head_size + nonce_size;

static_assert(SecretKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

// Head and place are both vouched for by the tag.
Bytes vouched_for(std::span<const std::uint8_t> head, const Place& place) {
  Bytes bytes(head.begin(), head.end());
  const Bytes where = place.bytes();
  bytes.insert(bytes.end(), where.begin(), where.end());
  return bytes;
}

}  // namespace

// The workspace has one length, so no two places share a spelling.
Bytes Place::bytes() const {
  Bytes bytes(workspace.bytes.begin(), workspace.bytes.end());
  bytes.insert(bytes.end(), name.begin(), name.end());
  return bytes;
}

Bytes seal(std::string_view secret, const Place& place, const KeyRing& ring) {
  ready_sodium();
  const auto key = ring.derive(ring.newest(), Purpose::secrets);
  expect(key.has_value(), "a ring has its newest key");

  Bytes sealed = sealed_head(SealedFormat::value, ring.newest());
  const Bytes context = vouched_for(sealed, place);
  sealed.resize(front_size + secret.size() + tag_size);
  std::uint8_t* nonce = sealed.data() + sealed_head_size;
  randombytes_buf(nonce, nonce_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + front_size, nullptr, bytes_of(secret).data(),
                                             secret.size(), context.data(), context.size(), nullptr, nonce,
                                             key->bytes.data());
  return sealed;
}

Result<std::string> open_sealed(std::span<const std::uint8_t> sealed, const Place& place,
                                const KeyRing& ring) {
  const auto id = key_id_in(sealed, SealedFormat::value);
  if (!id || sealed.size() < front_size + tag_size) {
    return fail(Reason::invalid, "secret '" + place.name + "' is not a sealed value; enter it anew");
  }
  const auto key = ring.derive(*id, Purpose::secrets);
  if (!key) {
    return fail(Reason::unavailable, "secret '" + place.name + "' is sealed with key " + key_name(*id) +
                                         ", which the key file lacks; put the old key file back");
  }

  const Bytes context = vouched_for(sealed.first(sealed_head_size), place);
  const auto body = sealed.subspan(front_size);
  std::string secret(body.size() - tag_size, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<std::uint8_t*>(secret.data()), nullptr, nullptr, body.data(), body.size(),
      context.data(), context.size(), sealed.data() + sealed_head_size, key->bytes.data());
  if (failed) {
    return fail(Reason::invalid,
                "secret '" + place.name + "' was changed or moved since it was sealed; enter it anew");
  }
  return secret;
}

bool needs_reseal(std::span<const std::uint8_t> sealed, const KeyRing& ring) {
  return key_id_in(sealed, SealedFormat::value) != ring.newest();
}

}  // namespace ringdown::crypto
