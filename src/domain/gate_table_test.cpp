// The gate over the real packs and places against tests/fixtures/gate/hours.csv: each row is a number, a
// moment, and what an oracle of our own, which shares no code with the gate and walks minute by minute, says
// of it.
#include <doctest/doctest.h>

#include <fstream>
#include <set>

#include "base/text.h"
#include "domain/dial_rules.h"
#include "tests/support/gate.h"
#include "tests/support/paths.h"

using namespace ringdown;

TEST_CASE("places and moments have the verdicts that the oracle expects") {
  std::ifstream file(RINGDOWN_SOURCE "/tests/fixtures/gate/hours.csv");
  std::set<std::string> places;
  int rows = 0;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    CAPTURE(line);
    const auto cells = split(line, ',');
    REQUIRE(cells.size() == 6);
    const DialFacts facts = test::facts_of(std::string(cells[1]));

    const Verdict verdict = may_dial(facts, test::rulebook(), *parse_time(cells[2]));

    CAPTURE(verdict.rule);
    CAPTURE(verdict.says);
    CHECK(to_text(verdict.decision) == cells[3]);
    CHECK((verdict.until ? to_text(*verdict.until) : "") == cells[4]);
    places.insert(std::string(cells[0]));
    ++rows;
  }
  CHECK(rows >= 300);
  CHECK(places.size() >= 35);
}
