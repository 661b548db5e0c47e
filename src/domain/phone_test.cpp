#include "domain/phone.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("one number has one form, however it is written") {
  for (const char* text : {"(212) 555-0123", "212.555.0123", " +1 212 555 0123 ", "1-212-555-0123",
                           "tel:+1-212-555-0123", "\uff12\uff11\uff12 555 0123", "+1 (212) 555\u20110123"}) {
    CAPTURE(text);
    CHECK(to_e164(text, "US") == PhoneNumber{"+12125550123", ""});
  }
}

TEST_CASE("an extension is kept beside the number") {
  for (const char* text :
       {"212-555-0123 x42", "(212) 555-0123 ext. 42", "+12125550123;ext=42", "212 555 0123 #42"}) {
    CAPTURE(text);
    CHECK(to_e164(text, "US") == PhoneNumber{"+12125550123", "42"});
  }
}

TEST_CASE("a +1 number whose area code is newer than our data is called") {
  CHECK(to_e164("+15555550123", "US")->e164 == "+15555550123");
  CHECK(to_e164("555 555 0123", "US")->e164 == "+15555550123");
}

TEST_CASE("a number is read as one of the region it comes from, unless it names its own") {
  CHECK(to_e164("020 7946 0123", "GB")->e164 == "+442079460123");
  CHECK(to_e164("+44 20 7946 0123", "US")->e164 == "+442079460123");
}

TEST_CASE("what nobody can call is refused and says how to write it") {
  for (const char* text :
       {"555-0123", "212-555-01234567", "hello", "+", "911", "+44 20 7946 01", "+999 212 555 0123"}) {
    CAPTURE(text);
    const auto phone = to_e164(text, "US");
    REQUIRE_FALSE(phone);
    CHECK(phone.error().reason == Reason::invalid);
    CHECK(phone.error().field == "phone");
    CHECK(phone.error().text.contains("'" + std::string(text) + "'"));
    CHECK(phone.error().text.contains("+15551234567"));
  }
}

TEST_CASE("a number of a possible length is read, for the overlay to judge") {
  CHECK(to_e164("+61 8 5550 1234", "US")->e164 == "+61855501234");
  CHECK(to_e164("07700 900123", "GB")->e164 == "+447700900123");
}

TEST_CASE("nothing, noise and novels are refused without being repeated") {
  for (const std::string& text :
       {std::string(), std::string("  "), std::string("\xff\xfe 212 555 0123"),
        std::string("212 555 0123\xc3"), std::string("212\0 555 0123", 13), std::string(5000, '7')}) {
    const auto phone = to_e164(text, "US");
    REQUIRE_FALSE(phone);
    CHECK(phone.error().text.size() < 100);
    CHECK_FALSE(phone.error().text.contains("77"));
  }
}

TEST_CASE("without a region a number has to bring its country code") {
  CHECK(to_e164("+12125550123", "")->e164 == "+12125550123");
  CHECK_FALSE(to_e164("212 555 0123", ""));
}

TEST_CASE("the library knows what sort of line a number is and where") {
  CHECK(line_facts("+442072345678") == LineFacts{LineType::ordinary, "GB"});
  CHECK(line_facts("+441534222222") == LineFacts{LineType::ordinary, "JE"});
  CHECK(line_facts("+448002222222") == LineFacts{LineType::toll_free, "GB"});
  CHECK(line_facts("+449062222222") == LineFacts{LineType::premium, "GB"});
  CHECK(line_facts("+441") == LineFacts{LineType::unknown, ""});
  CHECK(line_facts("+999123456789") == LineFacts{LineType::unknown, ""});
  CHECK(line_facts("") == LineFacts{LineType::unknown, ""});
}
