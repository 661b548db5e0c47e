#include "domain/number_ranges.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

bool holds(std::string_view pattern, std::string_view e164) {
  return NumberRange::parse(pattern).value().holds(e164);
}

}  // namespace

TEST_CASE("a letter stands for the digits it names and a digit for itself") {
  CHECK(holds("+1NXX976XXXX", "+12129760123"));
  CHECK(holds("+1NXX976XXXX", "+19999769999"));
  CHECK_FALSE(holds("+1NXX976XXXX", "+11129760123"));
  CHECK_FALSE(holds("+1NXX976XXXX", "+12129750123"));
  CHECK(holds("+1NXXZXXXXXX", "+12120550123"));
  CHECK(holds("+1NXXZXXXXXX", "+12121550123"));
  CHECK_FALSE(holds("+1NXXZXXXXXX", "+12122550123"));
}

TEST_CASE("a range is as long as it is written, unless it is open") {
  CHECK_FALSE(holds("+1900XXXXXXX", "+1900555012"));
  CHECK_FALSE(holds("+1900XXXXXXX", "+190055501234"));
  CHECK(holds("+1900*", "+19005550123"));
  CHECK(holds("+1900*", "+1900"));
  CHECK_FALSE(holds("+1900*", "+190"));
}

TEST_CASE("a range that nobody could have meant is not read") {
  for (const char* pattern : {"", "+", "*", "+*", "1900*", "+X12", "+19*0", "+1 900*", "+1900**", "+1900x",
                              "+1234567890123456", "\uff0b1900"}) {
    CAPTURE(pattern);
    CHECK_FALSE(NumberRange::parse(pattern));
  }
  CHECK(NumberRange::parse("+123456789012345"));
}

TEST_CASE("of several ranges the one with more digits written out wins, else the earlier one") {
  NumberRanges ranges;
  ranges.add(*NumberRange::parse("+1NXX*"), NumberKind::ordinary);
  ranges.add(*NumberRange::parse("+1NXX55501XX"), NumberKind::fictional);
  ranges.add(*NumberRange::parse("+1212*"), NumberKind::service);
  ranges.add(*NumberRange::parse("+1NXX976XXXX"), NumberKind::premium);

  CHECK(ranges.find("+13125551234") == NumberKind::ordinary);
  CHECK(ranges.find("+12125550123") == NumberKind::fictional);
  CHECK(ranges.find("+12129760123") == NumberKind::service);
  CHECK(ranges.find("+13129760123") == NumberKind::premium);

  ranges.add(*NumberRange::parse("+1212*"), NumberKind::toll_free);
  CHECK(ranges.find("+12129760123") == NumberKind::service);
}

TEST_CASE("what no range holds is not found") {
  NumberRanges ranges;
  ranges.add(*NumberRange::parse("+1NXX*"), NumberKind::ordinary);

  for (const char* e164 : {"", "+", "+x", "+1", "+44", "12125550123"}) {
    CAPTURE(e164);
    CHECK(ranges.find(e164) == std::nullopt);
  }
}
