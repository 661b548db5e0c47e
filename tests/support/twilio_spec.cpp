#include "tests/support/twilio_spec.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

#include "base/text.h"
#include "net/url.h"
#include "tests/support/paths.h"

namespace ringdown::test {
namespace {

namespace json = boost::json;

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

// The path template this path is one of; the account and the sids fall into their places.
std::string template_of(std::string_view path) {
  std::string made;
  std::string_view before;
  for (std::string_view word : split(path.substr(1), '/')) {
    const bool named = word.starts_with("AC") || word.starts_with("CA") || word.starts_with("RE");
    const bool is_last = word.ends_with(".json");
    made += '/';
    if (named && before == "Accounts") made += "{AccountSid}";
    if (named && before == "Calls") made += is_last ? "{Sid}.json" : "{CallSid}";
    if (named && before == "Recordings") made += "{Sid}.json";
    if (!named) made += word;
    before = word;
  }
  return made;
}

std::string method_of(Verb verb) {
  return lowered(to_text(verb));
}

std::string escaped(std::string_view step) {
  std::string made;
  for (const char c : step) made += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return made;
}

std::string place_of(Verb verb, std::string_view target) {
  const std::string path = template_of(target.substr(0, target.find('?')));
  return "/paths/" + escaped(path) + "/" + method_of(verb);
}

// A form's text as the type its schema wants.
json::value typed(std::string_view text, const json::object& schema) {
  const json::value* type = schema.if_contains("type");
  const std::string_view name = type ? view(type->as_string()) : "string";
  if (name == "integer" && !text.empty() && text.find_first_not_of("0123456789") == text.npos) {
    return std::stoll(std::string(text));
  }
  if (name == "boolean" && (text == "true" || text == "false")) return text == "true";
  return json::value(json::string(text.data(), text.size()));
}

}  // namespace

std::unique_ptr<TwilioSpec> TwilioSpec::load() {
  const char* folder = std::getenv("RINGDOWN_SPECS");
  const std::string path =
      std::string(folder ? folder : RINGDOWN_SOURCE "/../shared/specs") + "/twilio_api_v2010.json";
  std::ifstream file(path, std::ios::binary);
  if (!file) return nullptr;
  return std::unique_ptr<TwilioSpec>(new TwilioSpec(std::string(std::istreambuf_iterator<char>(file), {})));
}

TwilioSpec::TwilioSpec(std::string text) : text_(std::move(text)), schemas_(text_) {}

std::string TwilioSpec::wrong_with_request(Verb verb, std::string_view target, std::string_view body) const {
  const std::string place = place_of(verb, target);
  if (!schemas_.has(place)) return "there is no such operation: " + place;

  const json::value whole = json::parse(json::string_view(text_.data(), text_.size()));
  std::error_code error;
  const json::object& operation = whole.find_pointer(place, error)->as_object();
  std::map<std::string, json::object, std::less<>> known;
  std::vector<std::string> required;
  const auto question = target.find('?');
  const auto fields = QueryPairs::parse(
      verb == Verb::get ? question == target.npos ? "" : target.substr(question + 1) : body);
  if (!fields) return fields.error().text;
  if (verb == Verb::get) {
    for (const json::value& parameter : operation.at("parameters").as_array()) {
      if (parameter.at("in") != "query") continue;
      known.emplace(view(parameter.at("name").as_string()), parameter.at("schema").as_object());
    }
  } else {
    const json::value& schema =
        operation.at("requestBody").at("content").at("application/x-www-form-urlencoded").at("schema");
    for (const auto& property : schema.at("properties").as_object()) {
      known.emplace(std::string_view(property.key().data(), property.key().size()),
                    property.value().as_object());
    }
    if (const json::value* names = schema.as_object().if_contains("required")) {
      for (const json::value& name : names->as_array()) required.emplace_back(view(name.as_string()));
    }
  }
  for (const std::string& name : required) {
    if (!fields->find(name)) return name + " is missing";
  }
  for (const auto& [name, text] : *fields) {
    const auto property = known.find(name);
    if (property == known.end()) return name + " is no field of " + place;
    const json::value* items = property->second.if_contains("items");
    const json::object& schema = items ? items->as_object() : property->second;
    const JsonSchemas one(
        json::serialize(json::object{{"components", whole.at("components")}, {"field", schema}}));
    const auto fits = one.validate("/field", json::serialize(typed(text, schema)));
    if (!fits) return name + fits.error().text;
  }
  return "";
}

std::string TwilioSpec::wrong_with_answer(Verb verb, std::string_view target, int status,
                                          std::string_view body) const {
  const std::string place = place_of(verb, target) + "/responses/" + std::to_string(status);
  if (!schemas_.has(place)) return "there is no such answer: " + place;
  if (status == 204) return body.empty() ? "" : "a body where none belongs";

  const auto fits = schemas_.validate(place + "/content/application~1json/schema", body);
  return fits ? "" : fits.error().text;
}

}  // namespace ringdown::test
