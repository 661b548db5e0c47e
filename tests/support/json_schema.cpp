#include "tests/support/json_schema.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <optional>
#include <regex>
#include <string>

namespace ringdown::test {

namespace json = boost::json;

namespace {

constexpr int references_max = 100;  // one inside the other

struct Place {
  std::string path;
  int references = 0;

  Place at(std::string_view step) const { return {path + '/' + std::string(step), 0}; }
};

struct Verdict {
  bool fits = true;
  std::string path;
  std::string why;
};

Verdict refused(const Place& place, std::string why) {
  return {false, place.path, std::move(why)};
}

json::value parsed(std::string_view text) {
  json::parse_options options;
  options.max_depth = 256;
  return json::parse(json::string_view(text.data(), text.size()), {}, options);
}

bool is_number(const json::value& value) {
  return value.is_number();
}

bool is_whole(const json::value& value) {
  return value.is_int64() || value.is_uint64() ||
         (value.is_double() && value.get_double() == std::trunc(value.get_double()));
}

bool is_of_type(const json::value& value, std::string_view type) {
  if (type == "null") return value.is_null();
  if (type == "boolean") return value.is_bool();
  if (type == "integer") return is_whole(value);
  if (type == "number") return is_number(value);
  if (type == "string") return value.is_string();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  return false;
}

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

std::string short_form(const json::value& value) {
  return json::serialize(value).substr(0, 80);
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

bool matches(std::string_view text, std::string_view pattern) {
  constexpr std::size_t size_max = 10'000;  // std::regex recurses
  if (text.size() > size_max) return true;
  try {
    return std::regex_search(text.begin(), text.end(), std::regex(pattern.begin(), pattern.end()));
  } catch (const std::regex_error&) {
    return true;  // a dialect we do not speak
  }
}

class Judge {
 public:
  explicit Judge(const json::value& document) : document_(document) {}

  Verdict judge(const json::value& schema, const json::value& value, const Place& place) const {
    if (const bool* all_or_nothing = schema.if_bool()) {
      return *all_or_nothing ? Verdict{} : refused(place, "nothing is allowed here");
    }
    const json::object& rules = schema.as_object();
    if (value.is_null() && is_true(rules, "nullable")) return {};

    for (const auto check : {&Judge::reference, &Judge::type, &Judge::words, &Judge::number, &Judge::text,
                             &Judge::list, &Judge::fields, &Judge::combinations}) {
      if (Verdict verdict = (this->*check)(rules, value, place); !verdict.fits) return verdict;
    }
    return {};
  }

 private:
  static bool is_true(const json::object& rules, std::string_view key) {
    const json::value* flag = rules.if_contains({key.data(), key.size()});
    return flag != nullptr && flag->is_bool() && flag->get_bool();
  }

  Verdict reference(const json::object& rules, const json::value& value, const Place& place) const {
    const json::value* reference = rules.if_contains("$ref");
    if (reference == nullptr) return {};
    if (place.references > references_max) return refused(place, "the schema's references go in a circle");

    std::string_view pointer = view(reference->as_string());
    if (!pointer.starts_with('#')) return refused(place, "a reference to elsewhere: " + std::string(pointer));
    pointer.remove_prefix(1);
    std::error_code error;
    const json::value* target = document_.find_pointer({pointer.data(), pointer.size()}, error);
    if (target == nullptr) return refused(place, "a reference to nothing: " + std::string(pointer));
    return judge(*target, value, {place.path, place.references + 1});
  }

  Verdict type(const json::object& rules, const json::value& value, const Place& place) const {
    const json::value* type = rules.if_contains("type");
    if (type == nullptr) return {};

    const auto fits = [&](const json::value& name) { return is_of_type(value, view(name.as_string())); };
    const bool any = type->is_array() ? std::ranges::any_of(type->get_array(), fits) : fits(*type);
    if (any) return {};
    return refused(place, "is " + short_form(value) + ", but the type is " + json::serialize(*type));
  }

  Verdict words(const json::object& rules, const json::value& value, const Place& place) const {
    const json::value* one = rules.if_contains("const");
    if (one != nullptr && *one != value) return refused(place, "is not " + short_form(*one));

    const json::value* some = rules.if_contains("enum");
    if (some == nullptr || std::ranges::find(some->as_array(), value) != some->as_array().end()) return {};
    return refused(place, short_form(value) + " is not among " + short_form(*some));
  }

  Verdict number(const json::object& rules, const json::value& value, const Place& place) const {
    if (!is_number(value)) return {};

    const auto number = value.to_number<double>();
    const auto limit = [&](const char* key) -> std::optional<double> {
      const json::value* found = rules.if_contains(key);
      if (found == nullptr || !found->is_number()) return std::nullopt;
      return found->to_number<double>();
    };
    const auto min = limit("minimum");
    const auto max = limit("maximum");
    if ((min && number < *min) || (max && number > *max))
      return refused(place, short_form(value) + " is out of range");
    // In 3.0 the exclusive ones are flags, since 3.1 numbers of their own.
    if ((min && is_true(rules, "exclusiveMinimum") && number == *min) ||
        (max && is_true(rules, "exclusiveMaximum") && number == *max)) {
      return refused(place, short_form(value) + " is the excluded limit");
    }
    const auto above = limit("exclusiveMinimum");
    const auto below = limit("exclusiveMaximum");
    if ((above && number <= *above) || (below && number >= *below)) {
      return refused(place, short_form(value) + " is out of range");
    }
    const auto unit = limit("multipleOf");
    if (unit && std::abs(std::remainder(number, *unit)) > 1e-9) {
      return refused(place, short_form(value) + " is no multiple");
    }
    return {};
  }

  static Verdict counted(const json::object& rules, const Place& place, std::size_t count,
                         const char* min_key, const char* max_key) {
    const json::value* min = rules.if_contains(min_key);
    const json::value* max = rules.if_contains(max_key);
    if ((min == nullptr || count >= min->to_number<std::size_t>()) &&
        (max == nullptr || count <= max->to_number<std::size_t>())) {
      return {};
    }
    return refused(place, std::to_string(count) + " is outside of " + min_key + " and " + max_key);
  }

  Verdict text(const json::object& rules, const json::value& value, const Place& place) const {
    if (!value.is_string()) return {};

    const std::string_view text = view(value.get_string());
    const json::value* pattern = rules.if_contains("pattern");
    if (pattern != nullptr && !matches(text, view(pattern->as_string()))) {
      return refused(place, short_form(value) + " does not match " + short_form(*pattern));
    }
    return counted(rules, place, code_points(text), "minLength", "maxLength");
  }

  Verdict list(const json::object& rules, const json::value& value, const Place& place) const {
    if (!value.is_array()) return {};

    const json::array& items = value.get_array();
    if (const json::value* schema = rules.if_contains("items")) {
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (Verdict verdict = judge(*schema, items[i], place.at(std::to_string(i))); !verdict.fits)
          return verdict;
      }
    }
    return counted(rules, place, items.size(), "minItems", "maxItems");
  }

  Verdict fields(const json::object& rules, const json::value& value, const Place& place) const {
    if (!value.is_object()) return {};

    const json::object& object = value.get_object();
    if (const json::value* required = rules.if_contains("required");
        required != nullptr && required->is_array()) {
      for (const json::value& name : required->get_array()) {
        if (!object.contains(name.as_string())) return refused(place, "lacks " + short_form(name));
      }
    }
    for (const auto& field : object) {
      if (Verdict verdict = one_field(rules, field.key(), field.value(), place); !verdict.fits)
        return verdict;
    }
    return counted(rules, place, object.size(), "minProperties", "maxProperties");
  }

  Verdict one_field(const json::object& rules, json::string_view key, const json::value& value,
                    const Place& place) const {
    const Place inside = place.at({key.data(), key.size()});
    if (const json::value* properties = rules.if_contains("properties")) {
      if (const json::value* schema = properties->as_object().if_contains(key))
        return judge(*schema, value, inside);
    }
    const json::value* others = rules.if_contains("additionalProperties");
    if (others == nullptr) return {};
    if (others->is_bool() && !others->get_bool()) return refused(inside, "is not in the schema");
    return judge(*others, value, inside);
  }

  Verdict combinations(const json::object& rules, const json::value& value, const Place& place) const {
    if (const json::value* all = rules.if_contains("allOf")) {
      for (const json::value& schema : all->as_array()) {
        if (Verdict verdict = judge(schema, value, place); !verdict.fits) return verdict;
      }
    }
    if (const json::value* some = rules.if_contains("anyOf")) {
      if (Verdict verdict = choices(*some, value, place, some->as_array().size()); !verdict.fits)
        return verdict;
    }
    if (const json::value* one = rules.if_contains("oneOf")) return choices(*one, value, place, 1);
    return {};
  }

  Verdict choices(const json::value& schemas, const json::value& value, const Place& place,
                  std::size_t fitting_max) const {
    std::size_t fitting = 0;
    Verdict nearest;
    for (const json::value& schema : schemas.as_array()) {
      Verdict verdict = judge(schema, value, place);
      if (verdict.fits) ++fitting;
      // The choice that was followed deepest is the one that was meant.
      if (!verdict.fits && (nearest.fits || verdict.path.size() > nearest.path.size()))
        nearest = std::move(verdict);
    }
    if (fitting == 0) return nearest.fits ? refused(place, "there is nothing to choose from") : nearest;
    if (fitting > fitting_max) return refused(place, "fits " + std::to_string(fitting) + " choices, not one");
    return {};
  }

  const json::value& document_;
};

}  // namespace

struct JsonSchemas::Document {
  json::value root;

  const json::value* find(std::string_view pointer) const {
    std::error_code error;
    return root.find_pointer({pointer.data(), pointer.size()}, error);
  }
};

JsonSchemas::JsonSchemas(std::string_view document) : document_(new Document{parsed(document)}) {}
JsonSchemas::~JsonSchemas() = default;

bool JsonSchemas::has(std::string_view pointer) const {
  return document_->find(pointer) != nullptr;
}

Result<void> JsonSchemas::validate(std::string_view pointer, std::string_view text) const {
  const json::value* schema = document_->find(pointer);
  if (schema == nullptr) return fail(Reason::not_found, "no schema at " + std::string(pointer));

  const Verdict verdict = Judge(document_->root).judge(*schema, parsed(text), {});
  if (verdict.fits) return {};
  return fail(Reason::invalid, verdict.path + ": " + verdict.why, verdict.path);
}

}  // namespace ringdown::test
