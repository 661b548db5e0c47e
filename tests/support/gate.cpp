#include "tests/support/gate.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "domain/jurisdictions.h"
#include "tests/support/atlas.h"
#include "tests/support/paths.h"

namespace ringdown::test {

std::vector<RuleText> rule_texts() {
  std::vector<RuleText> texts;
  for (const auto& entry : std::filesystem::directory_iterator(RINGDOWN_SOURCE "/assets/rules")) {
    std::ifstream file(entry.path(), std::ios::binary);
    texts.push_back({entry.path().filename(), {std::istreambuf_iterator<char>(file), {}}});
  }
  std::ranges::sort(texts, {}, &RuleText::file);
  return texts;
}

const Rulebook& rulebook() {
  static const Rulebook book = Rulebook::parse(rule_texts(), "digest").value();
  return book;
}

DialFacts facts_of(const std::string& e164) {
  const ZoneFacts where{.e164 = e164};
  DialFacts facts;
  facts.kind = NumberKind::ordinary;
  facts.country = atlas().numbering.judge(e164).region;
  facts.allowed_countries = {"US", "CA", "GB", "PR", "GU"};
  facts.zones = zones_of(where, *atlas().places.now(), atlas().area_codes);
  facts.places = jurisdictions_of(where, *atlas().places.now(), atlas().area_codes);
  facts.blocked = Known::no;
  facts.scrub.needed = false;
  facts.consents = {{.scope = ConsentScope::marketing,
                     .written = true,
                     .names_artificial_voice = true,
                     .given_at = *parse_time("2020-01-01T00:00:00Z")}};
  facts.lead = LeadFacts{.status = LeadStatus::pending, .attempts_max = 3};
  facts.history = NumberHistory{.live_call = Known::no};
  facts.ring_timeout = 30s;
  return facts;
}

}  // namespace ringdown::test
