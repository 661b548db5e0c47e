#include "domain/caller_id.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

using namespace ringdown;

namespace {

const Time noon = *parse_time("2026-06-16T12:00:00Z");

std::string phone(int n) {
  return fmt::format("+1{}55501{:02}", 212 + n / 100, n % 100);
}

}  // namespace

TEST_CASE("a person sees one number, and another one only when that leaves the pool or a new one is theirs") {
  const std::vector<std::string> three = {"+12125550190", "+12125550191", "+12125550192"};
  const std::vector<std::string> turned = {"+12125550192", "+12125550190", "+12125550191"};
  const std::vector<std::string> two = {"+12125550190", "+12125550191"};

  int moved = 0;
  for (int n = 0; n < 1000; ++n) {
    const auto before = caller_id_for(phone(n), three);
    CHECK(caller_id_for(phone(n), turned) == before);
    if (before != three[2]) CHECK(caller_id_for(phone(n), two) == before);
    if (before == three[2]) ++moved;
  }

  CHECK(moved > 0);
  CHECK_FALSE(caller_id_for(phone(1), {}));
}

TEST_CASE("the numbers of a pool share the people about evenly") {
  const std::vector<std::string> pool = {"+12125550190", "+12125550191", "+12125550192", "+12125550193"};

  std::map<std::string, int> people;
  for (int n = 0; n < 4000; ++n) ++people[*caller_id_for(phone(n), pool)];

  for (const std::string& number : pool) {
    CHECK(people[number] > 800);
    CHECK(people[number] < 1200);
  }
}

TEST_CASE("a number rests from its last call of an hour until the first is an hour ago") {
  struct Row {
    NumberUse use;
    std::optional<int> most;
    std::optional<Time> until;
  };
  for (const Row& row : {Row{{0, {}}, 2, {}}, Row{{1, noon}, 2, {}}, Row{{2, noon}, 2, noon + 1h},
                         Row{{5, noon}, 2, noon + 1h}, Row{{500, noon}, {}, {}}}) {
    CAPTURE(row.use.calls);
    CHECK(number_waits_until(row.use, row.most) == row.until);
  }
}
