#include "base/json.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

namespace ringdown {
namespace {

enum class Mood { cheerful, not_today };
BOOST_DESCRIBE_ENUM(Mood, cheerful, not_today)

struct Phone {
  std::string number;
  std::optional<std::string> label;

  bool operator==(const Phone&) const = default;
};
BOOST_DESCRIBE_STRUCT(Phone, (), (number, label))

struct Person {
  std::string name;
  std::int32_t age = 0;
  std::optional<Mood> mood;
  std::vector<Phone> phones;

  bool operator==(const Person&) const = default;
};
BOOST_DESCRIBE_STRUCT(Person, (), (name, age, mood, phones))

struct SignUp {
  std::string email;
  std::string password;
  std::vector<std::string> tags;
  int seats = 1;
};
BOOST_DESCRIBE_STRUCT(SignUp, (), (email, password, tags, seats))

struct Ticket {
  std::string status;
  std::optional<std::string> owner;
};
BOOST_DESCRIBE_STRUCT(Ticket, (), (status, owner))

struct Change {
  std::optional<std::optional<std::string>> note;
};
BOOST_DESCRIBE_STRUCT(Change, (), (note))

struct Numbers {
  std::optional<bool> flag;
  std::optional<std::uint8_t> small;
  std::optional<std::int64_t> wide;
  std::optional<std::uint64_t> huge;
  std::optional<double> real;

  bool operator==(const Numbers&) const = default;
};
BOOST_DESCRIBE_STRUCT(Numbers, (), (flag, small, wide, huge, real))

struct Mixed {
  std::optional<Id<Person>> id;
  std::optional<Time> at;
  std::optional<std::map<std::string, int>> counts;
  std::optional<Json> payload;

