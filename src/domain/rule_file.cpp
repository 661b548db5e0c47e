#include "domain/rule_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ringdown {
namespace {

constexpr int calls_max = 100;
constexpr int hours_max = 24 * 31;
constexpr int ring_seconds_max = 120;
constexpr int scrub_days_max = 366;

bool is_capitals(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// "US", "US-FL", "*"
bool is_place(std::string_view text) {
  if (text == "*") return true;
  if (!is_capitals(text.substr(0, 2))) return false;
  if (text.size() == 2) return true;
  const std::string_view region = text.substr(3);
  return text[2] == '-' && !region.empty() && region.size() <= 3 &&
         std::ranges::all_of(region, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 60 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

bool meet(const Rule& one, const Rule& other) {
  const bool ends_before = one.until && *one.until <= other.from;
  const bool begins_after = other.until && *other.until <= one.from;
  return !ends_before && !begins_after && one.voice == other.voice &&
         std::ranges::find_first_of(one.places, other.places) != one.places.end();
}

}  // namespace

Result<RulePack> RuleFile::read() {
  read_head();
  read_holidays();
  for (const TomlNode& rule : rules("hours")) read_hours(rule);
  for (const TomlNode& rule : rules("caps")) read_cap(rule);
  for (const TomlNode& rule : rules("consents")) read_consent(rule);
  for (const TomlNode& rule : rules("rings")) read_ring(rule);
  for (const TomlNode& rule : rules("scrubs")) read_scrub(rule);
  reader_.refuse_unknown(reader_.root(), {"name", "as_of", "not_covered", "allowed_countries", "holidays",
                                          "hours", "caps", "consents", "rings", "scrubs"});

  if (auto sound = reader_.verdict(); !sound) return std::unexpected(sound.error());
  return std::move(pack_);
}

void RuleFile::read_head() {
  const TomlNode& root = reader_.root();
  pack_.name = text_of(root, "name");
  const TomlNode* name = root.find("name");
  if (name && name->kind == TomlKind::text) {
    if (!is_id(name->text))
      reader_.complain(*name, "must be small letters, digits, dots and hyphens");
    else if (!taken_.insert("pack " + name->text).second)
      reader_.complain(*name, "is the name of another pack; give each its own");
  }
  pack_.as_of = reader_.date(root, "as_of");
  for (const std::string_view gap : reader_.texts(root, "not_covered")) pack_.not_covered.emplace_back(gap);

  const TomlNode* countries = root.find("allowed_countries");
  if (!countries) return;
  for (const std::string_view code : reader_.texts(root, "allowed_countries"))
    pack_.allowed_countries.emplace_back(code);
  for (const TomlNode& code : countries->items) {
    if (!is_capitals(code.text)) reader_.complain(code, "must be two capitals, such as US");
  }
}

void RuleFile::read_holidays() {
  if (!reader_.root().find("holidays")) return;
  for (const TomlNode& named : reader_.table(reader_.root(), "holidays").items) read_holiday_list(named);
}

void RuleFile::read_holiday_list(const TomlNode& named) {
  if (named.kind != TomlKind::list || named.items.empty()) {
    reader_.complain(named, "must be a list of days");
    return;
  }
  std::vector<Holiday>& days = holidays_[named.key];
  for (const TomlNode& day : named.items) {
    auto holiday = parse_holiday(day.text);
    if (holiday)
      days.push_back(*std::move(holiday));
    else
      reader_.complain(day,
                       "must be a day like \"july 4 observed\", \"last monday of may\" or \"easter -2\"");
  }
}

void RuleFile::read_hours(const TomlNode& node) {
  reader_.refuse_unknown(node, {"id", "in", "says", "source", "from", "until", "voice", "weekdays",
                                "saturday", "sunday", "closed_on"});
  HoursRule rule;
  take_rule(node, rule);
  const auto weekdays = day_hours(node, "weekdays");
  const auto sunday = day_hours(node, "sunday");
  const auto saturday = day_hours(node, "saturday");
  rule.hours.days = {sunday, weekdays, weekdays, weekdays, weekdays, weekdays, saturday};
  if (!weekdays && !saturday && !sunday) reader_.complain(node, "must be open on some day");
  take_closed_days(node, rule);
  refuse_second_hours(node, rule);
  pack_.hours.push_back(std::move(rule));
}

void RuleFile::read_cap(const TomlNode& node) {
  reader_.refuse_unknown(node, {"id", "in", "says", "source", "from", "until", "voice", "calls", "hours"});
  CapRule rule;
  take_rule(node, rule);
  rule.calls = count(node, "calls", calls_max);
  rule.within = std::chrono::hours(count(node, "hours", hours_max));
  pack_.caps.push_back(std::move(rule));
}

void RuleFile::read_consent(const TomlNode& node) {
  reader_.refuse_unknown(node, {"id", "in", "says", "source", "from", "until", "voice", "purpose", "written",
                                "names_artificial_voice"});
  ConsentRule rule;
  take_rule(node, rule);
  rule.purpose = word<Purpose>(node, "purpose");
  rule.written = node.find("written") && reader_.truth(node, "written");
  rule.names_artificial_voice =
      node.find("names_artificial_voice") && reader_.truth(node, "names_artificial_voice");
  pack_.consents.push_back(std::move(rule));
}

void RuleFile::read_ring(const TomlNode& node) {
  reader_.refuse_unknown(node, {"id", "in", "says", "source", "from", "until", "voice", "seconds"});
  RingRule rule;
  take_rule(node, rule);
  rule.at_least = std::chrono::seconds(count(node, "seconds", ring_seconds_max));
  pack_.rings.push_back(std::move(rule));
}

void RuleFile::read_scrub(const TomlNode& node) {
  reader_.refuse_unknown(node, {"id", "in", "says", "source", "from", "until", "voice", "days"});
  ScrubRule rule;
  take_rule(node, rule);
  rule.age_max = std::chrono::days(count(node, "days", scrub_days_max));
  pack_.scrubs.push_back(std::move(rule));
}

std::span<const TomlNode> RuleFile::rules(std::string_view key) {
  if (!reader_.root().find(key)) return {};
  return reader_.tables(reader_.root(), key);
}

void RuleFile::take_rule(const TomlNode& node, Rule& into) {
  into.id = text_of(node, "id");
  const TomlNode* id = node.find("id");
  if (id && id->kind == TomlKind::text) {
    if (!is_id(id->text))
      reader_.complain(*id, "must be small letters, digits, dots and hyphens");
    else if (!taken_.insert(id->text).second)
      reader_.complain(*id, "is the id of another rule; give each its own");
  }
  into.says = text_of(node, "says");
  into.source = text_of(node, "source");
  into.voice = word<Voice>(node, "voice");
  take_places(node, into);
  take_dates(node, into);
}

void RuleFile::take_places(const TomlNode& node, Rule& into) {
  for (const std::string_view place : reader_.texts(node, "in")) into.places.emplace_back(place);
  const TomlNode* list = node.find("in");
  if (!list || list->kind != TomlKind::list) return;
  if (list->items.empty()) reader_.complain(*list, "must name a place");
  for (const TomlNode& place : list->items) {
    if (!is_place(place.text)) reader_.complain(place, "must be a place like \"US\", \"US-FL\", or \"*\"");
  }
}

void RuleFile::take_dates(const TomlNode& node, Rule& into) {
  into.from = reader_.date(node, "from");
  const TomlNode* until = node.find("until");
  if (!until) return;
  into.until = reader_.date(node, "until");
  if (until->kind == TomlKind::date && *into.until <= into.from)
    reader_.complain(*until, "must be later than from");
}

void RuleFile::take_closed_days(const TomlNode& node, HoursRule& into) {
  if (!node.find("closed_on")) return;
  const TomlNode& list = *node.find("closed_on");
  for (const std::string_view name : reader_.texts(node, "closed_on")) {
    const auto days = holidays_.find(name);
    if (days == holidays_.end())
      reader_.complain(list, fmt::format("must name lists of [holidays]; {} is none", name));
    else
      into.closed_on.insert(into.closed_on.end(), days->second.begin(), days->second.end());
  }
}

// Two of them would have to be read together to know what holds, and might leave no hour at all.
void RuleFile::refuse_second_hours(const TomlNode& node, const HoursRule& rule) {
  for (const HoursRule& other : pack_.hours) {
    if (meet(rule, other))
      reader_.complain(node,
                       fmt::format("must not overlap with {}, which has hours for the same place, voice "
                                   "and dates; write one rule",
                                   other.id));
  }
}

std::string RuleFile::text_of(const TomlNode& node, std::string_view key) {
  const std::string_view text = reader_.text(node, key);
  const TomlNode* value = node.find(key);
  if (text.empty() && value && value->kind == TomlKind::text) reader_.complain(*value, "must not be empty");
  return std::string(text);
}

std::optional<DayHours> RuleFile::day_hours(const TomlNode& node, std::string_view key) {
  const std::string_view text = reader_.text(node, key);
  const TomlNode* value = node.find(key);
  if (!value || value->kind != TomlKind::text || text == "closed") return {};
  const auto hours = parse_day_hours(text);
  if (!hours) reader_.complain(*value, "must be \"closed\" or hours like \"08:00-21:00\"");
  return hours;
}

int RuleFile::count(const TomlNode& node, std::string_view key, int most) {
  const std::int64_t number = reader_.integer(node, key);
  const TomlNode* value = node.find(key);
  if (!value || value->kind != TomlKind::integer) return 1;
  if (number >= 1 && number <= most) return static_cast<int>(number);
  reader_.complain(*value, fmt::format("must be 1 to {}", most));
  return 1;
}

template <class Word>
std::optional<Word> RuleFile::word(const TomlNode& node, std::string_view key) {
  const TomlNode* value = node.find(key);
  if (!value) return {};
  const auto parsed = parse_enum<Word>(reader_.text(node, key));
  if (!parsed && value->kind == TomlKind::text)
    reader_.complain(*value, fmt::format("must be one of {}", fmt::join(words_of<Word>(), ", ")));
  return parsed;
}

}  // namespace ringdown
