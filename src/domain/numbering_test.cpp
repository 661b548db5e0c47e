#include "domain/numbering.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

constexpr std::string_view small_file = R"(as_of = 2025-06-30

[[short_numbers]]
kind = "emergency"
numbers = ["112", "911"]
source = "a test"

[[ranges]]
kind = "premium"
numbers = ["+1900*", "+1NXX976XXXX", "+44800*"]
source = "a test"

[[ranges]]
kind = "ordinary"
numbers = ["+44999*", "+441534*"]
source = "a test"

[[area_codes]]
region = "JM"
codes = ["876"]
source = "a test"

[calling_codes]
1 = "US"
44 = "GB"
881 = "001"
39 = "IT"
)";

Numbering small() {
  return Numbering::parse(small_file, "numbering.toml").value();
}

std::string replaced(std::string_view what, std::string_view by) {
  std::string text(small_file);
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

std::string complaint(const std::string& toml) {
  const auto numbering = Numbering::parse(toml, "numbering.toml");
  REQUIRE_FALSE(numbering);
  CHECK(numbering.error().reason == Reason::invalid);
  return numbering.error().text;
}

}  // namespace

TEST_CASE("a range of the file wins over what the library knows") {
  CHECK(small().judge("+448002222222") == NumberFacts{NumberKind::premium, "GB"});
  CHECK(small().judge("+449991234567") == NumberFacts{NumberKind::ordinary, "GB"});
  CHECK(small().judge("+441534222222") == NumberFacts{NumberKind::ordinary, "JE"});
}

TEST_CASE("where the file says nothing the library does") {
  CHECK(small().judge("+449062222222") == NumberFacts{NumberKind::premium, "GB"});
  CHECK(small().judge("+39848123456") == NumberFacts{NumberKind::shared_cost, "IT"});
  CHECK(small().judge("+447012345678") == NumberFacts{NumberKind::personal, "GB"});
  CHECK(small().judge("+447640222222") == NumberFacts{NumberKind::service, "GB"});
  CHECK(small().judge("+441481222222") == NumberFacts{NumberKind::ordinary, "GG"});
  CHECK(small().judge("+440000000000") == NumberFacts{NumberKind::unassigned, "GB"});
}

TEST_CASE("a +1 number is at home where its area code is, and is not refused for a new one") {
  CHECK(small().judge("+18762345678") == NumberFacts{NumberKind::ordinary, "JM"});
  CHECK(small().judge("+12372345678") == NumberFacts{NumberKind::ordinary, "US", true});
  CHECK(small().judge("+18769761234") == NumberFacts{NumberKind::premium, "JM"});
}

TEST_CASE("a short number after a country code is what it was without one") {
  CHECK(small().judge("+1911") == NumberFacts{NumberKind::emergency, "US"});
  CHECK(small().judge("+44112") == NumberFacts{NumberKind::emergency, "GB"});
}

TEST_CASE("what is not a whole number of an assigned country code is unassigned") {
  for (const char* text : {"", "+", "+1", "+1212555012", "+121255501234", "12125550123", "+999123456789",
                           "+1 2125550123", "+44", "+4420723456789012345", "+19005550123x4", "hello"}) {
    CAPTURE(text);
    CHECK(small().judge(text).kind == NumberKind::unassigned);
  }
}

TEST_CASE("reserved numbers ring in rehearsal only, dear and dangerous ones nowhere") {
  for (const NumberKind kind : {NumberKind::ordinary, NumberKind::toll_free}) {
    CHECK(is_dialable(kind, WorkspaceKind::live));
    CHECK(is_dialable(kind, WorkspaceKind::rehearsal));
  }
  CHECK_FALSE(is_dialable(NumberKind::fictional, WorkspaceKind::live));
  CHECK(is_dialable(NumberKind::fictional, WorkspaceKind::rehearsal));
  for (const NumberKind kind :
       {NumberKind::emergency, NumberKind::premium, NumberKind::shared_cost, NumberKind::satellite,
        NumberKind::personal, NumberKind::service, NumberKind::unassigned}) {
    CHECK_FALSE(is_dialable(kind, WorkspaceKind::live));
    CHECK_FALSE(is_dialable(kind, WorkspaceKind::rehearsal));
  }
}

