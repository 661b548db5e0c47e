#include "crypto/seal_stream.h"

#include <algorithm>
#include <utility>

#include "crypto/sealed_head.h"
#include "crypto/sodium.h"

namespace ringdown::crypto {
namespace {

constexpr std::size_t chunk_size = 64 * 1024;
constexpr std::size_t sealed_chunk_size = chunk_size + crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t header_size = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t front_size = sealed_head_size + header_size;

static_assert(SecretKey::size == crypto_secretstream_xchacha20poly1305_KEYBYTES);

using Cipher = crypto_secretstream_xchacha20poly1305_state;

// Moves what fits up to `size` from `input` to the end of `buffer`.
void fill(Bytes& buffer, std::size_t size, std::span<const std::uint8_t>& input) {
  const std::size_t count = std::min(size - buffer.size(), input.size());
  buffer.insert(buffer.end(), input.begin(), input.begin() + static_cast<std::ptrdiff_t>(count));
  input = input.subspan(count);
}

}  // namespace

struct SealStream::State {
  Cipher cipher;
  Bytes place;
  Sink sink;
  Bytes plain;
  Bytes sealed;
  bool finished = false;

  ~State() { sodium_memzero(&cipher, sizeof cipher); }

  void seal_chunk(std::uint8_t tag) {
    sealed.resize(plain.size() + crypto_secretstream_xchacha20poly1305_ABYTES);
    crypto_secretstream_xchacha20poly1305_push(&cipher, sealed.data(), nullptr, plain.data(), plain.size(),
                                               place.data(), place.size(), tag);
    plain.clear();
    sink(sealed);
  }
};

SealStream::SealStream(const KeyRing& ring, Purpose purpose, const Place& place, Sink sink)
    : state_(std::make_unique<State>()) {
  ready_sodium();
  const auto key = ring.derive(ring.newest(), purpose);
  expect(key.has_value(), "a ring has its newest key");
  state_->place = place.bytes();
  state_->sink = std::move(sink);

  Bytes front = sealed_head(SealedFormat::stream, ring.newest());
  front.resize(front_size);
  crypto_secretstream_xchacha20poly1305_init_push(&state_->cipher, front.data() + sealed_head_size,
                                                  key->bytes.data());
  state_->sink(front);
}

SealStream::~SealStream() = default;

void SealStream::write(std::span<const std::uint8_t> plain) {
  expect(!state_->finished, "nothing is written to a finished stream");
  while (!plain.empty()) {
    // A full chunk waits until more comes, since it may turn out to be the last.
    if (state_->plain.size() == chunk_size)
      state_->seal_chunk(crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    fill(state_->plain, chunk_size, plain);
  }
}

void SealStream::finish() {
  expect(!state_->finished, "a stream is finished once");
  state_->finished = true;
  state_->seal_chunk(crypto_secretstream_xchacha20poly1305_TAG_FINAL);
}

struct OpenStream::State {
  KeyRing ring;
  Purpose purpose;
  Place place;
  Bytes place_bytes;
  Sink sink;
  Cipher cipher;
  Bytes buffer;
  Bytes plain;
  bool started = false;
  bool ended = false;
  std::optional<Failure> failure;

  ~State() { sodium_memzero(&cipher, sizeof cipher); }

  std::unexpected<Failure> broken(Reason reason, const std::string& why) {
    failure = Failure{reason, "sealed file '" + place.name + "' " + why, {}};
    return std::unexpected(*failure);
  }

  Result<void> start() {
    const auto id = key_id_in(buffer, SealedFormat::stream);
    if (!id) return broken(Reason::invalid, "is not one of ours; name the right file");
    const auto key = ring.derive(*id, purpose);
    if (!key) {
      return broken(Reason::unavailable, "is sealed with key " + key_name(*id) +
                                             ", which the key file lacks; put the old key file back");
    }
    if (crypto_secretstream_xchacha20poly1305_init_pull(&cipher, buffer.data() + sealed_head_size,
                                                        key->bytes.data()) != 0) {
      return broken(Reason::invalid, "has a damaged head; use another copy");
    }
    started = true;
    buffer.clear();
    return {};
  }

  Result<void> open_chunk() {
    plain.resize(buffer.size() - crypto_secretstream_xchacha20poly1305_ABYTES);
    std::uint8_t tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&cipher, plain.data(), nullptr, &tag, buffer.data(),
                                                   buffer.size(), place_bytes.data(),
                                                   place_bytes.size()) != 0) {
      return broken(Reason::invalid, "was changed, cut or moved since it was sealed; use another copy");
    }
    ended = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    buffer.clear();
    sink(plain);
    return {};
  }
};

OpenStream::OpenStream(const KeyRing& ring, Purpose purpose, const Place& place, Sink sink)
    : state_(new State{.ring = ring,
                       .purpose = purpose,
                       .place = place,
                       .place_bytes = place.bytes(),
                       .sink = std::move(sink),
                       .cipher = {},
                       .buffer = {},
                       .plain = {},
                       .failure = {}}) {
  ready_sodium();
}

OpenStream::~OpenStream() = default;

Result<void> OpenStream::write(std::span<const std::uint8_t> sealed) {
  State& state = *state_;
  if (state.failure) return std::unexpected(*state.failure);
  while (!sealed.empty()) {
    if (state.ended) return state.broken(Reason::invalid, "goes on behind its end; use another copy");

    const std::size_t wanted = state.started ? sealed_chunk_size : front_size;
    fill(state.buffer, wanted, sealed);
    if (state.buffer.size() < wanted) break;
    if (auto done = state.started ? state.open_chunk() : state.start(); !done) return done;
  }
  return {};
}

Result<void> OpenStream::finish() {
  State& state = *state_;
  if (state.failure) return std::unexpected(*state.failure);
  if (!state.ended && state.started && state.buffer.size() >= crypto_secretstream_xchacha20poly1305_ABYTES) {
    if (auto done = state.open_chunk(); !done) return done;
  }
  if (!state.ended) return state.broken(Reason::invalid, "was cut short; use another copy");
  return {};
}

}  // namespace ringdown::crypto
