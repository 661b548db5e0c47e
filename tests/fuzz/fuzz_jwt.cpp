// Any bytes as a token, as a key set, and as the inside of a token that is signed. Nothing may crash, and
// nobody is signed in by a signature that we did not make.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crypto/base64.h"
#include "crypto/hash.h"
#include "crypto/jwt.h"

namespace {

using namespace ringdown;
using namespace ringdown::crypto;

const Time now = from_micros(1'795'168'800'000'000);
const std::string secret = "a shared secret of the legacy kind, long enough";
const std::string known_key =
    R"({"keys":[{"kty":"EC","crv":"P-256","kid":"k","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
    R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]})";

const Issuer issuer{.name = "fuzz",
                    .kind = IssuerKind::supabase,
                    .iss = "i",
                    .algorithms = {Algorithm::hs256, Algorithm::rs256, Algorithm::es256},
                    .audience = "a",
                    .authorized_parties = {"p"},
                    .hs256_secret = secret};

void must(bool holds) {
  if (!holds) std::abort();
}

std::string signature_of(std::string_view signed_text) {
  return to_base64url(hmac_sha256(bytes_of(secret), bytes_of(signed_text)));
}

void as_token(std::string_view token, const KeySet& keys) {
  if (!verify(token, issuer, keys, now)) return;

  const auto dot = token.rfind('.');
  must(dot != std::string_view::npos && token.substr(dot + 1) == signature_of(token.substr(0, dot)));
}

void as_key_set(std::string_view text) {
  const auto keys = parse_jwks(text);
  if (!keys) return;

  for (const NamedKey& named : keys->keys) {
    must(keys->find(named.kid) != nullptr);
    must(!named.key.verifies("text", Bytes(64, 1)));
  }
}

// Header and claims, split at the first newline, are signed as they are; then one letter of the signature is
// changed.
void as_signed_parts(std::string_view text, const KeySet& keys) {
  const auto newline = text.find('\n');
  if (newline == std::string_view::npos) return;

  const std::string signed_text = to_base64url(bytes_of(text.substr(0, newline))) + "." +
                                  to_base64url(bytes_of(text.substr(newline + 1)));
  std::string token = signed_text + "." + signature_of(signed_text);
  if (const auto claims = verify(token, issuer, keys, now)) {
    must(!claims->subject.empty() && claims->subject.size() <= 255 && claims->expires_at + 5s > now);
  }

  char& letter = token[signed_text.size() + 1];
  letter = letter == 'A' ? 'B' : 'A';
  must(!verify(token, issuer, keys, now));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const KeySet keys = parse_jwks(known_key).value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);

  as_token(text, keys);
  as_key_set(text);
  as_signed_parts(text, keys);
  return 0;
}
