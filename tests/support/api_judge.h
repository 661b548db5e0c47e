// Holds every answer of the API against the API's own description, and against what all answers have in
// common.
#pragma once

#include <string>
#include <vector>

#include "net/http.h"
#include "tests/support/json_schema.h"

namespace ringdown::test {

struct ApiAnswer {
  int status = 0;
  Headers headers{};
  std::string body{};

  std::string header(std::string_view name) const { return std::string(headers.find(name).value_or("")); }
};

class ApiJudge {
 public:
  explicit ApiJudge(const std::string& description);

  // What is wrong with the answer; empty where nothing is.
  std::string complaint(std::string_view verb, std::string_view path, const ApiAnswer&);

  std::size_t operations() const { return operations_.size(); }

  // The operations that were never seen to succeed: "get /api/leads".
  std::vector<std::string> unseen() const;

 private:
  struct Operation {
    std::string verb;
    std::string path;
    std::string pointer;
    bool seen = false;
  };

  Operation* find(std::string_view verb, std::string_view path);
  std::string judge_error(const ApiAnswer&) const;
  std::string judge_success(const Operation&, const ApiAnswer&) const;

  JsonSchemas schemas_;
  std::vector<Operation> operations_;
};

}  // namespace ringdown::test
