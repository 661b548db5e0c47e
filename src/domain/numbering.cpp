#include "domain/numbering.h"

#include "domain/numbering_file.h"
#include "domain/phone.h"

namespace ringdown {
namespace {

constexpr std::string_view north_america = "1";
constexpr std::size_t calling_code_max = 3;
constexpr std::size_t north_american_size = 12;  // +12125550123
constexpr std::size_t e164_max = 16;
constexpr std::size_t area_code_size = 3;

bool is_e164(std::string_view text) {
  return text.size() >= 2 && text.size() <= e164_max && text[0] == '+' &&
         text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

NumberKind to_kind(LineType type) {
  switch (type) {
    case LineType::ordinary: return NumberKind::ordinary;
    case LineType::toll_free: return NumberKind::toll_free;
    case LineType::premium: return NumberKind::premium;
    case LineType::shared_cost: return NumberKind::shared_cost;
    case LineType::personal: return NumberKind::personal;
    case LineType::pager:
    case LineType::voicemail: return NumberKind::service;
    case LineType::unknown: break;
  }
  return NumberKind::unassigned;
}

}  // namespace

Result<Numbering> Numbering::parse(std::string_view toml, std::string file_name) {
  return NumberingFile(toml, std::move(file_name)).read();
}

NumberFacts Numbering::judge(std::string_view e164) const {
  if (!is_e164(e164)) return {NumberKind::unassigned, {}};

  const std::string_view digits = e164.substr(1);
  auto country = calling_codes_.end();
  for (std::size_t size = 1; size <= calling_code_max && country == calling_codes_.end(); ++size)
    country = calling_codes_.find(digits.substr(0, size));
  if (country == calling_codes_.end()) return {NumberKind::unassigned, {}};

  const auto& [code, region] = *country;
  if (const auto found = short_numbers_.find(digits.substr(code.size())); found != short_numbers_.end())
    return {found->second, region};

  const std::optional<NumberKind> said = ranges_.find(e164);
  if (code == north_america) return judge_north_american(e164, said);
  if (said && *said != NumberKind::ordinary) return {*said, region};

  LineFacts facts = line_facts(e164);
  if (facts.region.empty()) facts.region = region;
  return {said.value_or(to_kind(facts.type)), std::move(facts.region)};
}

// Every kind of +1 number is told by its area code or exchange, so the ranges say all there is to say. The
// metadata is not asked: it would refuse area codes for being newer than itself.
NumberFacts Numbering::judge_north_american(std::string_view e164, std::optional<NumberKind> said) const {
  NumberFacts facts{said.value_or(NumberKind::ordinary), {}};
  if (e164.size() != north_american_size) facts.kind = NumberKind::unassigned;

  const auto area = area_codes_.find(e164.substr(2, area_code_size));
  facts.region_assumed = area == area_codes_.end();
  facts.region = facts.region_assumed ? calling_codes_.find(north_america)->second : area->second;
  return facts;
}

}  // namespace ringdown
