#include "domain/atlas.h"

namespace ringdown {
namespace {

std::string_view or_nothing(const std::optional<std::string>& text) {
  return text ? std::string_view(*text) : std::string_view();
}

}  // namespace

Result<Atlas> parse_atlas(const AtlasFile& numbering, const AtlasFile& area_codes, const AtlasFile& places) {
  auto numbers = Numbering::parse(numbering.text, numbering.name);
  if (!numbers) return std::unexpected(std::move(numbers.error()));
  auto areas = AreaCodes::parse(area_codes.text, area_codes.name);
  if (!areas) return std::unexpected(std::move(areas.error()));
  const auto rows = read_place_rows(places.text, places.name);
  if (!rows) return std::unexpected(rows.error());
  return Atlas{*std::move(numbers), *std::move(areas), PlacesShelf(Places(*rows))};
}

std::vector<ZoneCandidate> zones_of(const LeadFields& lead, const Atlas& atlas) {
  ZoneFacts facts{.stored = or_nothing(lead.timezone),
                  .city = or_nothing(lead.city),
                  .region = or_nothing(lead.state),
                  .country = or_nothing(lead.country),
                  .postal_code = or_nothing(lead.postal_code),
                  .at = {},
                  .e164 = lead.phone};
  if (lead.latitude && lead.longitude) facts.at = GeoPoint{*lead.latitude, *lead.longitude};
  return zones_of(facts, *atlas.places.now(), atlas.area_codes);
}

}  // namespace ringdown
