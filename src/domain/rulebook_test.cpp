#include "domain/rulebook.h"

#include <doctest/doctest.h>

#include <set>

#include "tests/support/gate.h"

using namespace ringdown;

namespace {

const std::string head = "name = \"x\"\nas_of = 2026-01-02\nnot_covered = [\"much\"]\n";
const std::string floor_rules =
    "allowed_countries = [\"US\"]\n"
    "[[hours]]\nid = \"h\"\nin = [\"*\"]\nsays = \"s\"\nsource = \"s\"\nfrom = 2000-01-01\n"
    "weekdays = \"08:00-21:00\"\nsaturday = \"08:00-21:00\"\nsunday = \"closed\"\n"
    "[[consents]]\nid = \"c\"\nin = [\"*\"]\nsays = \"s\"\nsource = \"s\"\nfrom = 2000-01-01\n"
    "[[rings]]\nid = \"r\"\nin = [\"*\"]\nsays = \"s\"\nsource = \"s\"\nfrom = 2000-01-01\nseconds = 15\n"
    "[[scrubs]]\nid = \"u\"\nin = [\"*\"]\nsays = \"s\"\nsource = \"s\"\nfrom = 2000-01-01\ndays = 31\n";

std::string complaint(const std::string& toml) {
  const std::vector<RuleText> texts = {{"x.toml", toml}};
  const auto book = Rulebook::parse(texts, "d");
  return book ? "" : book.error().text;
}

// A pack that is sound but for the lines of one more rule of that kind.
std::string wrong_in(const std::string& kind, const std::string& lines) {
  return complaint(head + floor_rules + "[[" + kind + "]]\n" + lines);
}

std::string plain_rule(const std::string& lines) {
  return "id = \"y\"\nin = [\"US-NY\"]\nsays = \"s\"\nsource = \"s\"\nfrom = 2020-01-01\n" + lines;
}

bool has(const std::string& text, std::string_view part) {
  CAPTURE(text);
  CAPTURE(part);
  const bool found = text.find(part) != text.npos;
  CHECK(found);
  return found;
}

const std::string all_week =
    "weekdays = \"08:00-20:00\"\nsaturday = \"08:00-20:00\"\nsunday = \"08:00-20:00\"\n";

}  // namespace

TEST_CASE("a sound pack is read, and its name, date and digest are the version") {
  CHECK(complaint(head + floor_rules).empty());
  CHECK(Rulebook::parse(std::vector<RuleText>{{"x.toml", head + floor_rules}}, "abc")->version() ==
        "x 2026-01-02 (abc)");
}

TEST_CASE("the packs of the product are sound and each says what it leaves out") {
  const Rulebook& book = test::rulebook();

  CHECK(book.all().hours.size() >= 20);
  CHECK(book.all().not_covered.size() >= 15);
  CHECK(book.countries_by_default() == std::vector<std::string>{"US"});
  CHECK(book.needs_region("US"));
  CHECK_FALSE(book.needs_region("GB"));
  CHECK(book.version() ==
        "ca 2026-11-01, generic 2026-11-01, uk 2026-11-01, us-states 2026-11-01, us 2026-11-01 (digest)");
}

TEST_CASE("a pack without a floor for every place is refused") {
  for (const std::string kind : {"hours", "consents", "rings", "scrubs"}) {
    std::string toml = head + floor_rules;
    const std::size_t begin = toml.find("[[" + kind + "]]");
    toml.replace(toml.find("\"*\"", begin), 3, "\"US\"");
    CHECK(complaint(toml) ==
          "the rule packs have no " + kind + " for every place; add a rule with in = [\"*\"]");
  }
  CHECK(has(complaint(head + floor_rules.substr(floor_rules.find('\n') + 1)), "allow no country"));
  CHECK_FALSE(Rulebook::parse({}, "d"));
}

TEST_CASE("a complaint names file, line and key") {
  CHECK(wrong_in("caps", plain_rule("calls = 0\nhours = 24\n")) ==
        "x.toml line 40: caps[0].calls must be 1 to 100; got 0");
}

TEST_CASE("what is missing or unknown is refused") {
  CHECK(has(complaint("name = \"x\"\n"), "as_of is missing"));
  CHECK(has(complaint("name = \"x\"\nas_of = 2026-01-01\n"), "not_covered is missing"));
  CHECK(has(complaint(head + "hous = 1\n" + floor_rules), "hous is not known here; did you mean hours?"));
  CHECK(has(wrong_in("hours", plain_rule("weekdays = \"08:00-20:00\"\n")), "hours[1].saturday is missing"));
  CHECK(has(wrong_in("caps", plain_rule("calls = 3\nhours = 24\nhour = 2\n")),
            "caps[0].hour is not known here"));
  CHECK(has(wrong_in("caps", "calls = 3\nhours = 24\n"), "caps[0].source is missing"));
  CHECK(has(wrong_in("caps", "calls = 3\nhours = 24\n"), "caps[0].from is missing"));
  CHECK(has(complaint("name = \"\"\n" + head.substr(11) + floor_rules), "name must not be empty"));
}

