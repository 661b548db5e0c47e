#include "domain/lead_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "domain/lead_header_names.h"
#include "domain/phone.h"

namespace ringdown {
namespace {

template <class T>
struct Meaning {
  std::string_view words;  // as header_key() makes them
  T value;
};

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != words.npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

template <class T, std::size_t n>
std::optional<T> meaning_of(std::string_view cell, const Meaning<T> (&meanings)[n]) {
  const std::string key = header_key(cell);
  if (key.empty()) return std::nullopt;

  for (const auto& [words, value] : meanings) {
    if (has_word(words, key)) return value;
  }
  return std::nullopt;
}

constexpr Meaning<bool> yes_and_no[] = {
    {"yes y true 1 ja si oui", true},
    {"no n false 0 nein non", false},
};

constexpr Meaning<LeadStatus> statuses[] = {
    {"pending new open queued notcalled uncalled neu offen nuevo nouveau", LeadStatus::pending},
    {"calling", LeadStatus::calling},
    {"contacted connected completed called reached", LeadStatus::contacted},
    {"noanswer unanswered notreached", LeadStatus::no_answer},
    {"callback callbackrequested callbacklater followup", LeadStatus::callback},
    {"scheduled booked appointment appointmentset appointmentscheduled", LeadStatus::scheduled},
    {"notinterested", LeadStatus::not_interested},
    {"wrongnumber badnumber invalidnumber", LeadStatus::wrong_number},
    {"dnc donotcall donotcontact optedout optout unsubscribed", LeadStatus::dnc},
    {"error failed", LeadStatus::error},
};

constexpr Meaning<Tier> tiers[] = {
    {"low", Tier::low},
    {"standard normal medium regular", Tier::standard},
    {"high", Tier::high},
    {"premium vip", Tier::premium},
};

constexpr Meaning<ConsentScope> scopes[] = {
    {"marketing advertising promotional", ConsentScope::marketing},
    {"information informational service transactional", ConsentScope::information},
};

constexpr Meaning<std::string_view> countries[] = {
    {"usa unitedstates unitedstatesofamerica america estadosunidos etatsunis vereinigtestaaten", "US"},
    {"uk unitedkingdom greatbritain england scotland wales", "GB"},
    {"canada kanada", "CA"},
    {"mexico mexiko mexique", "MX"},
    {"germany deutschland alemania allemagne", "DE"},
    {"austria osterreich autriche", "AT"},
    {"switzerland schweiz suisse suiza", "CH"},
    {"france frankreich francia", "FR"},
    {"spain espana spanien espagne", "ES"},
    {"portugal", "PT"},
    {"italy italia italien italie", "IT"},
    {"belgium belgien belgique", "BE"},
    {"netherlands niederlande holland", "NL"},
    {"luxembourg luxemburg", "LU"},
    {"ireland irland", "IE"},
    {"denmark danemark danmark", "DK"},
    {"sweden schweden sverige", "SE"},
    {"norway norwegen norge", "NO"},
    {"finland finnland", "FI"},
    {"poland polen polska", "PL"},
    {"australia australien", "AU"},
    {"newzealand neuseeland", "NZ"},
    {"southafrica sudafrika", "ZA"},
    {"india indien", "IN"},
    {"japan", "JP"},
    {"brazil brasil brasilien", "BR"},
    {"argentina argentinien", "AR"},
    {"colombia kolumbien", "CO"},
    {"chile", "CL"},
    {"peru", "PE"},
};

std::string in_capitals(std::string_view word) {
  std::string capitals(word);
  for (char& c : capitals) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return capitals;
}

// Whole numbers with one sort of mark between them: 2024-03-25, 14:30:00.
std::vector<int> numbers_between(std::string_view text, char mark) {
  std::vector<int> numbers;
  for (const std::string_view part : split(text, mark)) {
    constexpr std::size_t digits_max = 4;
    int number = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    const bool whole = error == std::errc{} && end == part.data() + part.size();
    if (!whole || part.size() > digits_max || number < 0) return {};
    numbers.push_back(number);
  }
  return numbers;
}

struct Date {
  int year, month, day;
};

std::optional<Date> read_date(std::string_view text) {
  for (const char mark : {'-', '/', '.'}) {
    const std::vector<int> parts = numbers_between(text, mark);
    if (parts.size() != 3) continue;
    if (parts[0] > 31 && mark != '.') return Date{parts[0], parts[1], parts[2]};
    if (parts[2] <= 31) return std::nullopt;
    if (mark == '.') return Date{parts[2], parts[1], parts[0]};

    const bool either_order = parts[0] <= 12 && parts[1] <= 12 && parts[0] != parts[1];
    if (mark == '-' || either_order) return std::nullopt;
    return parts[0] <= 12 ? Date{parts[2], parts[0], parts[1]} : Date{parts[2], parts[1], parts[0]};
  }
  return std::nullopt;
}

// 14:30, 14:30:00, 2:30 PM; midnight where there is nothing.
std::optional<std::string> read_clock(std::string_view text) {
  if (text.empty()) return "00:00:00";

  const std::string lower = lowered(text);
  const bool before_noon = lower.ends_with("am");
  const bool after_noon = lower.ends_with("pm");
  const bool by_halves = before_noon || after_noon;
  std::vector<int> parts =
      numbers_between(trimmed(std::string_view(lower).substr(0, lower.size() - (by_halves ? 2 : 0))), ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  if (by_halves) {
    if (parts[0] < 1 || parts[0] > 12) return std::nullopt;
    parts[0] = parts[0] % 12 + (after_noon ? 12 : 0);
  }
  parts.resize(3);
  return fmt::format("{:02}:{:02}:{:02}", parts[0], parts[1], parts[2]);
}

constexpr std::string_view special = ";|:\\";

}  // namespace

std::optional<bool> read_yes_no(std::string_view cell) {
  return meaning_of(cell, yes_and_no);
}

std::optional<double> read_decimal(std::string_view cell) {
  constexpr std::size_t length_max = 40;
  if (cell.size() > length_max) return std::nullopt;

  std::string text(cell);
  if (!text.contains('.')) std::ranges::replace(text, ',', '.');
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [read_to, error] = std::from_chars(text.data() + text.starts_with('+'), end, number);
  if (error != std::errc{} || read_to != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<double> read_interest(std::string_view cell) {
  const bool percent = cell.ends_with('%');
  auto interest = read_decimal(percent ? trimmed(cell.substr(0, cell.size() - 1)) : cell);
  if (interest && percent) interest = *interest / 100;
  if (!interest) {
    if (const auto yes = read_yes_no(cell)) interest = *yes ? 1 : 0;
  }
  if (!interest || *interest < 0 || *interest > 1) return std::nullopt;
  return interest;
}

std::optional<LeadStatus> read_status(std::string_view cell) {
  return meaning_of(cell, statuses);
}

std::optional<Tier> read_tier(std::string_view cell) {
  return meaning_of(cell, tiers);
}

std::optional<ConsentScope> read_scope(std::string_view cell) {
  return meaning_of(cell, scopes);
}

std::optional<std::string> read_country(std::string_view cell) {
  if (cell.size() == 2) {
    std::string code = in_capitals(cell);
    if (is_region(code)) return code;
  }
  const auto code = meaning_of(cell, countries);
  if (!code) return std::nullopt;
  return std::string(*code);
}

std::optional<Time> read_moment(std::string_view cell) {
  if (const auto time = parse_time(cell)) return time;

  const std::size_t date_end = std::min(cell.find_first_of(" T"), cell.size());
  const auto date = read_date(cell.substr(0, date_end));
  const auto clock = read_clock(trimmed(cell.substr(std::min(date_end + 1, cell.size()))));
  if (!date || !clock) return std::nullopt;
  return parse_time(fmt::format("{:04}-{:02}-{:02}T{}Z", date->year, date->month, date->day, *clock));
}

std::vector<std::string_view> list_items(std::string_view cell) {
  std::vector<std::string_view> items;
  const auto add = [&](std::string_view item) {
    if (item = trimmed(item); !item.empty()) items.push_back(item);
  };
  std::size_t begin = 0;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] == '\\') {
      ++i;
    } else if (cell[i] == ';' || cell[i] == '|') {
      add(cell.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  add(cell.substr(begin));
  return items;
}

std::string unescaped(std::string_view item) {
  std::string plain;
  plain.reserve(item.size());
  for (std::size_t i = 0; i < item.size(); ++i) {
    const bool escape = item[i] == '\\' && i + 1 < item.size() && special.contains(item[i + 1]);
    plain += item[escape ? ++i : i];
  }
  return plain;
}

void append_item(std::string& cell, std::string_view item) {
  if (!cell.empty()) cell += ';';
  for (const char c : item) {
    if (special.contains(c)) cell += '\\';
    cell += c;
  }
}

InterestItem read_interest_item(std::string_view item) {
  std::size_t colon = std::string_view::npos;
  for (std::size_t i = 0; i < item.size(); ++i) {
    if (item[i] == '\\')
      ++i;
    else if (item[i] == ':')
      colon = i;
  }
  if (colon == std::string_view::npos) return {unescaped(item), {}};
  return {unescaped(trimmed(item.substr(0, colon))), trimmed(item.substr(colon + 1))};
}

bool is_longer(std::string_view text, std::size_t length_max) {
  return text.size() > length_max && characters_in(text) > length_max;
}

std::string shown_cell(std::string_view cell) {
  constexpr std::size_t shown_max = 40;
  return is_longer(cell, shown_max) ? "" : fmt::format(" '{}'", cell);
}

}  // namespace ringdown
