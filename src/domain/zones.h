// The time zones a person may live in. All candidates are kept, because whoever calls must keep to the hours
// of each; what nothing is known about has none, never a default.
#pragma once

#include <boost/describe/enum.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/area_codes.h"
#include "domain/places.h"

namespace ringdown {

struct ZoneFacts {
  std::string_view stored;  // what somebody set; ignored where it is no zone
  std::string_view city;
  std::string_view region;   // code or name
  std::string_view country;  // code or name
  std::string_view postal_code;
  std::optional<GeoPoint> at;
  std::string_view e164;
};

enum class ZoneSource { stored, address, area_code };
BOOST_DESCRIBE_ENUM(ZoneSource, stored, address, area_code)

struct ZoneCandidate {
  std::string zone;  // America/Chicago
  ZoneSource source;
  std::string why;  // "area code 850 covers 2 zones"

  bool operator==(const ZoneCandidate&) const = default;
};

// Stored, then address, then area code; each zone once, with the first reason.
std::vector<ZoneCandidate> zones_of(const ZoneFacts&, const Places&, const AreaCodes&);

}  // namespace ringdown
