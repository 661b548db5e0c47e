#include "crypto/public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <array>

#include "base/expect.h"
#include "crypto/hash.h"

namespace ringdown::crypto {
namespace {

constexpr std::size_t coordinate_size = 32;
constexpr int modulus_bits_min = 2048;
constexpr int modulus_bits_max = 8192;
constexpr int exponent_bits_max = 32;

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* owned) const { release(owned); }
};
template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Release<T, release>>;

using Number = Owned<BIGNUM, BN_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using Signature = Owned<ECDSA_SIG, ECDSA_SIG_free>;
using ParamBuilder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Params = Owned<OSSL_PARAM, OSSL_PARAM_free>;

Number number_of(std::span<const std::uint8_t> bytes) {
  return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

Key key_from(const char* type, OSSL_PARAM* params) {
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params) != 1) {
    ERR_clear_error();
    return nullptr;
  }
  return Key(key);
}

bool is_sound_rsa(const BIGNUM* modulus, const BIGNUM* exponent) {
  const int bits = BN_num_bits(modulus);
  return bits >= modulus_bits_min && bits <= modulus_bits_max && BN_is_odd(modulus) && BN_is_odd(exponent) &&
         !BN_is_one(exponent) && BN_num_bits(exponent) <= exponent_bits_max;
}

// r‖s as tokens carry it → the DER that OpenSSL reads.
Bytes to_der(std::span<const std::uint8_t> signature) {
  const Signature pair(ECDSA_SIG_new());
  Number r = number_of(signature.first(coordinate_size));
  Number s = number_of(signature.last(coordinate_size));
  expect(pair && ECDSA_SIG_set0(pair.get(), r.release(), s.release()) == 1,
         "OpenSSL takes two numbers as a signature");

  Bytes der(static_cast<std::size_t>(i2d_ECDSA_SIG(pair.get(), nullptr)));
  std::uint8_t* end = der.data();
  i2d_ECDSA_SIG(pair.get(), &end);
  return der;
}

}  // namespace

const char* to_text(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::hs256: return "HS256";
    case Algorithm::rs256: return "RS256";
    case Algorithm::es256: return "ES256";
  }
  return "";
}

std::optional<Algorithm> parse_algorithm(std::string_view text) {
  for (Algorithm algorithm : {Algorithm::hs256, Algorithm::rs256, Algorithm::es256}) {
    if (text == to_text(algorithm)) return algorithm;
  }
  return std::nullopt;
}

struct PublicKey::Prepared {
  Algorithm algorithm;
  Key key;
};

PublicKey::PublicKey(std::shared_ptr<const Prepared> prepared) : prepared_(std::move(prepared)) {}

std::optional<PublicKey> PublicKey::rsa(std::span<const std::uint8_t> modulus,
                                        std::span<const std::uint8_t> exponent) {
  if (modulus.size() > modulus_bits_max / 8 || exponent.size() > exponent_bits_max / 8) return std::nullopt;
  const Number n = number_of(modulus);
  const Number e = number_of(exponent);
  if (!n || !e || !is_sound_rsa(n.get(), e.get())) return std::nullopt;

  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
    return std::nullopt;
  }
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  Key key = key_from("RSA", params.get());
  if (!key) return std::nullopt;
  return PublicKey(std::make_shared<const Prepared>(Prepared{Algorithm::rs256, std::move(key)}));
}

std::optional<PublicKey> PublicKey::p256(std::span<const std::uint8_t> x, std::span<const std::uint8_t> y) {
  if (x.size() != coordinate_size || y.size() != coordinate_size) return std::nullopt;

  Bytes point{0x04};  // uncompressed
  point.insert(point.end(), x.begin(), x.end());
  point.insert(point.end(), y.begin(), y.end());
  std::string curve = "prime256v1";
  std::array params{OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve.data(), 0),
                    OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
                    OSSL_PARAM_construct_end()};
  Key key = key_from("EC", params.data());
  if (!key) return std::nullopt;
  return PublicKey(std::make_shared<const Prepared>(Prepared{Algorithm::es256, std::move(key)}));
}

Algorithm PublicKey::algorithm() const {
  return prepared_->algorithm;
}

bool PublicKey::verifies(std::string_view message, std::span<const std::uint8_t> signature) const {
  Bytes der;
  if (algorithm() == Algorithm::es256) {
    if (signature.size() != 2 * coordinate_size) return false;
    der = to_der(signature);
    signature = der;
  }

  const DigestContext context(EVP_MD_CTX_new());
  const auto bytes = bytes_of(message);
  expect(context &&
             EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, prepared_->key.get()) == 1,
         "OpenSSL verifies with a key that it has accepted");
  const int verdict =
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes.data(), bytes.size());
  if (verdict != 1) ERR_clear_error();
  return verdict == 1;
}

}  // namespace ringdown::crypto
