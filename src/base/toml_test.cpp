#include "base/toml.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ringdown;

namespace {

std::string wrong_with(const TomlReader& reader) {
  const auto verdict = reader.verdict();
  return verdict ? "" : verdict.error().text;
}

}  // namespace

TEST_CASE("a TOML text becomes values that know their line and path") {
  const auto root =
      parse_toml("z = 7\na = [1.5, true, \"t\"]\n\n[[ranges]]\nprefix = \"900\"\nsince = 2022-01-31\n");

  REQUIRE(root);
  REQUIRE(root->items.size() == 3);
  CHECK(root->items[0].key == "z");
  CHECK(root->items[0].integer == 7);
  CHECK(root->items[0].number == 7.0);
  CHECK(root->items[1].items[0].number == 1.5);
  CHECK(root->items[1].items[1].truth);
  CHECK(root->items[1].items[2].path == "a[2]");
  const TomlNode& range = root->find("ranges")->items[0];
  CHECK(range.find("prefix")->text == "900");
  CHECK(range.find("prefix")->line == 5);
  CHECK(range.find("prefix")->path == "ranges[0].prefix");
  CHECK(range.find("since")->date == std::chrono::year(2022) / 1 / 31);
  CHECK(range.find("until") == nullptr);
}

TEST_CASE("what is no TOML is refused with its place") {
  const auto broken = parse_toml("a = 1\nb = \n");

  REQUIRE_FALSE(broken);
  CHECK(broken.error().line == 2);
  for (const char* text :
       {"a = 1\na = 2\n", "[", "[\n", "[[\n", "[ # x\n", "[a.\n", "a = [\n", "[]\n", "[[a]\n"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_toml(text));
  }
  CHECK(wrong_with(TomlReader("a = 1\na = 2\n", "rules.toml")).starts_with("rules.toml line 2 column "));
}

TEST_CASE("a reader that is asked for what is there has nothing to complain about") {
  TomlReader reader(
      "on = 2026-01-15\nwords = [\"a\", \"b\"]\n[limits]\nratio = 2\nfew = 3\nopen = false\n[[row]]\nx = "
      "\"1\"\n",
      "f.toml");
  const TomlNode& limits = reader.table(reader.root(), "limits");

  CHECK(reader.date(reader.root(), "on") == std::chrono::year(2026) / 1 / 15);
  CHECK(reader.texts(reader.root(), "words") == std::vector<std::string_view>{"a", "b"});
  CHECK(reader.number(limits, "ratio") == 2.0);
  CHECK(reader.integer(limits, "few") == 3);
  CHECK_FALSE(reader.truth(limits, "open"));
  REQUIRE(reader.tables(reader.root(), "row").size() == 1);
  CHECK(reader.text(reader.tables(reader.root(), "row")[0], "x") == "1");
  reader.refuse_unknown(limits, {"ratio", "few", "open"});
  CHECK(wrong_with(reader) == "");
}

TEST_CASE("a reader says which line and key is wrong, and what it got") {
  TomlReader reader("[[ranges]]\nprefix = \"abc\"\nprefx = 4\nopen = \"yes\"\nparts = [\"a\", 2]\n",
                    "numbering.toml");
  const TomlNode& range = reader.tables(reader.root(), "ranges")[0];

  reader.complain(*range.find("prefix"), "must be digits");
  reader.refuse_unknown(range, {"prefix", "open", "parts", "kind"});
  CHECK_FALSE(reader.truth(range, "open"));
  CHECK(reader.text(range, "kind") == "");
  CHECK(reader.texts(range, "parts").size() == 1);
  CHECK(reader.tables(range, "parts").empty());

  CHECK(wrong_with(reader) ==
        "numbering.toml line 2: ranges[0].prefix must be digits; got \"abc\"\n"
        "numbering.toml line 3: ranges[0].prefx is not known here; did you mean prefix?\n"
        "numbering.toml line 4: ranges[0].open must be true or false; got \"yes\"\n"
        "numbering.toml line 1: ranges[0].kind is missing; give a text\n"
        "numbering.toml line 5: ranges[0].parts[1] must be a text; got 2\n"
        "numbering.toml line 5: ranges[0].parts[0] must be a table; got \"a\"");
}

TEST_CASE("what a missing table would hold is not complained about") {
  TomlReader reader("a = 1\n", "f.toml");

  CHECK(reader.text(reader.table(reader.root(), "limits"), "x") == "");

  CHECK(wrong_with(reader) == "f.toml line 1: limits is missing; give a table");
  TomlReader broken("a = ", "f.toml");
  CHECK(broken.integer(broken.root(), "a") == 0);
  CHECK(wrong_with(broken).starts_with("f.toml line 1 column "));
  CHECK_FALSE(wrong_with(broken).contains('\n'));
}

TEST_CASE("a file full of mistakes is not answered with all of them") {
  std::string text;
  for (int at = 0; at < 1000; ++at) text += "k" + std::to_string(at) + " = 1\n";
  TomlReader reader(text, "f.toml");

  reader.refuse_unknown(reader.root(), {"other"});

  CHECK(std::ranges::count(wrong_with(reader), '\n') == 19);
}
