#include "domain/lead_rows.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/text.h"

using namespace ringdown;

namespace {

const RowRules in_us{.region = "US"};

// Header and row, cells divided by a comma.
Result<LeadRow> read(std::string_view headers, std::string_view row, const RowRules& rules = in_us) {
  const auto mapping = settle_lead_mapping(split(headers, ','));
  REQUIRE(mapping);
  return read_lead_row(split(row, ','), *mapping, rules);
}

LeadRow good(std::string_view headers, std::string_view row) {
  auto read_row = read(headers, row);
  REQUIRE(read_row);
  return *std::move(read_row);
}

std::vector<std::string> notes(std::string_view header, std::string_view cell) {
  return good(fmt::format("phone,{}", header), fmt::format("+12125550123,{}", cell)).notes;
}

using Notes = std::vector<std::string>;

}  // namespace

TEST_CASE("a row becomes a tidy lead") {
  const LeadRow row =
      good("First Name,Last Name,Phone,Email,Company,City,State,Zip,Country,Tier,Tags,Lead Status",
           " Ann , Example ,(212) 555-0123 ext 7,ANN@Example.com,Acme,Dallas,TX,75201,us,VIP,"
           "new; Spa|new,No Answer");

  CHECK(row.fields == LeadFields{.phone = "+12125550123",
                                 .extension = "7",
                                 .contact_name = "Ann Example",
                                 .company_name = "Acme",
                                 .email = "ann@example.com",
                                 .status = LeadStatus::no_answer,
                                 .tier = Tier::premium,
                                 .tags = {"Spa", "new"},
                                 .city = "Dallas",
                                 .state = "TX",
                                 .postal_code = "75201",
                                 .country = "US"});
  CHECK(row.notes == Notes{});
  CHECK_FALSE(row.consent);
}

TEST_CASE("a name of its own goes before first and last name, and either of these will do") {
  CHECK(good("phone,name,first name", "+12125550123,Dr. Ann,Ann").fields.contact_name == "Dr. Ann");
  CHECK(good("phone,first name,last name", "+12125550123,,Example").fields.contact_name == "Example");
  CHECK_FALSE(good("phone,name", "+12125550123, ").fields.contact_name);
}

TEST_CASE("only the phone makes a row invalid") {
  CHECK(read("phone,name", ",Ann").error() ==
        Failure{Reason::invalid, "the phone is missing; every lead needs one", "phone"});
  CHECK(read("name,phone", "Ann").error().text == "the phone is missing; every lead needs one");
  CHECK(read("phone", "n/a").error().text ==
        "phone 'n/a' is not a number we can call; write it like +15551234567");
}

TEST_CASE("of several phones the first that can be read is taken") {
  CHECK(good("Phone,Mobile", "+12125550123,+12125550124").fields.phone == "+12125550123");
  CHECK(good("Phone,Mobile", ",+12125550124").fields.phone == "+12125550124");
  CHECK(good("Phone,Mobile", "none,+12125550124").notes ==
        Notes{"phone 'none' is not a number we can call; write it like +15551234567; the next one is taken"});
}

TEST_CASE("a number without a country code is at home where the row says, else where the workspace is") {
  CHECK(good("phone,country", "030 901820,Deutschland").fields.phone == "+4930901820");
  CHECK(good("phone,country", "212 555 0123,").fields.phone == "+12125550123");
}

TEST_CASE("any other cell that cannot be read is left out, and a note says so") {
  CHECK(notes("email", "nobody") == Notes{"email 'nobody' is no address that mail can be sent to; left out"});
  CHECK(notes("timezone", "CST") ==
        Notes{"timezone 'CST' is no time zone such as America/Chicago; left out"});
  CHECK(notes("tier", "huge") == Notes{"tier 'huge' is not known; left out"});
  CHECK(notes("status", "odd") == Notes{"status 'odd' is not known; left out"});
  CHECK(notes("status", "calling") == Notes{"status 'calling' is for calls of our own; left out"});
  CHECK(notes("country", "Atlantis") == Notes{"country 'Atlantis' is not known; left out"});
  CHECK(notes("interest:botox", "3") == Notes{"interest in botox '3' is no number from 0 to 1; left out"});
  CHECK(notes("latitude", "32.8") == Notes{"latitude and longitude come together; left out"});
  CHECK(notes("latitude", "north") == Notes{"latitude 'north' is no number from -90 to 90; left out"});
  CHECK(notes("name", std::string(201, 'x')) ==
        Notes{"contact_name is longer than 200 characters; left out"});
}

TEST_CASE("a row may be shorter than the headers, and what is longer is counted") {
  CHECK(good("phone,name,city", "+12125550123").notes == Notes{});
  CHECK(good("phone", "+12125550123,a,,b").notes == Notes{"2 cells more than headers; left out"});
  CHECK(good("phone", "+12125550123,,").notes == Notes{});
}

TEST_CASE("interests stand in one column or in many") {
  const LeadRow row = good("phone,interests,interest:peel,interest_Lips",
                           "+12125550123,botox:0.8; filler:50% | spa,yes,0.25");

  CHECK(row.fields.interests ==
        std::map<std::string, double>{
            {"botox", 0.8}, {"filler", 0.5}, {"spa", 1}, {"peel", 1}, {"Lips", 0.25}});
}

TEST_CASE("coordinates may have a decimal comma") {
  const auto mapping = settle_lead_mapping(std::vector<std::string_view>{"phone", "lat", "lng"});
  const auto row =
      read_lead_row(std::vector<std::string_view>{"+12125550123", "32,78", "-96.8"}, *mapping, in_us);

  CHECK(row->fields.latitude == 32.78);
  CHECK(row->fields.longitude == -96.8);
}

TEST_CASE("a whole consent is taken with the number it is about") {
  const LeadRow row = good(
      "phone,consent_text,consent_at,consent_method,consent_scope,consent_written,consent_ai_named,consent_"
      "proof",
      "2125550123,I agree,2026-03-04T10:00:00Z,web form,marketing,yes,Y,form 17");

  REQUIRE(row.consent);
  CHECK(*row.consent == ConsentFields{.phone = "+12125550123",
                                      .text_shown = "I agree",
                                      .given_at = *parse_time("2026-03-04T10:00:00Z"),
                                      .method = "web form",
                                      .scope = ConsentScope::marketing,
                                      .written = true,
                                      .ai_named = true,
                                      .proof = "form 17"});
}

TEST_CASE("a consent that is not whole or not sure is no consent") {
  const auto note = [](std::string_view headers, std::string_view cells) {
    const LeadRow row = good(fmt::format("phone,{}", headers), fmt::format("+12125550123,{}", cells));
    CHECK_FALSE(row.consent);
    return row.notes;
  };

  CHECK(note("consent_text", "I agree") ==
        Notes{"consent_text, consent_at and consent_method belong together; the consent is left out"});
  CHECK(note("consent_text,consent_at,consent_method", "I agree,5/6/2024,form") ==
        Notes{"consent_at '5/6/2024' cannot be read for sure; the consent is left out"});
  CHECK(note("consent_text,consent_at,consent_method,consent_written", "I agree,2024-05-06,form,perhaps") ==
        Notes{"consent_written 'perhaps' cannot be read for sure; the consent is left out"});
}

TEST_CASE("blank rows are told from rows") {
  CHECK(is_blank_row(std::vector<std::string_view>{"", " ", "\t"}));
  CHECK_FALSE(is_blank_row(std::vector<std::string_view>{"", "x"}));
}
