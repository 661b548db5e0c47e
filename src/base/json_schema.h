// JSON schema text (the subset that OpenAPI 3.1 embeds) of what base/json reads and writes. Described structs
// become named components, each written once however often it is used; base/json.h has schema_of<T>.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/json_rules.h"
#include "base/json_writer.h"

namespace ringdown {

// What the place of a value adds to the schema of its type.
struct SchemaPlace {
  ValueRule rule;
  ValueRule each;
  std::string_view says;
  bool nullable = false;
};

class SchemaSink {
 public:
  // Writes the reference to a component; `describe` is called for the first one of its name. `type` tells two
  // types that would get one name apart.
  void refer(JsonWriter&, const SchemaPlace&, const std::string& name, std::string_view type,
             const std::function<void(JsonWriter&)>& describe);

  // {"Lead": {…}, …}, in the order of the names: the value of "schemas" in "components".
  void write_components(JsonWriter&) const;

 private:
  struct Component {
    std::string type;
    std::string schema;
  };
  std::map<std::string, Component> components_;
};

// {"type": …, "description": …; the caller adds what is its own and closes the object.
void begin_schema(JsonWriter&, std::string_view type, const SchemaPlace&);

void write_text_schema(JsonWriter&, const SchemaPlace&, std::string_view format = {});
void write_number_schema(JsonWriter&, std::string_view type, const SchemaPlace&,
                         std::string_view format = {});
void write_words_schema(JsonWriter&, const SchemaPlace&, std::span<const std::string> words);
void write_any_schema(JsonWriter&, const SchemaPlace&);

// "ringdown::Page<ringdown::Lead>" → "Page_Lead", which OpenAPI takes as a component's name.
std::string component_name(std::string_view type);

}  // namespace ringdown
