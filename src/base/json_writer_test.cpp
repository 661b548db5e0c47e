#include "base/json_writer.h"

#include <doctest/doctest.h>

#include <limits>

#include "base/json_tree.h"
#include "base/result.h"

using namespace ringdown;

TEST_CASE("commas stand between values and nowhere else") {
  std::string text;
  JsonWriter out(text);

  out.begin_object();
  out.key("list");
  out.begin_list();
  out.integer(-1);
  out.begin_list();
  out.end_list();
  out.begin_object();
  out.end_object();
  out.real(0.5);
  out.end_list();
  out.key("yes");
  out.boolean(true);
  out.key("none");
  out.null();
  out.end_object();

  CHECK(text == R"({"list":[-1,[],{},0.5],"yes":true,"none":null})");
}

TEST_CASE("a long answer may be sent and cleared between two values") {
  std::string text;
  std::string sent;
  JsonWriter out(text);

  out.begin_list();
  for (int i = 0; i < 3; ++i) {
    out.integer(i);
    sent += std::exchange(text, {});
  }
  out.end_list();

  CHECK(sent + text == "[0,1,2]");
}

TEST_CASE("texts are escaped where JSON wants it and stay themselves elsewhere") {
  std::string text;
  constexpr char all[] = "\"\\/\b\f\n\r\t\x01\x1f\x7f\0é\u2028😀";
  JsonWriter(text).text({all, sizeof all - 1});

  CHECK(text == "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\\u0000é\u2028😀\"");
}

TEST_CASE("what needs an escape gets one wherever in a text it stands") {
  for (int c = 1; c < 0x80; ++c) {  // our reader refuses the zero
    for (std::size_t at = 0; at < 18; ++at) {
      std::string said(18, at % 2 == 0 ? '~' : ' ');
      said[at] = static_cast<char>(c);
      std::string text;
      JsonWriter(text).text(said);

      CAPTURE(c);
      CAPTURE(at);
      const bool escaped = c < 0x20 || c == '"' || c == '\\';
      REQUIRE((text.size() > said.size() + 2) == escaped);
      const auto tree = parse_json(text);
      REQUIRE(tree);
      REQUIRE(tree->root().text() == said);
    }
  }
}

TEST_CASE("bytes that are no UTF-8 never leave as such") {
  for (const char* broken : {"\xff", "a\xc3", "\xed\xa0\x80z", "é\x80"}) {
    std::string text;
    JsonWriter(text).text(broken);
    CHECK(parse_json(text));
    CHECK(text.contains("\ufffd"));
  }
}

TEST_CASE("a number without a JSON form, a bracket too many and bottomless depth are bugs") {
  std::string text;
  JsonWriter out(text);

  CHECK_THROWS_AS(out.real(std::numeric_limits<double>::quiet_NaN()), Breakage);
  CHECK_THROWS_AS(out.end_list(), Breakage);
  CHECK_THROWS_AS(for (int i = 0; i < 100; ++i) out.begin_list(), Breakage);
}
