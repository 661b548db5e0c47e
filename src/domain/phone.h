// Turns what people write as a phone number into the one form we store, compare and call. The metadata is of
// 2022, so it says what a number looks like, never that a number does not exist; domain/numbering says which
// ones are not to be called.
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

// `region` is where a number without a country code is at home: "US". Plain +1 numbers, most of a big import,
// are read by ourselves; the library's way, for all others, gives the same answer a hundred times slower.
Result<PhoneNumber> to_e164(std::string_view text, std::string_view region);
Result<PhoneNumber> to_e164_by_library(std::string_view text, std::string_view region);

// What the library's metadata knows about a number in its one form.
enum class LineType { ordinary, toll_free, premium, shared_cost, personal, pager, voicemail, unknown };

struct LineFacts {
  LineType type;
  std::string region;  // "GB"; "001" for the world; empty when unknown

  bool operator==(const LineFacts&) const = default;
};

LineFacts line_facts(std::string_view e164);

bool is_region(std::string_view code);  // "US", in capitals

}  // namespace ringdown
