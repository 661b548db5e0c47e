#include "domain/area_codes.h"

#include <algorithm>
#include <span>

#include "base/toml.h"
#include "domain/place_rows.h"

namespace ringdown {
namespace {

constexpr std::size_t area_code_size = 3;
constexpr std::size_t digits_max = 5;

bool is_digits(std::string_view text, std::size_t size_min, std::size_t size_max) {
  return text.size() >= size_min && text.size() <= size_max && text.front() != '0' &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

class AreaReading {
 public:
  AreaReading(std::string_view toml, std::string file) : reader_(toml, std::move(file)) {}

  Result<std::vector<Area>> run() {
    reader_.refuse_unknown(reader_.root(), {"areas", "nowhere", "calling_codes"});
    for (const TomlNode& node : reader_.tables(reader_.root(), "areas")) take_area(node);
    for (const TomlNode& node : reader_.tables(reader_.root(), "nowhere")) take_nowhere(node);
    for (const TomlNode& node : reader_.table(reader_.root(), "calling_codes").items) take_calling_code(node);
    refuse_twins();
    if (const auto verdict = reader_.verdict(); !verdict) return std::unexpected(verdict.error());
    return std::move(areas_);
  }

 private:
  void take_area(const TomlNode& node) {
    reader_.refuse_unknown(node, {"country", "regions", "codes", "zones"});
    Area area;
    area.countries = {std::string(reader_.text(node, "country"))};
    if (const TomlNode* country = node.find("country"); country && !is_country_code(country->text))
      reader_.complain(*country, "must be two capitals, such as US");
    if (node.find("regions")) area.regions = texts(node, "regions");
    area.zones = texts(node, "zones");
    add_codes(node, area);
  }

  void take_nowhere(const TomlNode& node) {
    reader_.refuse_unknown(node, {"what", "codes"});
    Area area;
    area.nowhere = reader_.text(node, "what");
    add_codes(node, area);
  }

  void add_codes(const TomlNode& node, Area area) {
    const TomlNode* codes = node.find("codes");
    texts(node, "codes");
    if (!codes) return;
    for (const TomlNode& code : codes->items) {
      if (!is_digits(code.text, area_code_size, area_code_size))
        reader_.complain(code, "must be three digits in quotes");
      area.digits = "1" + code.text;
      add(code, area);
    }
  }

  void take_calling_code(const TomlNode& node) {
    if (!is_digits(node.key, 1, digits_max)) reader_.complain(node, "must be named by digits");
    Area area{.digits = node.key};
    if (node.kind != TomlKind::list || node.items.empty()) {
      reader_.complain(node, "must be a list of countries");
      return;
    }
    for (const TomlNode& country : node.items) {
      if (!is_country_code(country.text)) reader_.complain(country, "must be two capitals, such as US");
      area.countries.push_back(country.text);
    }
    add(node, area);
  }

  // A list that must not be empty.
  std::vector<std::string> texts(const TomlNode& node, std::string_view key) {
    const auto views = reader_.texts(node, key);
    const TomlNode* list = node.find(key);
    if (list && list->kind == TomlKind::list && list->items.empty())
      reader_.complain(*list, "must not be empty");
    return {views.begin(), views.end()};
  }

  void add(const TomlNode& node, const Area& area) {
    areas_.push_back(area);
    nodes_.push_back(&node);
  }

  void refuse_twins() {
    std::vector<std::size_t> order(areas_.size());
    for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
    std::ranges::sort(order, {},
                      [this](std::size_t at) { return std::pair(std::string_view(areas_[at].digits), at); });

    std::vector<Area> sorted;
    for (const std::size_t at : order) {
      if (!sorted.empty() && sorted.back().digits == areas_[at].digits)
        reader_.complain(*nodes_[at], "is given twice; keep one");
      sorted.push_back(areas_[at]);
    }
    areas_ = std::move(sorted);
  }

  TomlReader reader_;
  std::vector<Area> areas_;
  std::vector<const TomlNode*> nodes_;  // where each came from
};

}  // namespace

Result<AreaCodes> AreaCodes::parse(std::string_view toml, std::string file) {
  auto areas = AreaReading(toml, std::move(file)).run();
  if (!areas) return std::unexpected(std::move(areas.error()));

  AreaCodes codes;
  codes.areas_ = *std::move(areas);
  return codes;
}

const Area* AreaCodes::find(std::string_view e164) const {
  if (!e164.starts_with('+')) return nullptr;
  const std::string_view digits = e164.substr(1);
  for (std::size_t size = std::min(digits.size(), digits_max); size > 0; --size) {
    const auto found = std::ranges::lower_bound(
        areas_, digits.substr(0, size), {}, [](const Area& area) -> std::string_view { return area.digits; });
    if (found != areas_.end() && found->digits == digits.substr(0, size)) return &*found;
  }
  return nullptr;
}

std::string name_of(const Area& area) {
  const bool is_area_code = area.digits.size() == area_code_size + 1 && area.digits.starts_with('1');
  return is_area_code ? "area code " + area.digits.substr(1) : "+" + area.digits;
}

}  // namespace ringdown
