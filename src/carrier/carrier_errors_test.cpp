#include "carrier/carrier_errors.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("codes mean what the file says") {
  const auto errors = CarrierErrors::parse(
      "[[twilio]]\ncode = 21211\nmeans = \"invalid-number\"\ntext = \"no number\"\n"
      "[[sip]]\ncode = 603\nmeans = \"blocked\"\ntext = \"declined\"\n",
      "carrier_errors.toml");

  REQUIRE(errors);
  CHECK(errors->twilio.at(21211) == CarrierError{Rejection::invalid_number, "no number"});
  CHECK(errors->sip.at(603) == CarrierError{Rejection::blocked, "declined"});
}

TEST_CASE("a mistake in the file is named with its line") {
  const auto complaint = [](std::string_view toml) {
    const auto errors = CarrierErrors::parse(toml, "carrier_errors.toml");
    return errors ? std::string() : errors.error().text;
  };
  const std::string sound = "code = 1\nmeans = \"failed\"\ntext = \"a\"\n";

  CHECK(complaint("[[twilio]]\n" + sound + "[[twilio]]\n" + sound).contains("line 5"));
  CHECK(complaint("[[twilio]]\ncode = 1\nmeans = \"gone\"\ntext = \"a\"\n").contains("invalid-number"));
  CHECK(complaint("[[twilio]]\ncode = 0\nmeans = \"failed\"\ntext = \"a\"\n").contains("code"));
  CHECK(complaint("[[vonage]]\n" + sound).contains("vonage"));
  CHECK(complaint("[[sip]]\n" + sound + "color = 1\n").contains("color"));
}
