// Judges JSON by a schema: ours, and the OpenAPI 3.0 and 3.1 documents of providers. It shares no code with
// the side that writes schemas. Not judged: format, discriminator, not, propertyNames, $recursiveRef.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"

namespace ringdown::test {

class JsonSchemas {
 public:
  explicit JsonSchemas(std::string_view document);  // one JSON text; throws where it is none
  ~JsonSchemas();

  bool has(std::string_view pointer) const;

  // Is `json` as the schema at `pointer` ("/components/schemas/Lead"; "" for the whole document) wants it?
  // The failure's field points to the culprit ("/leads/0/phone").
  Result<void> validate(std::string_view pointer, std::string_view json) const;

 private:
  struct Document;
  std::unique_ptr<Document> document_;
};

}  // namespace ringdown::test
