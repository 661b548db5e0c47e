#include "domain/lead_columns.h"

#include <doctest/doctest.h>

#include "domain/lead_header_names.h"

using namespace ringdown;

namespace {

using Headers = std::vector<std::string_view>;

// "Phone=phone Mobile=other_phone Foo=-"
std::string told(const LeadMapping& mapping) {
  std::string text;
  for (const MappedColumn& column : mapping.columns) {
    if (!text.empty()) text += " ";
    text += column.header + "=" + (column.column ? to_text(*column.column) : "-");
    if (column.service) text += ":" + *column.service;
  }
  return text;
}

std::string guessed(const Headers& headers) {
  return told(guess_lead_mapping(headers));
}

std::string settled(const Headers& headers, const WantedColumns& wanted) {
  const auto mapping = settle_lead_mapping(headers, wanted);
  return mapping ? told(*mapping) : mapping.error().text;
}

void check_known(LeadColumn column, const Headers& headers) {
  for (const std::string_view header : headers) {
    CAPTURE(header);
    CHECK(known_header(header_key(header)) == column);
  }
}

}  // namespace

TEST_CASE("common names are known in any case and punctuation, in four languages") {
  check_known(LeadColumn::phone, {"phone", "PHONE_NUMBER", "Phone No.", "Tel.", "Mobile", "cell phone",
                                  "Telefon", "Teléfono", "Téléphone", "Handy", "Móvil"});
  check_known(LeadColumn::contact_name, {"Name", "full_name", "Contact Name", "Vollständiger Name"});
  check_known(LeadColumn::first_name, {"First Name", "Vorname", "Nombre", "Prénom", "Given Name"});
  check_known(LeadColumn::last_name, {"Last Name", "Nachname", "Apellidos", "Nom", "Surname"});
  check_known(LeadColumn::company_name,
              {"Company", "Account Name", "Organisation", "Firma", "Empresa", "Société"});
  check_known(LeadColumn::email, {"E-Mail", "Email Address", "Correo electrónico", "Courriel"});
  check_known(LeadColumn::external_id, {"ID", "External ID", "Record ID", "Account Number", "Kunden-Nr."});
  check_known(LeadColumn::state, {"State", "Province", "Region", "Bundesland", "State/Region"});
  check_known(LeadColumn::postal_code, {"ZIP", "Zip Code", "Postal Code", "PLZ", "Código Postal"});
  check_known(LeadColumn::country, {"Country", "Country/Region", "Land", "País", "Pays"});
  check_known(LeadColumn::latitude, {"lat", "Latitude"});
  check_known(LeadColumn::longitude, {"lng", "lon", "Longitude"});
  check_known(LeadColumn::tier, {"Tier", "value_tier"});
  check_known(LeadColumn::tags, {"Tags", "Labels"});
  check_known(LeadColumn::notes, {"Notes", "Comments", "Bemerkungen", "Notas", "Commentaires"});
  check_known(LeadColumn::status, {"Status", "lead_status"});
}

TEST_CASE("exports of other systems need no mapping") {
  CHECK(guessed({"Record ID", "First Name", "Last Name", "Email", "Phone Number", "Lead Status"}) ==
        "Record ID=external_id First Name=first_name Last Name=last_name Email=email Phone Number=phone "
        "Lead Status=status");
  CHECK(guessed({"Account Name", "Mailing City", "Mailing State/Province", "Mailing Zip/Postal Code", "Phone",
                 "Mobile"}) ==
        "Account Name=company_name Mailing City=city Mailing State/Province=state "
        "Mailing Zip/Postal Code=postal_code Phone=phone Mobile=other_phone");
  CHECK(guessed({"Name", "E-mail 1 - Value", "Phone 1 - Value", "Phone 2 - Value", "Fax"}) ==
        "Name=contact_name E-mail 1 - Value=email Phone 1 - Value=phone Phone 2 - Value=other_phone Fax=-");
}

TEST_CASE("every column's own word is known as a header") {
  for (const std::string& word : words_of<LeadColumn>()) {
    if (word == "other_phone" || word == "interest") continue;
    CAPTURE(word);
    CHECK(known_header(header_key(word)) == parse_enum<LeadColumn>(word));
  }
}

TEST_CASE("an interest may have a column of its own") {
  CHECK(guessed({"phone", "interest:botox", "Interest_Lip Filler", "interests", "interest:"}) ==
        "phone=phone interest:botox=interest:botox Interest_Lip Filler=interest:Lip Filler "
        "interests=interests interest:=-");
}

TEST_CASE("headers that are missing or taken are named by their position") {
  CHECK(guessed({"phone", "", "Email", "Email", " "}) ==
        "phone=phone column 2=- Email=email Email (column 4)=- column 5=-");
  CHECK(settled({"phone", "", "Email", "Email"}, {{"column 2", "city"}, {"Email (column 4)", "email"}}) ==
        "phone=phone column 2=city Email=- Email (column 4)=email");
}

TEST_CASE("what is wanted goes before the guess, and null leaves a column out") {
  CHECK(settled({"Phone", "Mobile", "X"}, {{"mobile", "phone"}, {"X", "interest:botox"}}) ==
        "Phone=other_phone Mobile=phone X=interest:botox");
  CHECK(settled({"Phone", "Mobile"}, {{"Phone", std::nullopt}}) == "Phone=- Mobile=phone");
}

TEST_CASE("a mapping that cannot be is refused in words that help") {
  CHECK(settled({"Phone"}, {{"Phome", "phone"}}) == "the file has no header 'Phome'; did you mean 'Phone'?");
  CHECK(settled({"Phone", "A"}, {{"A", "fax"}})
            .starts_with("header 'A': there is no column 'fax'; use one of"));
  CHECK(settled({"A", "B"}, {{"A", "phone"}, {"B", "phone"}}) ==
        "both 'A' and 'B' are to be phone; leave one of them out");
  CHECK(settled({"A", "B", "Tel"}, {{"A", "interest:x"}, {"B", "interest:x"}}) ==
        "both 'A' and 'B' are to be interest:x; leave one of them out");
  CHECK(settled({"Phone", "A"}, {{"Phone", "phone"}, {"phone", "city"}}) == "header 'Phone' is given twice");
  CHECK(settled({"a-b", "a b", "Tel"}, {{"ab", "city"}}) ==
        "header 'ab' may be 'a-b' or 'a b'; write it as the file does");
  CHECK(settled({"Name"}, {}).starts_with("no column for the phone"));
  CHECK(settled({"+1 212-555-0123", "Ann"}, {}).starts_with("the first line must name the columns"));
}

TEST_CASE("a mapping is kept as JSON") {
  const LeadMapping mapping = guess_lead_mapping(Headers{"Phone", "interest:botox", "Foo"});

  CHECK(read_json<LeadMapping>(write_json(mapping)) == mapping);
  CHECK(read_json<WantedColumns>(R"({"Phone":"phone","Foo":null})") ==
        WantedColumns{{"Phone", "phone"}, {"Foo", std::nullopt}});
}
