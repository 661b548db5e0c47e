#include "domain/consent_rule.h"

#include <algorithm>
#include <array>

namespace ringdown {
namespace {

// From what is furthest away on.
constexpr std::array<const char*, 5> lacks = {
    "the consent that was given has been taken back",
    "the consent is dated in the future",
    "the consent covers information only",
    "the consent is not in writing",
    "the words that were agreed to do not name calls by an artificial voice",
};

std::size_t steps_taken(const ConsentRule& rule, Purpose purpose, const ConsentFact& consent, Time at) {
  if (consent.revoked) return 0;
  if (consent.given_at > at) return 1;
  if (purpose == Purpose::marketing && consent.scope != ConsentScope::marketing) return 2;
  if (rule.written && !consent.written) return 3;
  if (rule.names_artificial_voice && !consent.names_artificial_voice) return 4;
  return lacks.size();
}

}  // namespace

std::string what_lacks(const ConsentRule& rule, Purpose purpose, std::span<const ConsentFact> consents,
                       Time at) {
  if (consents.empty()) return "no consent of this number is kept";
  std::size_t furthest = 0;
  for (const ConsentFact& consent : consents)
    furthest = std::max(furthest, steps_taken(rule, purpose, consent, at));
  return furthest == lacks.size() ? "" : lacks[furthest];
}

}  // namespace ringdown