  bool operator==(const Mixed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Mixed, (), (id, at, counts, payload))

}  // namespace

template <>
inline constexpr auto json_rules<SignUp> = rules_of<SignUp>(
    field(&SignUp::email, Form::email, length(3, 254)), field(&SignUp::password, length(8, 128)),
    field(&SignUp::tags, may_be_missing, length(0, 2), each(Form::line, length(1, 5))),
    field(&SignUp::seats, may_be_missing, range(1, 10)));

template <>
inline constexpr auto json_rules<Ticket> =
    rules_of<Ticket>(writes_nulls, field(&Ticket::status, also("ticket_status"), accepting("state")));

template <>
inline constexpr std::array json_synonyms<Mood>{JsonSynonym<Mood>{"happy", Mood::cheerful}};

namespace {

struct Refusal {
  const char* text;
  const char* field;
  const char* says;
};

template <class T>
void check_refused(std::span<const Refusal> refusals) {
  for (const Refusal& row : refusals) {
    CAPTURE(row.text);
    const auto read = read_json<T>(row.text);
    REQUIRE_FALSE(read);
    CHECK(read.error().reason == Reason::invalid);
    CHECK(read.error().field == row.field);
    CHECK(read.error().text == row.says);
  }
}

TEST_CASE("a struct is read whatever the order of its fields, and written in the order of its members") {
  const auto person = read_json<Person>(
      R"( {"phones":[{"number":"555-0100","label":"desk"},{"number":"555-0101"}],"mood":"not_today","age":41,"name":"Ann"} )");

  REQUIRE(person);
  CHECK(*person == Person{"Ann", 41, Mood::not_today, {{"555-0100", "desk"}, {"555-0101", {}}}});
  CHECK(
      write_json(*person) ==
      R"({"name":"Ann","age":41,"mood":"not-today","phones":[{"number":"555-0100","label":"desk"},{"number":"555-0101"}]})");
}

TEST_CASE("what a struct does not hold is refused with its path and what was meant") {
  constexpr Refusal refusals[] = {
      {R"({"nane":"Ann","age":1,"phones":[]})", "nane", "nane: unknown field; did you mean name?"},
      {R"({"name":"Ann","age":1,"phones":[],"favourite_colour":3})", "favourite_colour",
       "favourite_colour: unknown field; known are name, age, mood, phones"},
      {R"({"":1})", "", "unknown field; known are name, age, mood, phones"},
      {R"({"name":"Ann","age":1})", "phones", "phones: required, but missing"},
      {R"({"name":"Ann","age":1,"phones":[{"number":"1"},{"label":"x"}]})", "phones[1].number",
       "phones[1].number: required, but missing"},
      {R"({"name":"Ann","age":1,"name":"Bob","phones":[]})", "name", "name: given twice; keep one"},
      {R"({"name":"Ann","age":1,"phones":[{"number":"1","number":"1"}]})", "phones[0].number",
       "phones[0].number: given twice; keep one"},
      {R"({"name":7,"age":1,"phones":[]})", "name", "name: a text is expected; got a number"},
      {R"({"name":null,"age":1,"phones":[]})", "name", "name: a text is expected; got null"},
      {R"({"name":"Ann","age":"1","phones":[]})", "age", "age: a whole number is expected; got a text"},
      {R"({"name":"Ann","age":true,"phones":[]})", "age", "age: a whole number is expected; got true"},
      {R"({"name":"Ann","age":1,"phones":{}})", "phones", "phones: a list is expected; got an object"},
      {R"({"name":"Ann","age":1,"phones":[[]]})", "phones[0]",
       "phones[0]: an object is expected; got a list"},
      {R"([])", "", "an object is expected; got a list"},
      {R"({"name":"Ann","age":1,"phones":[],"mood":"cheerfull"})", "mood",
       R"(mood: one of cheerful, not-today is expected; got "cheerfull"; did you mean cheerful?)"},
  };
  check_refused<Person>(refusals);
}

TEST_CASE("whole numbers keep to the range of their type; 1.0 is whole, 1.5 is not") {
  const auto numbers = read_json<Numbers>(
      R"({"small":255.0,"wide":-9223372036854775808,"huge":18446744073709551615,"real":1e2,"flag":false})");

  REQUIRE(numbers);
  CHECK(*numbers == Numbers{false, std::uint8_t{255}, std::numeric_limits<std::int64_t>::min(),
                            std::numeric_limits<std::uint64_t>::max(), 100.0});
  constexpr Refusal refusals[] = {
      {R"({"small":256})", "small", "small: a whole number from 0 to 255 is expected; got 256"},
      {R"({"small":-1})", "small", "small: a whole number from 0 to 255 is expected; got -1"},
      {R"({"small":1.5})", "small", "small: a whole number from 0 to 255 is expected; got 1.5"},
      {R"({"wide":9223372036854775808})", "wide",
       "wide: a whole number from -9223372036854775808 to 9223372036854775807 is expected; got "
       "9223372036854775808"},
      {R"({"huge":1e19})", "huge",
       "huge: a whole number from 0 to 18446744073709551615 is expected; got 1e19"},
      {R"({"flag":0})", "flag", "flag: true or false is expected; got a number"},
  };
  check_refused<Numbers>(refusals);
}

TEST_CASE("a double is read as the number that was written, to the last bit") {
  for (double real :
       {0.1, 1.0 / 3, 1.7976931348623157e308, 2.2250738585072014e-308, -0.0, 123456789012345680.0}) {
    Numbers numbers;
    numbers.real = real;
    const auto read = read_json<Numbers>(write_json(numbers));
    REQUIRE(read);
    CHECK(read->real == real);
  }
}

TEST_CASE("ids, moments, maps and foreign JSON are members like any other") {
  const std::string text =
      R"({"id":"01949f2e-0000-7000-8000-00000000000a","at":"2026-11-20T10:00:00.25Z","counts":{"a":1,"b c":2},)"
      R"("payload":{"deep":[1.50,null,"\u001f\"é"]}})";

  const auto mixed = read_json<Mixed>(text);

  REQUIRE(mixed);
  CHECK(mixed->counts == std::map<std::string, int>{{"a", 1}, {"b c", 2}});
  CHECK(mixed->payload == Json{R"({"deep":[1.50,null,"\u001f\"é"]})"});
  CHECK(write_json(*mixed) == text);
  constexpr Refusal refusals[] = {
      {R"({"id":"7"})", "id", "id: a UUID is expected"},
      {R"({"at":"yesterday"})", "at", "at: a moment like 2026-11-20T10:00:00Z is expected"},
      {R"({"counts":{"a":"1"}})", "counts.a", "counts.a: a whole number is expected; got a text"},
      {R"({"payload":{"a":1,"b":[{"a":1,"a":2}]}})", "payload.b[0].a",
       "payload.b[0].a: given twice; keep one"},
  };
  check_refused<Mixed>(refusals);
}

