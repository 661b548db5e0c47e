// The rule packs that people edit: assets/rules/*.toml.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "domain/dial_rules.h"

using namespace ringdown;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

DialFacts somebody() {
  DialFacts facts;
  facts.kind = NumberKind::ordinary;
  facts.country = "US";
  facts.allowed_countries = {"US"};
  facts.zones = {{"America/New_York", ZoneSource::stored, "it was set"}};
  facts.places = {{"US", "FL", "the address"}};
  facts.blocked = Known::no;
  facts.lead = LeadFacts{.status = LeadStatus::pending, .attempts_max = 3};
  facts.history = NumberHistory{.live_call = Known::no};
  facts.ring_timeout = 60s;
  facts.voice = Voice::human;
  return facts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<RuleText> texts = {{"f", std::string(reinterpret_cast<const char*>(data), size)}};
  const auto book = Rulebook::parse(texts, "digest");
  if (!book) {
    must(book.error().text.starts_with("f line ") || book.error().text.starts_with("the rule packs "));
    return 0;
  }
  const Time now = *parse_time("2026-06-16T16:00:00Z");
  DialFacts facts = somebody();
  facts.scrub.scrubbed_at = now;
  const Verdict verdict = may_dial(facts, *book, now);
  must(verdict.until.has_value() == (verdict.decision == Decision::defer));
  if (verdict.until) must(may_dial(facts, *book, *verdict.until).decision == Decision::allow);
  return 0;
}
