// Says whether a number may ring at all, why not, and which country it is in: assets/numbering.toml above
// libphonenumber's metadata. Made once from the file's text; safe to read from any thread.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/number_kind.h"
#include "domain/number_ranges.h"

namespace ringdown {

struct NumberFacts {
  NumberKind kind;
  std::string region;           // "JM"; "001" for the world, empty where no country is meant
  bool region_assumed = false;  // the area code is newer than our list

  bool operator==(const NumberFacts&) const = default;
};

class Numbering {
 public:
  static Result<Numbering> parse(std::string_view toml, std::string file_name);

  NumberFacts judge(std::string_view e164) const;
  std::chrono::year_month_day as_of() const { return as_of_; }

 private:
  using Regions = std::map<std::string, std::string, std::less<>>;  // from the first digits

  friend class NumberingFile;

  NumberFacts judge_north_american(std::string_view e164, std::optional<NumberKind> said) const;

  std::chrono::year_month_day as_of_{};
  std::map<std::string, NumberKind, std::less<>> short_numbers_;
  NumberRanges ranges_;
  Regions area_codes_;  // of +1
  Regions calling_codes_;
};

}  // namespace ringdown
