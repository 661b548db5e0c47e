// Who may sign tokens for us, as configured. Nothing in a token can widen what stands here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "crypto/public_key.h"

namespace ringdown::crypto {

enum class IssuerKind { supabase, clerk };

struct Issuer {
  std::string name;  // what messages call it
  IssuerKind kind;
  std::string iss;
  std::vector<Algorithm> algorithms;
  std::optional<std::string> audience;          // asked for only where it is set
  std::vector<std::string> authorized_parties;  // where there are any, azp must be one of them
  std::optional<std::string> hs256_secret;
};

// Is the configuration one that verify can be trusted with? To be asked when it is read.
Result<void> judge_issuer(const Issuer&);

}  // namespace ringdown::crypto
