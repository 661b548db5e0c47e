// Turns what people write as a phone number into the one form we store, compare and call. The metadata is of
// 2022, so it may say what a number looks like, but not that a +1 number with a newer area code does not
// exist.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ringdown {

struct PhoneNumber {
  std::string e164;       // +12125550123
  std::string extension;  // digits; empty when there is none

  bool operator==(const PhoneNumber&) const = default;
};

// `region` is where a number without a country code is at home: "US".
Result<PhoneNumber> to_e164(std::string_view text, std::string_view region);

bool is_region(std::string_view code);  // "US", in capitals

}  // namespace ringdown
