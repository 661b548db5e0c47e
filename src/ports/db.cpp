#include "ports/db.h"

namespace ringdown {

void check_call(const Statement& statement, const Values& values, const std::optional<Workspace>& workspace) {
  expect((statement.scope == Scope::tenant) == workspace.has_value(),
         workspace ? "a unit of a workspace runs tenant statements" : "a unit of the instance runs instance statements");
  expect(values.size() == static_cast<std::size_t>(statement.parameters), "every parameter has its value");
  for (const Value& value : values) {
    if (const auto* text = std::get_if<std::string>(&value.any())) {
      expect(is_clean_utf8(*text), "texts are checked for clean UTF-8 before they are stored");
    }
  }
}

}  // namespace ringdown
