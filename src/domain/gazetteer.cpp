#include "domain/gazetteer.h"

#include <algorithm>
#include <expected>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/json_tree.h"
#include "base/text.h"
#include "base/timezone.h"

namespace ringdown {
namespace {

constexpr std::size_t columns = 19;
enum Column {
  name = 1,
  latitude = 4,
  longitude = 5,
  kind = 6,
  code = 7,
  country = 8,
  division = 10,
  population = 14,
  zone = 17
};

struct Division {
  std::string_view country;
  std::string_view code;
  std::string_view region;
};

// Elsewhere than in the US, divisions are numbered; these are the ones that addresses name by letters.
constexpr Division divisions[] = {
    {"CA", "01", "AB"}, {"CA", "02", "BC"},  {"CA", "03", "MB"}, {"CA", "04", "NB"},  {"CA", "05", "NL"},
    {"CA", "07", "NS"}, {"CA", "08", "ON"},  {"CA", "09", "PE"}, {"CA", "10", "QC"},  {"CA", "11", "SK"},
    {"CA", "12", "YT"}, {"CA", "13", "NT"},  {"CA", "14", "NU"}, {"AU", "01", "ACT"}, {"AU", "02", "NSW"},
    {"AU", "03", "NT"}, {"AU", "04", "QLD"}, {"AU", "05", "SA"}, {"AU", "06", "TAS"}, {"AU", "07", "VIC"},
    {"AU", "08", "WA"},
};
constexpr std::string_view us_territories[] = {"PR", "VI", "GU", "AS", "MP"};
constexpr std::string_view gone[] = {"PPLH", "PPLQ", "PPLW", "PPLCH"};

using Fields = std::vector<std::string_view>;
using Taken = std::expected<std::optional<PlaceRow>, std::string>;  // nothing: no place of ours

std::string_view region_of(std::string_view country_code, std::string_view division_code) {
  if (country_code == "US") return division_code;
  const auto found = std::ranges::find_if(divisions, [&](const Division& each) {
    return each.country == country_code && each.code == division_code;
  });
  return found == std::end(divisions) ? std::string_view() : found->region;
}

void take_country(PlaceRow& row, const Fields& fields) {
  row.country = fields[country];
  row.region = region_of(row.country, fields[division]);
  if (std::ranges::find(us_territories, row.country) == std::end(us_territories)) return;
  row.region = std::exchange(row.country, "US");
}

std::unexpected<std::string> wrong(std::string_view column, std::string_view must, std::string_view got) {
  return std::unexpected(fmt::format("{} must be {}; got \"{}\"", column, must, excerpt(got)));
}

Taken place_of(const Fields& fields) {
  if (fields[kind] != "P" || std::ranges::find(gone, fields[code]) != std::end(gone)) return std::nullopt;

  const auto north = parse_degrees(fields[latitude], 90);
  const auto east = parse_degrees(fields[longitude], 180);
  const auto people = parse_population(fields[population]);
  if (fields[name].empty()) return wrong("name", "a text", "");
  if (!north) return wrong("latitude", "degrees, -90 to 90", fields[latitude]);
  if (!east) return wrong("longitude", "degrees, -180 to 180", fields[longitude]);
  if (!is_country_code(fields[country])) return wrong("country", "two capitals", fields[country]);
  if (!people) return wrong("population", "a whole number", fields[population]);
  if (!is_timezone(fields[zone])) return wrong("time zone", "one that is known here", fields[zone]);

  PlaceRow row{
      .name = fields[name], .at = GeoPoint{*north, *east}, .population = *people, .zones = fields[zone]};
  take_country(row, fields);
  return row;
}

Taken place_in(std::string_view line) {
  if (!is_clean_utf8(line)) return std::unexpected("this is not UTF-8");
  const Fields fields = split(line, '\t');
  if (fields.size() != columns)
    return std::unexpected(
        fmt::format("has {} columns between tabs; GeoNames has {}", fields.size(), columns));
  return place_of(fields);
}

}  // namespace

void GazetteerReader::feed(std::string_view piece) {
  for (std::size_t end = piece.find('\n'); end != piece.npos; end = piece.find('\n')) {
    const std::string_view part = piece.substr(0, end);
    piece.remove_prefix(end + 1);
    if (kept_.empty() && !too_long_ && part.size() <= line_size_max) {
      end_line(part);
      continue;
    }
    keep(part);
    end_line(kept_);
    kept_.clear();
    too_long_ = false;
  }
  keep(piece);
}

void GazetteerReader::finish() {
  if (!kept_.empty() || too_long_) end_line(kept_);
  kept_.clear();
  too_long_ = false;
}

void GazetteerReader::keep(std::string_view part) {
  too_long_ = too_long_ || kept_.size() + part.size() > line_size_max;
  if (too_long_)
    kept_.clear();
  else
    kept_ += part;
}

void GazetteerReader::end_line(std::string_view line) {
  ++line_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.empty() && !too_long_) return;

  const Taken taken =
      too_long_ ? std::unexpected(fmt::format("is longer than {} bytes", line_size_max)) : place_in(line);
  if (!taken)
    sink_.complaint(fmt::format("{} line {}: {}", file_, line_, taken.error()));
  else if (*taken)
    sink_.place(**taken);
}

}  // namespace ringdown
