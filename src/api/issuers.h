// The sign-in services whose tokens are believed, as configured, with the key sets they publish. Any loop may
// ask.
#pragma once

#include <string>
#include <vector>

#include "crypto/jwt.h"
#include "net/kept_page.h"
#include "ports/clock.h"
#include "ports/task.h"

namespace ringdown {

struct TrustedIssuer {
  crypto::Issuer issuer;
  std::string keys_url;  // empty where a shared secret is all there is
};

class Issuers {
 public:
  // Throws Breakage{invalid} when one of them cannot be trusted or its URL is none.
  Issuers(const Loops&, const Clock&, std::vector<TrustedIssuer>);

  struct Subject {
    std::string issuer;
    std::string subject;
  };

  // Who has signed in there, by a token that is good now. Refused as unauthenticated, or as unavailable where
  // the issuer's keys cannot be read.
  Task<Result<Subject>> verify(std::string token) const;

 private:
  struct Known {
    crypto::Issuer issuer;
    std::optional<KeptPage> keys;
  };
  const Known* find(std::string_view iss) const;

  const Clock& clock_;
  std::vector<Known> known_;
};

}  // namespace ringdown
