// What is known of the world's numbers, written down as facts, against to_e164 and assets/numbering.toml.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "domain/numbering.h"
#include "domain/phone.h"
#include "forms.h"
#include "tests/support/paths.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr int cases_min = 9'000;
constexpr int countries_min = 30;

const Numbering& numbering() {
  static const Numbering made = [] {
    std::ifstream file(RINGDOWN_SOURCE "/assets/numbering.toml");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    return Numbering::parse(text, "numbering.toml").value();
  }();
  return made;
}

std::vector<NumberRow> all_rows() {
  std::vector<NumberRow> rows;
  for (const char* name : {"north_america.csv", "europe.csv", "elsewhere.csv"}) {
    for (const auto& fields : fixture(name)) {
      REQUIRE(fields.size() == 5);
      rows.push_back({fields[0], fields[1], fields[2], fields[3], fields[4]});
    }
  }
  return rows;
}

AbroadPrefixes abroad_prefixes() {
  AbroadPrefixes prefixes;
  for (const auto& fields : fixture("abroad.csv")) prefixes.emplace(fields.at(0), fields.at(1));
  return prefixes;
}

}  // namespace

TEST_CASE("every number of the table is read in each of its forms, and judged") {
  const AbroadPrefixes prefixes = abroad_prefixes();
  std::map<std::string, int> national_forms;
  int cases = 0;

  for (const NumberRow& row : all_rows()) {
    for (const NumberForm& form : forms_of(row, prefixes)) {
      CAPTURE(form.says);
      CAPTURE(form.text);
      CAPTURE(form.region);
      const auto phone = to_e164(form.text, form.region);
      const PhoneNumber expected{row.e164, form.extension};
      CHECK_MESSAGE(phone == expected, (phone ? phone->e164 + " x" + phone->extension : phone.error().text));
      ++cases;
    }
    const NumberFacts facts = numbering().judge(row.e164);
    CAPTURE(row.e164);
    CHECK(to_text(facts.kind) == row.kind);
    CHECK(facts.region == row.home);
    ++national_forms[row.region];
    ++cases;
  }

  CHECK(cases >= cases_min);
  CHECK(national_forms.size() >= countries_min);
}

TEST_CASE("what is too short, too long, a short code or no number is refused at once") {
  for (const auto& fields : fixture("refused.csv")) {
    REQUIRE(fields.size() == 2);
    CAPTURE(fields[0]);
    CAPTURE(fields[1]);
    const auto phone = to_e164(fields[1], fields[0]);
    CHECK_MESSAGE(!phone, (phone ? phone->e164 : ""));
  }
}

TEST_CASE("what has a possible length and is in nobody's plan is read, and never rung") {
  for (const auto& fields : fixture("never_rung.csv")) {
    REQUIRE(fields.size() == 2);
    CAPTURE(fields[0]);
    CAPTURE(fields[1]);
    const auto phone = to_e164(fields[1], fields[0]);
    REQUIRE_MESSAGE(phone, (phone ? "" : phone.error().text));
    CAPTURE(phone->e164);
    CHECK_FALSE(is_dialable(numbering().judge(phone->e164).kind, WorkspaceKind::rehearsal));
  }
}

TEST_CASE("numbers in their one form are judged wherever they come from") {
  for (const auto& fields : fixture("only_judged.csv")) {
    REQUIRE(fields.size() == 3);
    CAPTURE(fields[0]);
    const NumberFacts facts = numbering().judge(fields[0]);
    CHECK(to_text(facts.kind) == fields[1]);
    CHECK(facts.region == fields[2]);
    CHECK_FALSE(is_dialable(facts.kind, WorkspaceKind::live));
    CHECK_FALSE(is_dialable(facts.kind, WorkspaceKind::rehearsal));
  }
}

TEST_CASE("the overlay knows every area code of +1 that is in use, and owns up where it does not") {
  CHECK_FALSE(numbering().judge("+18762345678").region_assumed);
  CHECK_FALSE(numbering().judge("+17382345678").region_assumed);
  CHECK(numbering().judge("+12372345678") == NumberFacts{NumberKind::ordinary, "US", true});
}

TEST_CASE("an area code that the metadata knows is in the overlay too, in the same country") {
  int known = 0;
  for (int area = 200; area <= 999; ++area) {
    const std::string e164 = "+1" + std::to_string(area) + "2345678";
    const LineFacts library = line_facts(e164);
    const NumberFacts facts = numbering().judge(e164);
    if (library.type != LineType::ordinary || facts.kind != NumberKind::ordinary) continue;

    CAPTURE(area);
    CHECK(facts == NumberFacts{NumberKind::ordinary, library.region, false});
    ++known;
  }
  CHECK(known > 350);
}
