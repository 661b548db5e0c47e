#include "domain/lawful_hours.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

Time at(std::string_view text) {
  return *parse_time(text);
}

WeekHours every_day(std::string_view hours) {
  WeekHours week;
  week.days.fill(parse_day_hours(hours));
  return week;
}

Window window(std::string_view zone, const WeekHours& hours) {
  return {.zone = *Zone::named(zone), .zone_name = zone, .rule = "r", .says = "s", .hours = &hours};
}

std::string opens(std::string_view zone, std::string_view hours, std::string_view from) {
  const WeekHours week = every_day(hours);
  const auto open = next_open(window(zone, week), at(from), at(from) + lawful_search_max);
  return open ? to_text(*open) : "never";
}

}  // namespace

TEST_CASE("an hour that the clock jumps over is open when it has jumped") {
  // 02:00 to 03:00 does not exist in New York on March 8.
  CHECK(opens("America/New_York", "02:30-04:00", "2026-03-08T06:00:00Z") == "2026-03-08T07:00:00Z");
  CHECK(opens("America/New_York", "02:15-02:45", "2026-03-08T06:00:00Z") == "2026-03-09T06:15:00Z");
}

TEST_CASE("an hour that comes twice is open twice") {
  // 01:00 to 02:00 comes twice in New York on November 1.
  CHECK(opens("America/New_York", "01:15-01:45", "2026-11-01T05:00:00Z") == "2026-11-01T05:15:00Z");
  CHECK(opens("America/New_York", "01:15-01:45", "2026-11-01T05:50:00Z") == "2026-11-01T06:15:00Z");
  CHECK(opens("America/New_York", "01:15-01:45", "2026-11-01T06:50:00Z") == "2026-11-02T06:15:00Z");
}

TEST_CASE("a clock that jumps at midnight, or by half an hour, is followed") {
  CHECK(opens("America/Havana", "00:00-02:00", "2026-03-08T04:00:00Z") == "2026-03-08T05:00:00Z");
  CHECK(opens("Australia/Lord_Howe", "08:00-09:00", "2026-10-03T20:00:00Z") == "2026-10-03T21:00:00Z");
  CHECK(opens("Asia/Kathmandu", "08:00-09:00", "2026-06-16T02:14:59Z") == "2026-06-16T02:15:00Z");
}

TEST_CASE("a day that a country left out is not waited for") {
  // Samoa went from Thursday, December 29 to Saturday, December 31 of 2011.
  WeekHours fridays;
  fridays.days[5] = parse_day_hours("08:00-21:00");

  const auto open =
      next_open(window("Pacific/Apia", fridays), at("2011-12-29T12:00:00Z"), at("2012-01-20T00:00:00Z"));

  REQUIRE(open);
  CHECK(to_text(*open) == "2012-01-05T18:00:00Z");
}

TEST_CASE("the search ends where it is told to") {
  const WeekHours week = every_day("08:00-21:00");
  const Window utc = window("UTC", week);

  CHECK(next_open(utc, at("2026-06-16T07:00:00Z"), at("2026-06-16T08:00:00Z")) == std::nullopt);
  CHECK(next_open(utc, at("2026-06-16T07:00:00Z"), at("2026-06-16T08:00:01Z")) == at("2026-06-16T08:00:00Z"));
  CHECK(next_open(window("UTC", WeekHours()), at("2026-06-16T07:00:00Z"), at("2026-06-30T07:00:00Z")) ==
        std::nullopt);
}

TEST_CASE("the moment that suits several clocks is when the last of them opens") {
  const WeekHours week = every_day("08:00-21:00");
  const std::vector<Window> windows = {window("America/New_York", week), window("Europe/London", week),
                                       window("Pacific/Honolulu", week)};

  const LawfulMoment two = next_lawful_moment(std::span(windows).first(2), at("2026-06-16T02:00:00Z"));
  const LawfulMoment three = next_lawful_moment(windows, at("2026-06-16T02:00:00Z"));

  REQUIRE(two.at);
  CHECK(to_text(*two.at) == "2026-06-16T12:00:00Z");
  CHECK(two.decided->zone_name == "America/New_York");
  REQUIRE(three.at);
  CHECK(to_text(*three.at) == "2026-06-16T18:00:00Z");
}

TEST_CASE("clocks that are never open together suit no moment") {
  const WeekHours morning = every_day("08:00-10:00");
  const std::vector<Window> windows = {window("America/New_York", morning), window("Europe/London", morning)};

  const LawfulMoment none = next_lawful_moment(windows, at("2026-06-16T02:00:00Z"));

  CHECK_FALSE(none.at);
  CHECK(none.decided);
}

TEST_CASE("why a window is closed names the clock there") {
  const WeekHours week = every_day("08:00-21:00");

  CHECK(why_closed(window("America/New_York", week), at("2026-06-16T01:05:59Z")) ==
        "s; it is Monday 21:05 in America/New_York");
}