TEST_CASE("every kind can be said in plain words") {
  CHECK(plain_words(NumberKind::premium) == std::string("a premium-rate number"));
  for (const std::string& word : words_of<NumberKind>())
    CHECK(std::string(plain_words(*parse_enum<NumberKind>(word))).size() > 10);
}

TEST_CASE("the file's date is known") {
  using namespace std::chrono;
  CHECK(small().as_of() == 2025y / June / 30);
}

TEST_CASE("a broken file is refused with its name, the line and the key") {
  CHECK(complaint(replaced("\"premium\"", "\"prenium\""))
            .starts_with("numbering.toml line 9: ranges[0].kind must be one of ordinary, toll-free,"));
  CHECK(complaint(replaced("+1900*", "1900*"))
            .starts_with("numbering.toml line 10: ranges[0].numbers[0] must be a range like"));
  CHECK(complaint(replaced("\"+1NXX976XXXX\"", "19"))
            .starts_with("numbering.toml line 10: ranges[0].numbers[1] must be a text"));
  CHECK(complaint(replaced("\"911\"", "\"9-1-1\""))
            .starts_with("numbering.toml line 5: short_numbers[0].numbers[1] must be two to six digits"));
  CHECK(complaint(replaced("\"911\"", "\"112\""))
            .starts_with("numbering.toml line 5: short_numbers[0].numbers[1] must be given once"));
  CHECK(complaint(replaced("\"876\"", "\"87\""))
            .starts_with("numbering.toml line 20: area_codes[0].codes[0] must be three digits"));
  CHECK(complaint(replaced("[\"876\"]", "[\"876\", \"876\"]"))
            .starts_with("numbering.toml line 20: area_codes[0].codes[1] must be given once"));
  CHECK(complaint(replaced("\"JM\"", "\"Jamaica\""))
            .starts_with("numbering.toml line 19: area_codes[0].region must be a country"));
  CHECK(complaint(replaced("44 = ", "x44 = "))
            .starts_with("numbering.toml line 25: calling_codes.x44 must have a key of one to three digits"));
  CHECK(complaint(replaced("\"001\"", "1"))
            .starts_with("numbering.toml line 26: calling_codes.881 must be a country"));
  CHECK(complaint(replaced("1 = \"US\"\n", ""))
            .starts_with("numbering.toml line 23: calling_codes must have the code 1"));
}

TEST_CASE("whatever is missing, empty or misspelled in the file is named") {
  CHECK(complaint(replaced("as_of", "asof")).contains("as_of is missing"));
  CHECK(complaint(replaced("as_of", "asof")).contains("asof is not known here; did you mean as_of?"));
  CHECK(complaint(replaced("[calling_codes]", "[codes]")).contains("calling_codes is missing"));
  CHECK(complaint(replaced("codes = ", "code = ")).contains("area_codes[0].codes is missing"));
  CHECK(complaint(replaced("kind = ", "kinds = ")).contains("short_numbers[0].kind is missing"));
  CHECK(complaint(replaced("source = \"a test\"", "")).contains("short_numbers[0].source is missing"));
  CHECK(
      complaint(replaced("\"a test\"", "\"\"")).contains("short_numbers[0].source must say in plain words"));
  CHECK(complaint(replaced("2025-06-30", "\"soon\"")).contains("line 1: as_of must be a date"));
  CHECK(complaint(replaced("[[ranges]]", "[[ranges")).starts_with("numbering.toml line"));
  CHECK(
      complaint(replaced("+44800*\"]\nsource", "+44800*\"]\nsauce")).contains("ranges[0].source is missing"));
  CHECK(complaint(replaced("+44800*\"]\nsource", "+44800*\"]\nsauce"))
            .contains("ranges[0].sauce is not known here"));
  CHECK(
      complaint(replaced("\"876\"]\nsource", "\"876\"]\nsauce")).contains("area_codes[0].source is missing"));
  CHECK(complaint(replaced("\"876\"]\nsource", "\"876\"]\nsauce"))
            .contains("area_codes[0].sauce is not known here"));
}
