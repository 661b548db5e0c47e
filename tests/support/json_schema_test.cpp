#include "tests/support/json_schema.h"

#include <doctest/doctest.h>

#include "tests/support/paths.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/skip.h"

using namespace ringdown;
using ringdown::test::JsonSchemas;

namespace {

struct Row {
  const char* schema;
  const char* json;
  const char* culprit;  // nullptr: it fits
};

std::string read_spec(const std::string& name) {
  const std::filesystem::path path = std::filesystem::path(RINGDOWN_SOURCE) / "../shared/specs" / name;
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the judge of JSON knows each rule of a schema") {
  const Row rows[] = {
      {R"({"type":"integer"})", "1", nullptr},
      {R"({"type":"integer"})", "1.0", nullptr},
      {R"({"type":"integer"})", "1.5", ""},
      {R"({"type":"number"})", "1", nullptr},
      {R"({"type":["string","null"]})", "null", nullptr},
      {R"({"type":["string","null"]})", "1", ""},
      {R"({"type":"string","nullable":true})", "null", nullptr},
      {R"({"type":"string"})", "null", ""},
      {R"({"enum":["a",null]})", "null", nullptr},
      {R"({"enum":["a"]})", "\"b\"", ""},
      {R"({"const":1})", "2", ""},
      {R"({"minimum":1,"maximum":2})", "2", nullptr},
      {R"({"minimum":1,"maximum":2})", "2.1", ""},
      {R"({"minimum":1,"exclusiveMinimum":true})", "1", ""},
      {R"({"exclusiveMaximum":5})", "5", ""},
      {R"({"multipleOf":0.1})", "0.3", nullptr},
      {R"({"multipleOf":2})", "3", ""},
      {R"({"minLength":2,"maxLength":2})", "\"é😀\"", nullptr},
      {R"({"minLength":2})", "\"é\"", ""},
      {R"({"pattern":"^AC[0-9]+$"})", "\"AC12\"", nullptr},
      {R"({"pattern":"^AC[0-9]+$"})", "\"SK12\"", ""},
      {R"({"items":{"type":"string"},"maxItems":2})", R"(["a","b"])", nullptr},
      {R"({"items":{"type":"string"}})", R"(["a",1])", "/1"},
      {R"({"maxItems":1})", "[1,2]", ""},
      {R"({"properties":{"a":{"type":"object","properties":{"b":{"type":"null"}}}}})", R"({"a":{"b":1}})",
       "/a/b"},
      {R"({"required":["a"]})", "{}", ""},
      {R"({"additionalProperties":false,"properties":{"a":{}}})", R"({"a":1})", nullptr},
      {R"({"additionalProperties":false,"properties":{"a":{}}})", R"({"b":1})", "/b"},
      {R"({"additionalProperties":{"type":"null"}})", R"({"b":1})", "/b"},
      {R"({"allOf":[{"required":["a"]},{"required":["b"]}]})", R"({"a":1})", ""},
      {R"({"anyOf":[{"type":"string"},{"type":"null"}]})", "null", nullptr},
      {R"({"anyOf":[{"type":"string"},{"properties":{"a":{"type":"null"}}}]})", R"({"a":1})", "/a"},
      {R"({"oneOf":[{"type":"number"},{"type":"integer"}]})", "1", ""},
      {R"({"oneOf":[{"type":"number"},{"type":"integer"}]})", "1.5", nullptr},
      {R"({"$ref":"#/no/where"})", "1", ""},
      {R"({"$ref":"#"})", "1", ""},
      {"false", "1", ""},
      {"true", "1", nullptr},
  };
  for (const Row& row : rows) {
    CAPTURE(row.schema);
    CAPTURE(row.json);
    const auto verdict = JsonSchemas(row.schema).validate("", row.json);
    CHECK(verdict.has_value() == (row.culprit == nullptr));
    if (!verdict && row.culprit != nullptr) CHECK(verdict.error().field == row.culprit);
  }
}

TEST_CASE("a schema that refers to itself is followed as far as the value goes") {
  const JsonSchemas schemas(
      R"({"components":{"schemas":{"Tree":{"type":"object","properties":{"left":{"$ref":"#/components/schemas/Tree"}}}}}})");

  CHECK(schemas.validate("/components/schemas/Tree", R"({"left":{"left":{}}})"));
  CHECK(schemas.validate("/components/schemas/Tree", R"({"left":{"left":3}})").error().field == "/left/left");
  CHECK(schemas.validate("/components/schemas/Bush", "1").error().reason == Reason::not_found);
}

TEST_CASE("the providers' own documents are read") {
  const std::string twilio = read_spec("twilio_api_v2010.json");
  if (twilio.empty()) return test::skip("../shared/specs is not here");
  const JsonSchemas twilio_schemas(twilio);
  constexpr std::string_view call = "/components/schemas/api.v2010.account.call";

  CHECK(twilio_schemas.validate(call, R"({"status":"in-progress","sid":null,"price":null})"));
  CHECK(twilio_schemas.validate(call, R"({"status":"dreaming"})").error().field == "/status");
  CHECK(twilio_schemas.validate(call, R"({"sid":"CA12"})").error().field == "/sid");

  const JsonSchemas openai_schemas(read_spec("openai_openapi.json"));
  constexpr std::string_view append = "/components/schemas/RealtimeClientEventInputAudioBufferAppend";
  CHECK(openai_schemas.validate(append, R"({"type":"input_audio_buffer.append","audio":"AAAA"})"));
  CHECK_FALSE(openai_schemas.validate(append, R"({"type":"input_audio_buffer.append"})"));
}
