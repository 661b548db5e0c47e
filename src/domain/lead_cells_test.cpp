#include "domain/lead_cells.h"

#include <doctest/doctest.h>

using namespace ringdown;

TEST_CASE("moments are read where only one meaning is possible") {
  const auto read = [](std::string_view text) {
    const auto time = read_moment(text);
    return time ? to_text(*time) : "";
  };

  CHECK(read("2026-11-20T10:00:00+02:00") == "2026-11-20T08:00:00Z");
  CHECK(read("2026-11-20") == "2026-11-20T00:00:00Z");
  CHECK(read("2026/11/20") == "2026-11-20T00:00:00Z");
  CHECK(read("2026-11-20 14:30") == "2026-11-20T14:30:00Z");
  CHECK(read("3/25/2024") == "2024-03-25T00:00:00Z");
  CHECK(read("25/3/2024") == "2024-03-25T00:00:00Z");
  CHECK(read("4/4/2024") == "2024-04-04T00:00:00Z");
  CHECK(read("25.3.2024") == "2024-03-25T00:00:00Z");
  CHECK(read("3/25/2024 2:30 PM") == "2024-03-25T14:30:00Z");
  CHECK(read("3/25/2024 12:05 am") == "2024-03-25T00:05:00Z");

  for (const char* unclear : {"5/6/2024", "3/25/24", "13/13/2024", "2024-02-30", "2024-03-25 25:00", "March",
                              "3-25-2024", "3/25/2024 13:00 PM", "", "2024-1-", "99999-01-01", "pm"}) {
    CAPTURE(unclear);
    CHECK(read(unclear) == "");
  }
}

TEST_CASE("yes, no and numbers have many forms") {
  for (const char* yes : {"yes", "Y", "TRUE", "1", "ja", "Sí", "oui"}) CHECK(read_yes_no(yes) == true);
  for (const char* no : {"no", "N", "false", "0", "Nein", "non"}) CHECK(read_yes_no(no) == false);
  CHECK_FALSE(read_yes_no("maybe"));
  for (const char* neither : {"", "-", "tru", "rue", "yes y"}) CHECK_FALSE(read_yes_no(neither));

  CHECK(read_decimal("+0,5") == 0.5);
  CHECK(read_decimal("-1e-3") == -0.001);
  for (const char* none : {"", "1,2,3", "0x10", "nan", "inf", "1 2", "--1", "+"})
    CHECK_FALSE(read_decimal(none));
  CHECK(read_interest("80 %") == 0.8);
  CHECK_FALSE(read_interest("120%"));
}

TEST_CASE("the seeds' words for a status are understood") {
  CHECK(read_status("Completed") == LeadStatus::contacted);
  CHECK(read_status("no-answer") == LeadStatus::no_answer);
  CHECK(read_status("Not Interested") == LeadStatus::not_interested);
  CHECK(read_status("Do Not Call") == LeadStatus::dnc);
  CHECK(read_status("failed") == LeadStatus::error);
  CHECK(read_status("NEW") == LeadStatus::pending);
  for (const std::string& word : words_of<LeadStatus>())
    CHECK(read_status(word) == parse_enum<LeadStatus>(word));
}

TEST_CASE("countries are read by code or by name") {
  CHECK(read_country("us") == "US");
  CHECK(read_country("UK") == "GB");
  CHECK(read_country("U.S.A.") == "US");
  CHECK(read_country("Österreich") == "AT");
  CHECK_FALSE(read_country("XX"));
}

TEST_CASE("items of a list keep the signs that divide lists") {
  std::string cell;
  append_item(cell, "a;b");
  append_item(cell, "c|d\\");
  append_item(cell, "e:f");

  const auto items = list_items(cell);

  REQUIRE(items.size() == 3);
  CHECK(unescaped(items[0]) == "a;b");
  CHECK(unescaped(items[1]) == "c|d\\");
  CHECK(unescaped(items[2]) == "e:f");
  CHECK(unescaped("C:\\x\\") == "C:\\x\\");
  CHECK(list_items(" ; a |; ") == std::vector<std::string_view>{"a"});
}
