#include "domain/phone_plain.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "domain/phone.h"

using namespace ringdown;

namespace {

rc::Gen<char> digit() {
  return rc::gen::inRange<char>('0', '9' + 1);
}

// Nearly plain texts: mostly digits, with gaps, and now and then something that changes what they mean.
rc::Gen<std::string> nearly_plain() {
  const auto piece = rc::gen::weightedOneOf<std::string>(
      {{60, rc::gen::map(digit(), [](char c) { return std::string(1, c); })},
       {20, rc::gen::element<std::string>(" ", ".", "-", "(", ")", ") ", "--", "()")},
       {2, rc::gen::element<std::string>("+", "x", "#", "/", ";ext=", ",", "*", "\t", "\u00a0", "tel:", "~",
                                         "[", "a", "\uff11", "\uff0b")}});
  return rc::gen::apply(
      [](std::string text, const std::vector<std::string>& pieces) {
        for (const std::string& part : pieces) text += part;
        return text;
      },
      rc::gen::element<std::string>("", "", "+", "+1", "1", "1-", "(", "+(", "011", "00"),
      rc::gen::container<std::vector<std::string>>(18, piece));
}

// Ten digits with gaps anywhere, so that most of them are read the quick way.
rc::Gen<std::string> ten_digits() {
  const auto gap =
      rc::gen::element<std::string>("", "", "", " ", "-", ".", "(", ")", ") ", " - ", "((", "..");
  return rc::gen::apply(
      [](std::string text, const std::string& digits, const std::vector<std::string>& gaps) {
        for (std::size_t i = 0; i < digits.size(); ++i) text += gaps[i] + digits[i];
        return text + gaps.back();
      },
      rc::gen::element<std::string>("", "1", "+1", "1 ", "+1-", " ", "(", "+ 1", "1.(", "-1"),
      rc::gen::container<std::string>(10, digit()), rc::gen::container<std::vector<std::string>>(11, gap));
}

rc::Gen<std::string> region() {
  return rc::gen::element<std::string>("US", "CA", "JM", "BS", "DO", "PR", "GB", "DE", "IT", "RU", "", "ZZ",
                                       "us");
}

int read_quickly = 0;

void both_ways_agree(const std::string& text, const std::string& from) {
  if (plain_north_american(text, from)) ++read_quickly;
  const bool agree = to_e164(text, from) == to_e164_by_library(text, from);
  RC_ASSERT(agree);
}

}  // namespace

TEST_CASE("the quick way gives the library's answer, or none") {
  CHECK(rc::check([] {
    for (int i = 0; i < 20; ++i) both_ways_agree(*nearly_plain(), *region());
  }));

  read_quickly = 0;
  CHECK(rc::check([] {
    for (int i = 0; i < 50; ++i) both_ways_agree(*ten_digits(), *region());
  }));
  CHECK(read_quickly > 500);  // else the property says little
}

TEST_CASE("plain forms of +1 numbers are read the quick way") {
  for (const char* text : {"2125550123", "12125550123", "+12125550123", "(212) 555-0123", "1-212-555-0123",
                           "+1 212.555.0123", "212 - 555 - 0123"}) {
    CAPTURE(text);
    CHECK(plain_north_american(text, "US") == "+12125550123");
  }
  CHECK(plain_north_american("+1 212 555 0123", "DE") == "+12125550123");
}

TEST_CASE("whatever may mean something else is left to the library") {
  for (const char* text :
       {"", "1125550123", "0125550123", "212555012", "21255501234", "2 12125550123", "+2125550123",
        "212 555 0123 x4", "212/555/0123", "tel:2125550123", "(+1) 212 555 0123"}) {
    CAPTURE(text);
    CHECK_FALSE(plain_north_american(text, "US"));
  }
  CHECK_FALSE(plain_north_american("2125550123", "GB"));
  CHECK_FALSE(plain_north_american("2425550", "BS"));
  CHECK_FALSE(plain_north_american("212" + std::string(40, ' ') + "5550123", "US"));
}
