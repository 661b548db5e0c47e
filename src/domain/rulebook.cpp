#include "domain/rulebook.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "domain/rule_file.h"

namespace ringdown {
namespace {

bool covers(std::string_view place, const Jurisdiction& where) {
  if (place == "*" || place == where.country) return true;
  return place.size() > 3 && place.substr(0, 2) == where.country && place.substr(3) == where.region;
}

template <class Item>
void append(std::vector<Item>& to, std::vector<Item>& from) {
  std::ranges::move(from, std::back_inserter(to));
}

void add_pack(RulePack& all, RulePack& pack) {
  append(all.not_covered, pack.not_covered);
  append(all.allowed_countries, pack.allowed_countries);
  append(all.hours, pack.hours);
  append(all.caps, pack.caps);
  append(all.consents, pack.consents);
  append(all.rings, pack.rings);
  append(all.scrubs, pack.scrubs);
}

template <class Kind>
void note_regions(const std::vector<Kind>& rules, std::vector<std::string>& countries) {
  for (const Rule& rule : rules) {
    for (const std::string& place : rule.places) {
      if (place.size() > 2) countries.push_back(place.substr(0, 2));
    }
  }
}

std::vector<std::string> divided_by(const RulePack& all) {
  std::vector<std::string> countries;
  note_regions(all.hours, countries);
  note_regions(all.caps, countries);
  note_regions(all.consents, countries);
  note_regions(all.rings, countries);
  note_regions(all.scrubs, countries);
  return countries;
}

template <class Kind>
bool is_everywhere(const std::vector<Kind>& rules) {
  return std::ranges::any_of(rules, [](const Rule& rule) {
    return !rule.until && std::ranges::find(rule.places, "*") != rule.places.end();
  });
}

// What no pack says would otherwise be allowed wherever no other rule is known.
Result<void> check_floor(const RulePack& all) {
  const char* lacking = !is_everywhere(all.hours)      ? "hours"
                        : !is_everywhere(all.consents) ? "consents"
                        : !is_everywhere(all.rings)    ? "rings"
                        : !is_everywhere(all.scrubs)   ? "scrubs"
                                                       : nullptr;
  if (lacking)
    return fail(
        Reason::invalid,
        fmt::format("the rule packs have no {} for every place; add a rule with in = [\"*\"]", lacking));
  if (all.allowed_countries.empty())
    return fail(Reason::invalid, "the rule packs allow no country; give allowed_countries in one of them");
  return {};
}

}  // namespace

bool binds(const Rule& rule, std::span<const Jurisdiction> places, Voice voice) {
  if (rule.voice && *rule.voice != voice) return false;
  return std::ranges::any_of(rule.places, [&](const std::string& place) {
    return place == "*" ||
           std::ranges::any_of(places, [&](const auto& where) { return covers(place, where); });
  });
}

Result<Rulebook> Rulebook::parse(std::span<const RuleText> files, std::string_view digest) {
  Rulebook book;
  std::set<std::string> taken;
  std::vector<std::string> versions;
  for (const RuleText& text : files) {
    auto pack = RuleFile(text.toml, text.file, taken).read();
    if (!pack) return std::unexpected(std::move(pack.error()));
    versions.push_back(fmt::format("{} {:04}-{:02}-{:02}", pack->name, int(pack->as_of.year()),
                                   unsigned(pack->as_of.month()), unsigned(pack->as_of.day())));
    add_pack(book.all_, *pack);
  }
  if (auto sound = check_floor(book.all_); !sound) return std::unexpected(std::move(sound.error()));

  book.divided_ = divided_by(book.all_);
  book.version_ = fmt::format("{} ({})", fmt::join(versions, ", "), digest);
  return book;
}

bool Rulebook::needs_region(std::string_view country) const {
  return std::ranges::find(divided_, country) != divided_.end();
}

}  // namespace ringdown
