// Which states and zones a phone number's first digits stand for (assets/area_codes.toml).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ringdown {

struct Area {
  std::string digits;                  // after the plus: "1850", "44"
  std::vector<std::string> countries;  // codes; none where the number is at home nowhere
  std::vector<std::string> regions;
  std::vector<std::string> zones;  // none where those of the countries count
  std::string nowhere;             // "toll-free"
};

class AreaCodes {
 public:
  // `file` is its name in complaints.
  static Result<AreaCodes> parse(std::string_view toml, std::string file);

  // The longest that fits; nothing for what is not listed.
  const Area* find(std::string_view e164) const;

  const std::vector<Area>& all() const { return areas_; }

 private:
  std::vector<Area> areas_;  // sorted by their digits
};

// "area code 850", "+44"
std::string name_of(const Area&);

}  // namespace ringdown
