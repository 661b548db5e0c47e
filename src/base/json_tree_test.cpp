#include "base/json_tree.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace ringdown;

namespace {

struct Refusal {
  std::string text;
  const char* field;
  const char* says;
};

}  // namespace

TEST_CASE("a text is taken apart and put together again without its blanks") {
  for (const char* text :
       {"null", "true", "false", "0", "-1.50e-7", R"("")", "[]", "{}", R"([[],{},[{"a":[1,{"b":2}]},3]])",
        R"({"a":{"b":{}},"c":"d"})", R"("\"\\\b\f\n\r\t\u0001\u001f€😀")"}) {
    CAPTURE(text);
    const auto tree = parse_json(std::string(" \n") + text + "\t ");
    REQUIRE(tree);
    CHECK(to_json(tree->root()).text == text);
  }
}

TEST_CASE("escapes are decoded, surrogate pairs included") {
  const auto tree = parse_json(R"({"\u0061":"\u00e9\ud83d\ude00\/"})");

  REQUIRE(tree);
  CHECK((*tree->root().begin()).key() == "a");
  CHECK((*tree->root().begin()).text() == "é😀/");
}

TEST_CASE("only fields have a key") {
  const auto tree = parse_json(R"({"a":[1]})");

  REQUIRE(tree);
  const JsonNode list = *tree->root().begin();
  CHECK(list.key() == "a");
  CHECK((*list.begin()).key().empty());
}

TEST_CASE("what is no JSON, or JSON we would regret, is refused where it stands") {
  const Refusal refusals[] = {
      {"", "", "a JSON value is expected; got nothing"},
      {"  ", "", "a JSON value is expected; got nothing"},
      {R"({"a":1)", "", "the JSON ends before it is complete"},
      {R"({"a":1}})", "", "something follows the JSON value (byte 8)"},
      {R"({"a":01})", "", "this is not JSON (byte 7)"},
      {R"({'a':1})", "", "this is not JSON (byte 2)"},
      {R"([1,])", "", "this is not JSON (byte 4)"},
      {"[1,/*x*/2]", "", "this is not JSON (byte 4)"},
      {"[NaN]", "", "this is not JSON (byte 2)"},
      {"\xef\xbb\xbf{}", "", "this is not JSON (byte 1)"},
      {std::string(3000, ' ') + "?", "", "this is not JSON (byte 3001)"},
      {"[\"\xc0\x80\"]", "", "this is not JSON (byte 3)"},
      {"[\"\n\"]", "", "this is not JSON (byte 3)"},
      {R"(["\ud800"])", "", "this is not JSON (byte 9)"},
      {R"(["\udc00"])", "", "half a surrogate pair is no character (byte 8)"},
      {R"(["\ud800\u0041"])", "", "half a surrogate pair is no character (byte 14)"},
      {R"({"a":[0,{"b":"x\u0000"}]})", "a[1].b", "a[1].b: the character NUL cannot be stored"},
      {R"({"a":{"b":1,"c":2,"b":1}})", "a.b", "a.b: given twice; keep one"},
      {R"([{"a":1},{"a":1,"\u0061":1}])", "[1].a", "[1].a: given twice; keep one"},
      {"1e400", "", "a number is beyond what a double holds (byte 6)"},
      {"[" + std::string(65, '1') + "]", "", "a number has more than 64 characters (byte 67)"},
      {std::string(33, '['), "", "nested deeper than 32 levels (byte 33)"},
  };
  for (const Refusal& row : refusals) {
    CAPTURE(row.text);
    const auto tree = parse_json(row.text);
    REQUIRE_FALSE(tree);
    CHECK(tree.error().field == row.field);
    CHECK(tree.error().text == row.says);
  }
}

TEST_CASE("a repeated field is found among many") {
  std::string text = "{";
  for (int i = 0; i < 500; ++i) text += "\"f" + std::to_string(i) + "\":0,";

  CHECK(parse_json(text + "\"last\":0}"));
  CHECK(parse_json(text + "\"f250\":0}").error().field == "f250");
}

TEST_CASE("depth and size end at their limits, not before") {
  CHECK(parse_json(std::string(32, '[') + std::string(32, ']')));
  CHECK(parse_json("[1]", {.bytes = 3}));
  CHECK(parse_json("[12]", {.bytes = 3}).error().reason == Reason::too_large);
  CHECK_FALSE(parse_json("[[1]]", {.depth = 1}));
  CHECK(parse_json(std::string(64, '1')));
}

TEST_CASE("a name that a client made up is shortened between two characters") {
  const std::string name(39, 'x');

  CHECK(excerpt(name + "é") == name + "…");
  CHECK(excerpt(name + "y") == name + "y");
  CHECK(is_clean_utf8(excerpt(name + "😀😀")));
}
