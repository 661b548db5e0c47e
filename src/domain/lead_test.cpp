#include "domain/lead.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("blank texts are no texts, and tags are there once") {
  LeadFields lead{
      .phone = "+12125550123", .contact_name = " Ann ", .company_name = "  ", .tags = {"b", " a", "b", ""}};

  const auto tidy = tidied(lead);

  REQUIRE(tidy);
  CHECK(tidy->contact_name == "Ann");
  CHECK_FALSE(tidy->company_name);
  CHECK(tidy->tags == std::vector<std::string>{"a", "b"});
}

TEST_CASE("what only code can judge is named") {
  const auto field_of = [](LeadFields lead) {
    const auto tidy = tidied(std::move(lead));
    REQUIRE_FALSE(tidy);
    return tidy.error().field;
  };

  CHECK(field_of({.email = "nobody at home"}) == "email");
  CHECK(field_of({.country = "us"}) == "country");
  CHECK(field_of({.timezone = "Mars/Base"}) == "timezone");
  CHECK(field_of({.latitude = 32.8}) == "latitude");
}

TEST_CASE("one name has one key, however it is written") {
  CHECK(name_key("  ANN   O'Neil ") == name_key("Ann o'neil"));
  CHECK(name_key("\u00c9lodie") == name_key("\u00e9lodie"));
  CHECK(name_key("Ann") != name_key("Anna"));
  CHECK(name_key("") == "");
}

TEST_CASE("a later word fills in and replaces, and silence takes nothing away") {
  LeadFields known{.contact_name = "Ann",
                   .status = LeadStatus::dnc,
                   .tags = {"a"},
                   .interests = {{"botox", 0.5}},
                   .city = "Dallas",
                   .notes = "calls back"};

  merge(known, {.tags = {"b"}, .interests = {{"botox", 0.9}, {"peel", 0.1}}, .city = "Austin"});

  CHECK(known.contact_name == "Ann");
  CHECK(known.status == LeadStatus::dnc);
  CHECK(known.tags == std::vector<std::string>{"a", "b"});
  CHECK(known.interests == std::map<std::string, double>{{"botox", 0.9}, {"peel", 0.1}});
  CHECK(known.city == "Austin");
  CHECK(known.notes == "calls back");
}
