#include "sim/oracle.h"

#include <doctest/doctest.h>

#include <set>

namespace ringdown::sim {
namespace {

Person person_in(std::string state, std::vector<std::string> zones) {
  return {.phone = "+13055550100", .state = std::move(state), .zones = std::move(zones)};
}

bool may(const Person& person, const char* at) {
  return may_be_called_at(person, *parse_time(at));
}

}  // namespace

TEST_CASE("the oracle knows the hours of a state, on both sides of their minutes") {
  const Person miami = person_in("FL", {"America/New_York"});
  const Person dallas = person_in("TX", {"America/Chicago"});
  const Person salt_lake_city = person_in("UT", {"America/Denver"});

  CHECK_FALSE(may(miami, "2026-01-07T12:59:59Z"));
  CHECK(may(miami, "2026-01-07T13:00:00Z"));
  CHECK(may(miami, "2026-01-08T00:59:59Z"));
  CHECK_FALSE(may(miami, "2026-01-08T01:00:00Z"));
  CHECK_FALSE(may(dallas, "2026-01-11T17:59:59Z"));
  CHECK(may(dallas, "2026-01-11T18:00:00Z"));
  CHECK_FALSE(may(salt_lake_city, "2026-01-11T18:00:00Z"));
}

TEST_CASE("the oracle goes by every clock that may be theirs, and by summer time from its day on") {
  const Person panhandle = person_in("FL", {"America/New_York", "America/Chicago"});
  const Person miami = person_in("FL", {"America/New_York"});

  CHECK_FALSE(may(panhandle, "2026-01-07T13:30:00Z"));
  CHECK(may(panhandle, "2026-01-07T14:00:00Z"));
  CHECK_FALSE(may(panhandle, "2026-01-08T01:30:00Z"));
  CHECK_FALSE(may(miami, "2026-03-07T12:30:00Z"));
  CHECK(may(miami, "2026-03-08T12:30:00Z"));
}

TEST_CASE("who did not agree, is on the list, or is nowhere, is never called") {
  Person person = person_in("FL", {"America/New_York"});
  const char* noon = "2026-01-07T17:00:00Z";
  REQUIRE(may(person, noon));

  for (const Standing standing :
       {Standing::never_agreed, Standing::revoked, Standing::spoke_only, Standing::listed}) {
    person.standing = standing;
    CHECK_FALSE(may(person, noon));
  }
  CHECK_FALSE(may(person_in("", {}), noon));
}

TEST_CASE("people are many, of every standing, and some share a number") {
  Dice dice(1);

  const auto people = any_people(dice, 200, *parse_time("2026-01-07T17:00:00Z"));

  std::set<std::string> phones;
  std::set<Standing> standings;
  for (const Person& person : people) {
    phones.insert(person.phone);
    standings.insert(person.standing);
  }
  CHECK(people.size() == 200);
  CHECK(phones.size() < 200);
  CHECK(phones.size() > 150);
  CHECK(standings.size() == 5);
}

}  // namespace ringdown::sim
