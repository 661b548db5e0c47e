#include "base/json_schema.h"

#include <doctest/doctest.h>

#include "base/json.h"
#include "tests/support/json_sample.h"
#include "tests/support/json_schema.h"

namespace ringdown {
namespace {

struct Small {
  std::string email;
  std::optional<std::string> note;
  int seats = 1;
};
BOOST_DESCRIBE_STRUCT(Small, (), (email, note, seats))

namespace other {
struct Small {
  bool flag = false;
};
BOOST_DESCRIBE_STRUCT(Small, (), (flag))
}  // namespace other

}  // namespace

template <>
inline constexpr auto json_rules<Small> =
    rules_of<Small>(named("SmallInput"), says("A small thing"),
                    field(&Small::email, Form::email, length(3, 254), says("where codes are sent")),
                    field(&Small::note, Form::line), field(&Small::seats, may_be_missing, range(1, 10)));

namespace {

template <class T>
std::string document_of() {
  SchemaSink sink;
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  out.key("schema");
  schema_of<T>(sink, out);
  out.key("components");
  out.begin_object();
  out.key("schemas");
  sink.write_components(out);
  out.end_object();
  out.end_object();
  return text;
}

test::Sample full_sample() {
  test::Sample sample;
  sample.wide = -1;
  sample.real = 0.25;
  sample.text = "é\n\"";
  sample.status = "open";
  sample.leaf = {"a", 1.5};
  sample.leaves = {{"b", {}}};
  sample.table = {{1, 2}, {}};
  sample.words = {{"k", "v"}};
  sample.maybe_day = test::Weekday::day_off;
  sample.maybe_leaf = test::Leaf{"c", {}};
  sample.maybe_list = {"x"};
  sample.change.emplace();
  sample.inner.resize(2);
  return sample;
}

TEST_CASE("a struct's schema says what its reader wants") {
  CHECK(
      document_of<Small>() ==
      R"({"schema":{"$ref":"#/components/schemas/SmallInput"},"components":{"schemas":{"SmallInput":)"
      R"({"type":"object","description":"A small thing","properties":{)"
      R"("email":{"type":"string","description":"where codes are sent","format":"email","minLength":3,"maxLength":254},)"
      R"("note":{"type":["string","null"],"pattern":"^[^\\u0000-\\u001f\\u007f]*[^\\u0000-\\u0020\\u007f][^\\u0000-\\u001f\\u007f]*$"},)"
      R"("seats":{"type":"integer","format":"int32","minimum":1,"maximum":10}},)"
      R"("required":["email"],"additionalProperties":false}}}})");
}

TEST_CASE("what is written fits the schema, full or empty, and each struct is described once") {
  const std::string document = document_of<std::vector<test::Sample>>();
  const test::JsonSchemas schemas(document);

  const auto verdict = schemas.validate("/schema", write_json(std::vector{full_sample(), test::Sample{}}));

  CHECK_MESSAGE(verdict.has_value(), (verdict ? "" : verdict.error().text));
  CHECK(schemas.has("/components/schemas/Sample"));
  CHECK(schemas.has("/components/schemas/Leaf"));
  CHECK(document.find("hangs on a sample") == document.rfind("hangs on a sample"));
}

TEST_CASE("what the reader refuses, the schema refuses; what it takes, the schema takes") {
  const test::JsonSchemas schemas(document_of<test::Sample>());
  const std::string good = write_json(full_sample());
  struct Row {
    const char* from;
    const char* to;
    bool fits;
  };
  const Row rows[] = {
      {"\"flag\":false", "\"flag\":true", true},
      {"\"flag\":false,", "", false},
      {"\"flag\":false", "\"flag\":null", false},
      {"\"flag\":false", "\"flag\":false,\"flagg\":1", false},
      {"\"tiny\":0", "\"tiny\":-128", true},
      {"\"tiny\":0", "\"tiny\":128", false},
      {"\"tiny\":0", "\"tiny\":1.5", false},
      {"\"tiny\":0", "\"tiny\":1.0", true},
      {"\"count\":0", "\"count\":1000001", false},
      {"\"huge\":0", "\"huge\":-1", false},
      {"\"day\":\"monday\"", "\"day\":\"day-off\"", true},
      {"\"day\":\"monday\"", "\"day\":\"sunday\"", false},
      {"\"maybe_day\":\"day-off\"", "\"maybe_day\":null", true},
      {"\"maybe_leaf\":{\"name\":\"c\",\"weight\":null}", "\"maybe_leaf\":null", true},
      {"\"maybe_list\":[\"x\"]", "\"maybe_list\":[]", false},
      {"\"maybe_list\":[\"x\"]", "\"maybe_list\":[1]", false},
      {"\"table\":[[1,2],[]],", "", true},
      {"\"status\":\"open\",\"sample_status\":\"open\"", "\"state\":\"open\"", true},
      {"\"status\":\"open\",\"sample_status\":\"open\",", "", false},
      {"\"words\":{\"k\":\"v\"}", "\"words\":{\"k\":1}", false},
      {"\"change\":null", "\"change\":\"x\"", true},
      {"\"change\":null", "\"change\":1", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.to);
    std::string json = good;
    REQUIRE(json.contains(row.from));
    json.replace(json.find(row.from), std::string_view(row.from).size(), row.to);

    CHECK(read_json<test::Sample>(json).has_value() == row.fits);
    CHECK(schemas.validate("/schema", json).has_value() == row.fits);
  }
}

TEST_CASE("two structs that would share a schema name are a bug, not a surprise") {
  SchemaSink sink;
  std::string text;
  JsonWriter out(text);
  const auto nothing = [](JsonWriter& inner) { inner.null(); };

  sink.refer(out, {}, "Small", "ringdown::Small", nothing);
  CHECK_THROWS_AS(sink.refer(out, {}, "Small", "ringdown::other::Small", nothing), Breakage);
}

TEST_CASE("a component's name is the type's without its namespaces") {
  CHECK(component_name("ringdown::Lead") == "Lead");
  CHECK(component_name("ringdown::(anonymous namespace)::Lead") == "Lead");
  CHECK(component_name("ringdown::Page<ringdown::store::Lead>") == "Page_Lead");
  CHECK(component_name(type_text<other::Small>()) == "Small");
}

}  // namespace
}  // namespace ringdown
