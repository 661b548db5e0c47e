#include "crypto/jwt.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "base/expect.h"
#include "base/text.h"
#include "crypto/base64.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "crypto/token_json.h"

namespace ringdown::crypto {
namespace {

namespace json = boost::json;

constexpr std::size_t token_bytes_max = 16 * 1024;
constexpr std::size_t subject_bytes_max = 255;
constexpr Span skew_max = 60s;
constexpr double seconds_max = 253'402'300'799;  // the end of the year 9999

using Checked = std::expected<void, TokenRefusal>;

std::unexpected<TokenRefusal> refuse(TokenFault fault, const Issuer& issuer, const char* why) {
  return std::unexpected(TokenRefusal{fault, "token of " + issuer.name + " " + why});
}

template <class List, class Value>
bool holds(const List& list, const Value& value) {
  return std::ranges::find(list, value) != list.end();
}

struct Parts {
  std::string_view header;
  std::string_view payload;
  std::string_view signed_text;  // header and payload with their dot
  Bytes signature;
};

std::optional<Parts> parts_of(std::string_view token) {
  const auto texts = split(token, '.');
  if (texts.size() != 3) return std::nullopt;

  auto signature = from_base64url(texts[2]);
  if (!signature) return std::nullopt;
  return Parts{texts[0], texts[1], token.substr(0, texts[0].size() + 1 + texts[1].size()),
               std::move(*signature)};
}

std::optional<json::object> object_in(std::string_view part) {
  const auto bytes = from_base64url(part);
  if (!bytes) return std::nullopt;
  return parse_token_json({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
}

bool is_plain_jwt(const json::object& header) {
  if (header.contains("crit")) return false;  // we know no extension, so any critical one is one too many
  if (!header.contains("typ")) return true;
  const auto type = text_in(header, "typ");
  return type && lowered(*type) == "jwt";
}

Checked check_with_secret(const Parts& parts, const Issuer& issuer) {
  const Digest code = hmac_sha256(bytes_of(*issuer.hs256_secret), bytes_of(parts.signed_text));
  if (!constant_time_equal(code, parts.signature)) {
    return refuse(TokenFault::signature, issuer, "has a wrong signature");
  }
  return {};
}

Checked check_with_key(const Parts& parts, const json::object& header, Algorithm algorithm,
                       const Issuer& issuer, const KeySet& keys) {
  const auto kid = text_in(header, "kid");
  if (!kid) return refuse(TokenFault::malformed, issuer, "does not name its key");
  const PublicKey* key = keys.find(*kid);
  if (key == nullptr) {
    return refuse(TokenFault::unknown_key, issuer, "is signed with a key that its key set does not list");
  }
  if (key->algorithm() != algorithm) {
    return refuse(TokenFault::algorithm, issuer, "names an algorithm that is not its key's");
  }
  if (!key->verifies(parts.signed_text, parts.signature)) {
    return refuse(TokenFault::signature, issuer, "has a wrong signature");
  }
  return {};
}

Checked check_signature(const Parts& parts, const Issuer& issuer, const KeySet& keys) {
  const auto header = object_in(parts.header);
  if (!header || !is_plain_jwt(*header)) {
    return refuse(TokenFault::malformed, issuer, "has a header that is not a plain JWT's");
  }

  const auto algorithm = parse_algorithm(text_in(*header, "alg").value_or(""));
  if (!algorithm || !holds(issuer.algorithms, *algorithm)) {
    return refuse(TokenFault::algorithm, issuer, "names an algorithm that is not configured for it");
  }
  if (*algorithm == Algorithm::hs256) return check_with_secret(parts, issuer);
  return check_with_key(parts, *header, *algorithm, issuer, keys);
}

// A NumericDate, which may have a fraction. False where there is a value and it is none.
bool read_moment(const json::object& claims, std::string_view key, std::optional<Time>& moment) {
  const auto* value = claims.if_contains({key.data(), key.size()});
  if (value == nullptr) return true;
  if (!value->is_number()) return false;

  const double seconds = value->to_number<double>();
  if (!(seconds >= 0 && seconds <= seconds_max)) return false;
  moment = from_micros(static_cast<std::int64_t>(seconds * 1e6));
  return true;
}

std::expected<Time, TokenRefusal> moment_of_expiry(const json::object& claims, const Issuer& issuer, Time now,
                                                   Span skew) {
  std::optional<Time> exp, nbf, iat;
  if (!read_moment(claims, "exp", exp) || !read_moment(claims, "nbf", nbf) ||
      !read_moment(claims, "iat", iat)) {
    return refuse(TokenFault::malformed, issuer, "has a time that is no number of seconds");
  }
  if (!exp) return refuse(TokenFault::malformed, issuer, "does not say when it expires");
  if (now >= *exp + skew) return refuse(TokenFault::expired, issuer, "has expired; sign in again");
  if (nbf && now + skew < *nbf) {
    return refuse(TokenFault::not_yet, issuer, "is not valid yet; check the clocks");
  }
  if (iat && now + skew < *iat) {
    return refuse(TokenFault::not_yet, issuer, "was issued in the future; check the clocks");
  }
  return *exp;
}

bool is_for(const json::object& claims, const std::string& audience) {
  const auto* aud = claims.if_contains("aud");
  if (aud == nullptr) return false;
  if (aud->is_string()) return aud->get_string() == audience;
  if (!aud->is_array()) return false;

  const auto& list = aud->get_array();
  const bool all_text = std::ranges::all_of(list, [](const json::value& one) { return one.is_string(); });
  return all_text &&
         std::ranges::any_of(list, [&](const json::value& one) { return one.get_string() == audience; });
}

Checked check_parties(const json::object& claims, const Issuer& issuer) {
  if (text_in(claims, "iss") != issuer.iss) return refuse(TokenFault::issuer, issuer, "has another issuer");
  if (issuer.audience && !is_for(claims, *issuer.audience)) {
    return refuse(TokenFault::audience, issuer, "is meant for another audience");
  }
  if (issuer.authorized_parties.empty()) return {};

  const auto azp = text_in(claims, "azp");
  if (!azp || !holds(issuer.authorized_parties, *azp)) {
    return refuse(TokenFault::party, issuer,
                  "was made for an origin that is not on the list of authorized parties");
  }
  return {};
}

// Is it a person who has finished signing in? Supabase's API keys are tokens too, and are nobody.
Checked check_person(const json::object& claims, const Issuer& issuer) {
  const auto subject = text_in(claims, "sub");
  if (!subject || subject->empty() || subject->size() > subject_bytes_max || !is_clean_utf8(*subject)) {
    return refuse(TokenFault::subject, issuer, "does not say who it is for");
  }
  if (issuer.kind == IssuerKind::clerk && claims.contains("sts") && text_in(claims, "sts") != "active") {
    return refuse(TokenFault::pending, issuer,
                  "belongs to a sign-in that is not complete; finish signing in");
  }
  const auto role = text_in(claims, "role");
  if (issuer.kind == IssuerKind::supabase && (role == "anon" || role == "service_role")) {
    return refuse(TokenFault::subject, issuer, "is an API key and not a person's");
  }
  return {};
}

std::optional<std::string> copied(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  return std::string(*text);
}

Claims claims_of(const json::object& claims, IssuerKind kind, Time expires_at) {
  return {.subject = std::string(text_in(claims, "sub").value_or("")),
          .email = copied(text_in(claims, "email")),
          .session = copied(text_in(claims, kind == IssuerKind::clerk ? "sid" : "session_id")),
          .expires_at = expires_at};
}

}  // namespace

std::optional<std::string> claimed_issuer(std::string_view token) {
  if (token.size() > token_bytes_max) return std::nullopt;
  const auto parts = parts_of(token);
  const auto claims = parts ? object_in(parts->payload) : std::nullopt;
  return claims ? copied(text_in(*claims, "iss")) : std::nullopt;
}

std::expected<Claims, TokenRefusal> verify(std::string_view token, const Issuer& issuer, const KeySet& keys,
                                           Time now, Span skew) {
  expect(judge_issuer(issuer).has_value(), "an issuer is judged when its configuration is read");
  expect(skew >= Span{0} && skew <= skew_max, "clocks are allowed to differ by at most a minute");
  if (token.size() > token_bytes_max) return refuse(TokenFault::too_large, issuer, "is larger than 16 KiB");

  const auto parts = parts_of(token);
  if (!parts) return refuse(TokenFault::malformed, issuer, "is not three parts of base64url");
  if (auto checked = check_signature(*parts, issuer, keys); !checked) return std::unexpected(checked.error());

  const auto claims = object_in(parts->payload);
  if (!claims) {
    return refuse(TokenFault::malformed, issuer, "has claims that are not a JSON object with unique keys");
  }
  const auto expires_at = moment_of_expiry(*claims, issuer, now, skew);
  if (!expires_at) return std::unexpected(expires_at.error());
  if (auto checked = check_parties(*claims, issuer); !checked) return std::unexpected(checked.error());
  if (auto checked = check_person(*claims, issuer); !checked) return std::unexpected(checked.error());
  return claims_of(*claims, issuer.kind, *expires_at);
}

}  // namespace ringdown::crypto
