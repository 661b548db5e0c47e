#include "tests/jwt/vectors.h"

#include <doctest/doctest.h>

#include <boost/json/parse.hpp>

#include "tests/support/npm_folder.h"
#include "tests/support/skip.h"

namespace ringdown::test {
namespace {

using namespace crypto;

Vectors make_vectors() {
  const NpmFolder npm("jwt");
  if (!npm.missing().empty()) return {.missing = "the JWT suite " + npm.missing(), .all = {}};
  return {.missing = {}, .all = boost::json::parse(npm.run("sign.mjs", std::to_string(vectors_seconds)))};
}

}  // namespace

const Vectors* vectors() {
  static const Vectors made = make_vectors();
  if (made.missing.empty()) return &made;

  test::skip(made.missing.c_str());
  return nullptr;
}

Issuer supabase(const Vectors& given) {
  return {.name = "supabase",
          .kind = IssuerKind::supabase,
          .iss = given.issuer("supabase"),
          .algorithms = {Algorithm::es256, Algorithm::rs256, Algorithm::hs256},
          .audience = "authenticated",
          .authorized_parties = {},
          .hs256_secret = given.text("secret")};
}

Issuer clerk(const Vectors& given) {
  return {.name = "clerk",
          .kind = IssuerKind::clerk,
          .iss = given.issuer("clerk"),
          .algorithms = {Algorithm::rs256},
          .audience = {},
          .authorized_parties = {"https://other.example.com", given.issuer("origin")},
          .hs256_secret = {}};
}

}  // namespace ringdown::test