TEST_CASE("values that say nothing sensible are refused") {
  CHECK(has(wrong_in("hours",
                     plain_rule("weekdays = \"20:00-08:00\"\nsaturday = \"closed\"\nsunday = \"closed\"\n")),
            "hours[1].weekdays must be \"closed\" or hours"));
  CHECK(has(
      wrong_in("hours", plain_rule("weekdays = \"closed\"\nsaturday = \"closed\"\nsunday = \"closed\"\n")),
      "must be open on some day"));
  CHECK(has(wrong_in("hours", plain_rule(all_week + "closed_on = [\"feasts\"]\n")), "feasts is none"));
  CHECK(has(wrong_in("hours", plain_rule(all_week + "voice = \"robot\"\n")),
            "must be one of artificial, human"));
  CHECK(
      has(wrong_in("consents", plain_rule("purpose = \"fun\"\n")), "must be one of marketing, information"));
  CHECK(has(wrong_in("rings", plain_rule("seconds = 500\n")), "rings[1].seconds must be 1 to 120"));
  CHECK(has(wrong_in("scrubs", plain_rule("days = 0\n")), "scrubs[1].days must be 1 to 366"));
  CHECK(has(wrong_in("caps", plain_rule("calls = 3\nhours = 24\nuntil = 2020-01-01\n")),
            "must be later than from"));
  CHECK(has(complaint(head + floor_rules + "[holidays]\nx = [\"july 40\"]\n"), "must be a day like"));
  CHECK(has(complaint(head + floor_rules + "[holidays]\nx = []\n"), "must be a list of days"));
  CHECK(has(complaint("allowed_countries = [\"usa\"]\n" + head), "must be two capitals"));
}

TEST_CASE("places are countries, states or everywhere") {
  for (const std::string place : {"", "us", "USA", "US-", "US_NY", "US-NEWY", "U", "**", "US-ny"}) {
    CAPTURE(place);
    CHECK(has(wrong_in("rings", "id = \"y\"\nin = [\"" + place +
                                    "\"]\nsays = \"s\"\nsource = \"s\"\nfrom = 2020-01-01\nseconds = 15\n"),
              "must be a place like"));
  }
  CHECK(has(wrong_in("rings",
                     "id = \"y\"\nin = []\nsays = \"s\"\nsource = \"s\"\nfrom = 2020-01-01\nseconds "
                     "= 15\n"),
            "must name a place"));
}

TEST_CASE("an id or a name that comes twice is refused, across files too") {
  CHECK(has(wrong_in("rings",
                     "id = \"h\"\nin = [\"US\"]\nsays = \"s\"\nsource = \"s\"\nfrom = "
                     "2020-01-01\nseconds = 15\n"),
            "rings[1].id is the id of another rule"));
  const std::vector<RuleText> twice = {{"x.toml", head + floor_rules}, {"y.toml", head}};
  CHECK(has(Rulebook::parse(twice, "d").error().text, "y.toml line 1: name is the name of another pack"));
}

TEST_CASE("two rules for the hours of one place and time are refused") {
  const auto second = [](const std::string& lines) {
    return wrong_in("hours", "id = \"y\"\nin = [\"*\"]\nsays = \"s\"\nsource = \"s\"\n" + all_week + lines);
  };

  CHECK(has(second("from = 2020-01-01\n"), "must not overlap with h"));
  CHECK(second("from = 1990-01-01\nuntil = 2000-01-01\n").empty());
  CHECK(has(second("from = 1990-01-01\nuntil = 2000-01-02\n"), "must not overlap with h"));
  CHECK(second("from = 2020-01-01\nvoice = \"human\"\n").empty());
}

TEST_CASE("a rule binds who may be in its place, by its voice") {
  const Rule florida{.places = {"US-FL"}, .voice = Voice::artificial};
  const std::vector<Jurisdiction> miami = {{"US", "GA", ""}, {"US", "FL", ""}};
  const std::vector<Jurisdiction> elsewhere = {{"US", "GA", ""}, {"US", "", ""}, {"CA", "FL", ""}};

  CHECK(binds(florida, miami, Voice::artificial));
  CHECK_FALSE(binds(florida, miami, Voice::human));
  CHECK_FALSE(binds(florida, elsewhere, Voice::artificial));
  CHECK(binds(Rule{.places = {"US"}}, miami, Voice::human));
  CHECK_FALSE(binds(Rule{.places = {"GB"}}, miami, Voice::human));
  CHECK(binds(Rule{.places = {"*"}}, {}, Voice::human));
}
