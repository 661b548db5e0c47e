#include "sim/people.h"

#include <fmt/format.h>

#include "base/expect.h"

namespace ringdown::sim {
namespace {

struct Place {
  const char* area_code;
  const char* state;
  std::vector<std::string> zones;
};

// Written by hand from maps, not from our assets.
const std::vector<Place>& places() {
  static const std::vector<Place> all = {
      {"305", "FL", {"America/New_York"}}, {"850", "FL", {"America/New_York", "America/Chicago"}},
      {"405", "OK", {"America/Chicago"}},  {"206", "WA", {"America/Los_Angeles"}},
      {"214", "TX", {"America/Chicago"}},  {"213", "CA", {"America/Los_Angeles"}},
      {"212", "NY", {"America/New_York"}}, {"303", "CO", {"America/Denver"}},
      {"602", "AZ", {"America/Phoenix"}},  {"801", "UT", {"America/Denver"}},
      {"808", "HI", {"Pacific/Honolulu"}}, {"800", "", {}},  // toll-free: anywhere
  };
  return all;
}

Standing any_standing(Dice& dice) {
  const int side = dice.below(20);
  if (side == 0) return Standing::never_agreed;
  if (side == 1) return Standing::revoked;
  if (side == 2) return Standing::spoke_only;
  return side == 3 ? Standing::listed : Standing::agreed;
}

}  // namespace

std::vector<Person> any_people(Dice& dice, int count, Time now) {
  constexpr int numbers_of_place = 100;  // 555-0100 to 555-0199
  const int count_max = static_cast<int>(places().size()) * numbers_of_place / 2;
  expect(count <= count_max, "there are numbers enough for the people of a world");

  std::vector<Person> people;
  for (int n = 0; n < count; ++n) {
    const Place& place = places()[static_cast<std::size_t>(n) % places().size()];
    Person person{.lead = {uuid_v7(now, {dice.number(), dice.number()})},
                  .phone = fmt::format("+1{}55501{:02}", place.area_code, n / std::ssize(places())),
                  .state = place.state,
                  .zones = place.zones,
                  .standing = any_standing(dice)};
    if (n >= std::ssize(places()) && dice.happens(50)) {
      const Person& other = people[people.size() - places().size()];  // of the same place
      person.phone = other.phone;
      person.standing = other.standing;
    }
    people.push_back(std::move(person));
  }
  return people;
}

LeadFields fields_of(const Person& person) {
  LeadFields fields;
  fields.phone = person.phone;
  fields.contact_name = "Person " + to_text(person.lead);
  if (!person.state.empty()) {
    fields.state = person.state;
    fields.country = "US";
  }
  if (person.zones.size() == 1) fields.timezone = person.zones.front();
  return fields;
}

}  // namespace ringdown::sim
