#include "domain/holidays.h"

#include <doctest/doctest.h>

#include <string>

using namespace ringdown;
using namespace std::chrono;

namespace {

// Every day of the year on which it falls.
std::string days_of(std::string_view words, int in) {
  const auto holiday = parse_holiday(words);
  if (!holiday) return "unreadable";
  std::string found;
  for (local_days day = local_days(year(in) / 1 / 1); day < local_days(year(in + 1) / 1 / 1);
       day += days(1)) {
    if (!falls_on(*holiday, day)) continue;
    const year_month_day date(day);
    found += std::to_string(unsigned(date.month())) + "/" + std::to_string(unsigned(date.day())) + " ";
  }
  return found;
}

}  // namespace

TEST_CASE("a fixed day falls on its date") {
  CHECK(days_of("july 4", 2026) == "7/4 ");
  CHECK(days_of("december 25", 2021) == "12/25 ");
  CHECK(days_of("february 29", 2026).empty());
  CHECK(days_of("february 29", 2028) == "2/29 ");
}

TEST_CASE("what is observed falls on the nearest weekday as well") {
  CHECK(days_of("july 4 observed", 2026) == "7/3 7/4 ");
  CHECK(days_of("july 4 observed", 2027) == "7/4 7/5 ");
  CHECK(days_of("july 4 observed", 2025) == "7/4 ");
  CHECK(days_of("january 1 observed", 2021) == "1/1 12/31 ");
}

TEST_CASE("a weekday of a month is counted from its front or its end") {
  CHECK(days_of("4th thursday of november", 2026) == "11/26 ");
  CHECK(days_of("1st monday of september", 2026) == "9/7 ");
  CHECK(days_of("3rd monday of january", 2027) == "1/18 ");
  CHECK(days_of("2nd monday of october", 2026) == "10/12 ");
  CHECK(days_of("last monday of may", 2026) == "5/25 ");
}

TEST_CASE("Easter and the days around it move with the moon") {
  CHECK(days_of("easter 0", 2024) == "3/31 ");
  CHECK(days_of("easter 0", 2025) == "4/20 ");
  CHECK(days_of("easter 0", 2026) == "4/5 ");
  CHECK(days_of("easter 0", 2038) == "4/25 ");
  CHECK(days_of("easter 0", 2049) == "4/18 ");
  CHECK(days_of("easter 0", 1954) == "4/18 ");
  CHECK(days_of("easter 0", 1981) == "4/19 ");
  CHECK(days_of("easter 0", 2008) == "3/23 ");
  CHECK(days_of("easter -2", 2026) == "4/3 ");
  CHECK(days_of("easter -47", 2026) == "2/17 ");
  CHECK(days_of("easter 1", 2026) == "4/6 ");
}

TEST_CASE("what is no day is refused") {
  for (const char* words : {"",
                            "july",
                            "july 0",
                            "july 32",
                            "february 30",
                            "july -4",
                            "july 4 kept",
                            "july four",
                            "juli 4",
                            "5th monday of may",
                            "last moonday of may",
                            "last monday in may",
                            "last monday of mai",
                            "easter",
                            "easter x",
                            "easter 61",
                            "easter -2 observed",
                            "july  4",
                            "4 july",
                            "july 4 observed twice over"}) {
    CAPTURE(words);
    CHECK_FALSE(parse_holiday(words));
  }
}
