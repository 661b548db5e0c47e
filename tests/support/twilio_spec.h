// Twilio's own description of its REST, as judge of what the adapter asks and the twin answers. The file
// belongs to Twilio and is not part of this repository: without it, tests that need it skip.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "net/http_client.h"
#include "tests/support/json_schema.h"

namespace ringdown::test {

class TwilioSpec {
 public:
  static std::unique_ptr<TwilioSpec> load();  // nothing where there is none

  // Both say what is wrong; empty where nothing is. `target` and `body` as they were sent.
  std::string wrong_with_request(Verb, std::string_view target, std::string_view body) const;
  std::string wrong_with_answer(Verb, std::string_view target, int status, std::string_view body) const;

 private:
  explicit TwilioSpec(std::string text);

  std::string text_;
  JsonSchemas schemas_;
};

}  // namespace ringdown::test
