#include "domain/settings.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

std::string refusal_of(std::string_view body) {
  const auto change = read_json<SettingsChange>(body);
  return change ? "" : change.error().field + ": " + change.error().text;
}

}  // namespace

TEST_CASE("without anything stored the defaults hold, and nothing is recorded") {
  const Settings settings = settings_of({});

  CHECK(settings == Settings{});
  CHECK(settings.timezone.text == "UTC");
  CHECK(settings.default_region.text == "US");
  CHECK_FALSE(settings.recording_enabled);
}

TEST_CASE("a change names the settings it means, and leaves the others alone") {
  const auto change =
      read_json<SettingsChange>(R"({"recording_enabled": true, "company_name": "Clínica \u0041na"})");

  REQUIRE(change);
  CHECK(change->given ==
        std::vector<SettingValue>{{"recording_enabled", {"true"}}, {"company_name", {"\"Clínica Ana\""}}});
  const Settings settings = settings_of(change->given);
  CHECK(settings.company_name == "Clínica Ana");
  CHECK(settings.recording_enabled);
  CHECK(settings.timezone.text == "UTC");
}

TEST_CASE("what cannot be set is refused with its name and what would do") {
  CHECK(refusal_of(R"({"timezon": "UTC"})").contains("did you mean timezone?"));
  CHECK(refusal_of(R"({"timezone": "Mars/Olympus"})").contains("timezone: "));
  CHECK(refusal_of(R"({"timezone": "Mars/Olympus"})").contains("'Mars/Olympus' is no time zone"));
  CHECK(refusal_of(R"({"timezone": 7})").contains("timezone"));
  CHECK(refusal_of(R"({"default_region": "us"})").contains("two capital letters"));
  CHECK(refusal_of(R"({"recording_enabled": "yes"})").contains("recording_enabled"));
  CHECK(refusal_of(R"({"company_name": ")" + std::string(121, 'x') + "\"}").contains("company_name"));
  CHECK(refusal_of(R"({"recording_enabled": null})").contains("recording_enabled"));
  CHECK(refusal_of("{}").contains("name at least one setting"));
  CHECK_FALSE(refusal_of("[]").empty());
}

TEST_CASE("a key of a newer version is passed over, a value that breaks its rules is not") {
  CHECK(settings_of({{"voice_of_tomorrow", {"7"}}, {"recording_enabled", {"true"}}}).recording_enabled);
  CHECK_THROWS_WITH_AS(settings_of({{"timezone", {"\"Mars/Olympus\""}}}), doctest::Contains("timezone"),
                       Breakage);
  CHECK_THROWS_AS(settings_of({{"recording_enabled", {"maybe"}}}), Breakage);
}
