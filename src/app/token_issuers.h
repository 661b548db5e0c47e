// Whose tokens the configuration wants believed.
#pragma once

#include <string>
#include <vector>

#include "api/issuers.h"
#include "app/config.h"

namespace ringdown {

std::vector<TrustedIssuer> token_issuers(const Config&);

struct IssuerProblem {
  std::string key;  // the setting to mend
  std::string text;
};
std::vector<IssuerProblem> problems_of_issuers(const Config&);

}  // namespace ringdown
