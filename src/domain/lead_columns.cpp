#include "domain/lead_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "domain/lead_header_names.h"

namespace ringdown {
namespace {

using Headers = std::span<const std::string_view>;

constexpr std::string_view interest_prefix = "interest:";
constexpr std::size_t shown_max = 60;

std::string shown(std::string_view text) {
  const std::string_view part = text.substr(0, shown_max);
  return is_clean_utf8(part) && part.size() == text.size() ? std::string(text) : "…";
}

std::unexpected<Failure> refused(std::string text) {
  return fail(Reason::invalid, std::move(text), "mapping");
}

// Every column gets a name of its own, so that people can say which one they mean.
std::vector<std::string> names_of(Headers headers) {
  std::vector<std::string> names;
  std::set<std::string, std::less<>> taken;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    std::string name(trimmed(headers[i]));
    if (name.empty()) name = fmt::format("column {}", i + 1);
    while (taken.contains(name)) name += fmt::format(" (column {})", i + 1);
    taken.insert(name);
    names.push_back(std::move(name));
  }
  return names;
}

// interest:botox and interest_botox are botox; nothing where it is no such header.
std::optional<std::string> service_in(std::string_view header) {
  if (lowered(header.substr(0, interest_prefix.size())) != interest_prefix &&
      lowered(header.substr(0, interest_prefix.size())) != "interest_") {
    return std::nullopt;
  }
  const std::string_view service = trimmed(header.substr(interest_prefix.size()));
  if (service.empty()) return std::nullopt;
  return std::string(service);
}

class Settling {
 public:
  explicit Settling(Headers headers) : names_(names_of(headers)), settled_(names_.size()) {
    for (const std::string& name : names_)
      mapping_.columns.push_back({.header = name, .column = {}, .service = {}});
  }

  Result<void> take_wanted(const WantedColumns& wanted) {
    for (const auto& [header, word] : wanted) {
      const auto index = index_of(header);
      if (!index) return std::unexpected(index.error());
      if (settled_[*index]) return refused(fmt::format("header '{}' is given twice", shown(names_[*index])));
      settled_[*index] = true;
      if (!word) continue;
      if (auto set = set_word(*index, *word); !set) return set;
    }
    return {};
  }

  void guess() {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (settled_[i]) continue;
      if (auto service = service_in(names_[i])) {
        if (!owner_of(LeadColumn::interest, service)) set(i, LeadColumn::interest, std::move(service));
        continue;
      }
      auto column = known_header(header_key(names_[i]));
      if (!column) continue;
      if (column == LeadColumn::phone && owner_of(LeadColumn::phone)) column = LeadColumn::other_phone;
      if (column == LeadColumn::other_phone || !owner_of(*column)) set(i, *column);
    }
  }

  LeadMapping mapping() && { return std::move(mapping_); }

 private:
  Result<std::size_t> index_of(std::string_view header) const {
    const auto exact = std::ranges::find(names_, trimmed(header));
    if (exact != names_.end()) return static_cast<std::size_t>(exact - names_.begin());

    std::optional<std::size_t> alike;
    const std::string key = header_key(header);
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (key.empty() || header_key(names_[i]) != key) continue;
      if (alike) {
        return refused(fmt::format("header '{}' may be '{}' or '{}'; write it as the file does",
                                   shown(header), shown(names_[*alike]), shown(names_[i])));
      }
      alike = i;
    }
    if (alike) return *alike;
    return refused(fmt::format("the file has no header '{}'{}", shown(header), hint(header)));
  }

  std::string hint(std::string_view header) const {
    const std::vector<std::string_view> names(names_.begin(), names_.end());
    if (header.size() <= shown_max) {
      if (const auto near = closest(header, names)) return fmt::format("; did you mean '{}'?", shown(*near));
    }
    return "; its first line says what it has";
  }

  Result<void> set_word(std::size_t index, std::string_view word) {
    if (auto service = service_in(word)) {
      if (const auto owner = owner_of(LeadColumn::interest, service))
        return refused(two_for_one(word, *owner, index));
      set(index, LeadColumn::interest, std::move(service));
      return {};
    }
    const auto column = parse_enum<LeadColumn>(word);
    if (!column || column == LeadColumn::interest) return refused(unknown_word(index, word));

    const auto owner = column == LeadColumn::other_phone ? std::nullopt : owner_of(*column);
    if (owner) return refused(two_for_one(word, *owner, index));
    set(index, *column);
    return {};
  }

  std::string unknown_word(std::size_t index, std::string_view word) const {
    std::vector<std::string> words = words_of<LeadColumn>();
    std::ranges::replace(words, to_text(LeadColumn::interest), "interest:SERVICE");
    return fmt::format("header '{}': there is no column '{}'; use one of {}, or null to leave it out",
                       shown(names_[index]), shown(word), fmt::join(words, ", "));
  }

  std::string two_for_one(std::string_view word, std::size_t one, std::size_t other) const {
    return fmt::format("both '{}' and '{}' are to be {}; leave one of them out", shown(names_[one]),
                       shown(names_[other]), shown(word));
  }

  std::optional<std::size_t> owner_of(LeadColumn column,
                                      const std::optional<std::string>& service = std::nullopt) const {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (mapping_.columns[i].column == column && mapping_.columns[i].service == service) return i;
    }
    return std::nullopt;
  }

  void set(std::size_t index, LeadColumn column, std::optional<std::string> service = std::nullopt) {
    mapping_.columns[index].column = column;
    mapping_.columns[index].service = std::move(service);
  }

  std::vector<std::string> names_;
  std::vector<bool> settled_;
  LeadMapping mapping_;
};

bool looks_like_phone(std::string_view cell) {
  constexpr std::size_t digits_min = 7;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto fits = [&](char c) { return is_digit(c) || std::string_view("+-.()/ ").contains(c); };
  return std::ranges::all_of(cell, fits) &&
         static_cast<std::size_t>(std::ranges::count_if(cell, is_digit)) >= digits_min;
}

bool is_mapped(const MappedColumn& column) {
  return column.column.has_value();
}

bool reads_phone(const MappedColumn& column) {
  return column.column == LeadColumn::phone || column.column == LeadColumn::other_phone;
}

}  // namespace

LeadMapping guess_lead_mapping(Headers headers) {
  Settling settling(headers);
  settling.guess();
  return std::move(settling).mapping();
}

Result<LeadMapping> settle_lead_mapping(Headers headers, const WantedColumns& wanted) {
  Settling settling(headers);
  if (auto taken = settling.take_wanted(wanted); !taken) return std::unexpected(taken.error());
  settling.guess();

  LeadMapping mapping = std::move(settling).mapping();
  if (std::ranges::any_of(mapping.columns, reads_phone)) return mapping;

  if (std::ranges::none_of(mapping.columns, is_mapped) && std::ranges::any_of(headers, looks_like_phone)) {
    return refused(
        "the first line must name the columns, such as phone,name,email; here it is a lead already");
  }
  return refused(
      "no column for the phone; call one 'phone' in the file's first line, or say in the mapping which it "
      "is");
}

}  // namespace ringdown
