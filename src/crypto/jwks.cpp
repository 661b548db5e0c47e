#include "crypto/jwks.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "crypto/base64.h"
#include "crypto/token_json.h"

namespace ringdown::crypto {
namespace {

namespace json = boost::json;

constexpr std::size_t text_bytes_max = 64 * 1024;
constexpr std::size_t keys_max = 32;
constexpr std::size_t kid_bytes_max = 255;
constexpr Span refetch_gap = 30s;
constexpr Span life_max = 10min;

bool is_or_absent(const json::object& jwk, std::string_view key, std::string_view wanted) {
  return !jwk.contains({key.data(), key.size()}) || text_in(jwk, key) == wanted;
}

bool may_verify(const json::object& jwk) {
  const auto* operations = jwk.if_contains("key_ops");
  if (operations == nullptr) return true;
  if (!operations->is_array()) return false;
  return std::ranges::any_of(operations->get_array(), [](const json::value& operation) {
    return operation.is_string() && operation.get_string() == "verify";
  });
}

std::optional<Bytes> number_in(const json::object& jwk, std::string_view key) {
  const auto text = text_in(jwk, key);
  return text ? from_base64url(*text) : std::nullopt;
}

std::optional<PublicKey> rsa_in(const json::object& jwk) {
  const auto modulus = number_in(jwk, "n");
  const auto exponent = number_in(jwk, "e");
  if (!modulus || !exponent) return std::nullopt;
  return PublicKey::rsa(*modulus, *exponent);
}

std::optional<PublicKey> p256_in(const json::object& jwk) {
  const auto x = number_in(jwk, "x");
  const auto y = number_in(jwk, "y");
  if (!x || !y || text_in(jwk, "crv") != "P-256") return std::nullopt;
  return PublicKey::p256(*x, *y);
}

std::optional<NamedKey> usable_key(const json::object& jwk) {
  const auto kid = text_in(jwk, "kid");
  if (!kid || kid->empty() || kid->size() > kid_bytes_max) return std::nullopt;
  if (jwk.contains("d") || !is_or_absent(jwk, "use", "sig") || !may_verify(jwk)) return std::nullopt;

  const auto type = text_in(jwk, "kty");
  const auto key = type == "RSA" ? rsa_in(jwk) : type == "EC" ? p256_in(jwk) : std::nullopt;
  if (!key || !is_or_absent(jwk, "alg", to_text(key->algorithm()))) return std::nullopt;
  return NamedKey{std::string(*kid), *key};
}

std::unexpected<Failure> refused(const char* why) {
  return fail(Reason::invalid, std::string("key set ") + why);
}

}  // namespace

const PublicKey* KeySet::find(std::string_view kid) const {
  const auto found = std::ranges::find(keys, kid, &NamedKey::kid);
  return found == keys.end() ? nullptr : &found->key;
}

Result<KeySet> parse_jwks(std::string_view text) {
  if (text.size() > text_bytes_max) return refused("is larger than 64 KiB; check the address it comes from");
  const auto document = parse_token_json(text);
  if (!document) return refused("is not a JSON object with unique keys; check the address it comes from");
  const auto* listed = document->if_contains("keys");
  if (listed == nullptr || !listed->is_array()) {
    return refused("has no list 'keys'; check the address it comes from");
  }
  if (listed->get_array().size() > keys_max) {
    return refused("has more than 32 keys; check the address it comes from");
  }

  KeySet set;
  for (const json::value& jwk : listed->get_array()) {
    auto key = jwk.is_object() ? usable_key(jwk.get_object()) : std::nullopt;
    if (!key) continue;
    if (set.find(key->kid) != nullptr) {
      return refused("has two keys of one kid; its owner must give each its own");
    }
    set.keys.push_back(std::move(*key));
  }
  return set;
}

bool should_refetch(std::optional<Time> last_fetch, Time now) {
  return !last_fetch || now < *last_fetch || now - *last_fetch >= refetch_gap;
}

bool is_stale(std::optional<Time> last_fetch, Time now) {
  return !last_fetch || now < *last_fetch || now - *last_fetch >= life_max;
}

}  // namespace ringdown::crypto
