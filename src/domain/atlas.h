// What the product knows of the world's numbers and places, from three files of assets/. Read by every
// thread.
#pragma once

#include "domain/area_codes.h"
#include "domain/lead.h"
#include "domain/numbering.h"
#include "domain/places_shelf.h"
#include "domain/zones.h"

namespace ringdown {

struct AtlasFile {
  std::string name;  // for complaints
  std::string text;
};

struct Atlas {
  Numbering numbering;
  AreaCodes area_codes;
  PlacesShelf places;
};

Result<Atlas> parse_atlas(const AtlasFile& numbering, const AtlasFile& area_codes, const AtlasFile& places);

std::vector<ZoneCandidate> zones_of(const LeadFields&, const Atlas&);

}  // namespace ringdown