TEST_CASE("a broken rule is told with what was expected and how far the value is off") {
  REQUIRE(read_json<SignUp>(R"({"email":"ann@example.com","password":"pässwörd"})"));
  CHECK(read_json<SignUp>(R"({"email":"ann@example.com","password":"12345678"})")->seats == 1);
  constexpr Refusal refusals[] = {
      {R"({"email":"ann@example.com","password":"123"})", "password", "password: 8 to 128 characters; got 3"},
      {R"({"email":"ann","password":"12345678"})", "email",
       "email: an e-mail address like name@example.com is expected"},
      {R"({"email":"ann@example.com","password":"12345678","seats":11})", "seats", "seats: 1 to 10; got 11"},
      {R"({"email":"ann@example.com","password":"12345678","tags":["a","b","c"]})", "tags",
       "tags: at most 2 items; got 3"},
      {R"({"email":"ann@example.com","password":"12345678","tags":["a","too long"]})", "tags[1]",
       "tags[1]: 1 to 5 characters; got 8"},
      {R"({"email":"ann@example.com","password":"12345678","tags":["a\nb"]})", "tags[0]",
       "tags[0]: one line of text is expected, not blank"},
  };
  check_refused<SignUp>(refusals);
}

TEST_CASE("a member goes by its other names too, and may come under several if they agree") {
  for (const char* text : {R"({"status":"open"})", R"({"ticket_status":"open"})", R"({"state":"open"})",
                           R"({"status":"open","owner":null,"ticket_status":"open"})"}) {
    CAPTURE(text);
    const auto ticket = read_json<Ticket>(text);
    REQUIRE(ticket);
    CHECK(ticket->status == "open");
    CHECK(write_json(*ticket) == R"({"status":"open","ticket_status":"open","owner":null})");
  }
  constexpr Refusal refusals[] = {
      {R"({"status":"open","state":"shut"})", "state",
       "state: given twice with different values, also as status; keep one"},
      {R"({"owner":"Ann"})", "status", "status: required, but missing"},
  };
  check_refused<Ticket>(refusals);
}

TEST_CASE("an enum is read with hyphen, underscore or a synonym") {
  for (const char* word : {"cheerful", "happy"}) {
    const auto person =
        read_json<Person>(std::string(R"({"name":"Ann","age":1,"phones":[],"mood":")") + word + R"("})");
    REQUIRE(person);
    CHECK(person->mood == Mood::cheerful);
  }
}

TEST_CASE("a change tells a field that is not given from one that is emptied") {
  CHECK_FALSE(read_json<Change>("{}")->note);
  CHECK(read_json<Change>(R"({"note":null})")->note.value() == std::nullopt);
  CHECK(read_json<Change>(R"({"note":"x"})")->note.value() == "x");
  CHECK(write_json(Change{.note = std::optional<std::string>()}) == R"({"note":null})");
}

TEST_CASE("unknown fields are passed over where the sender may add some") {
  const auto phone =
      read_json<Phone>(R"({"number":"555-0100","colour":{"a":[1]}})", {.ignore_unknown = true});

  REQUIRE(phone);
  CHECK(phone->number == "555-0100");
}

}  // namespace
}  // namespace ringdown
