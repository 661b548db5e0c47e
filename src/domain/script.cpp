#include "domain/script.h"

#include "base/text.h"

namespace ringdown {
namespace {

std::string greeting(std::string_view company) {
  std::string text = "Hello, this is an automated call";
  if (!company.empty()) text.append(" on behalf of ").append(company);
  return text + ".";
}

std::string first_word(std::string_view name) {
  name = trimmed(name);
  return std::string(name.substr(0, name.find(' ')));
}

std::string value_of(std::string_view word, const std::optional<Lead>& lead, std::string_view company) {
  if (word == "company") return std::string(company);
  if (!lead) return "";
  if (word == "contact_name") return lead->contact_name.value_or("");
  if (word == "first_name") return first_word(lead->contact_name.value_or(""));
  if (word == "company_name") return lead->company_name.value_or("");
  if (word == "city") return lead->city.value_or("");
  if (word == "state") return lead->state.value_or("");
  return "";
}

}  // namespace

std::string filled(std::string_view text, const std::optional<Lead>& lead, std::string_view company) {
  std::string made;
  while (true) {
    const auto open = text.find("{{");
    const auto close = open == text.npos ? text.npos : text.find("}}", open);
    made += text.substr(0, close == text.npos ? text.npos : open);
    if (close == text.npos) return made;
    made += value_of(trimmed(text.substr(open + 2, close - open - 2)), lead, company);
    text.remove_prefix(close + 2);
  }
}

Script script_of(const Call& call, const std::optional<Lead>& lead, std::string_view company, Notice notice) {
  const bool unwanted = call.end_asked || is_terminal(call.status) || call.agreement == Agreement::opted_out;
  if (unwanted) return {{greeting(company), "We are sorry to have disturbed you. Goodbye."}};
  if (notice == Notice::due) return {{greeting(company), "This call is recorded."}, true};

  const std::string message = filled(call.message.value_or(""), lead, company);
  const bool has_message = !trimmed(message).empty();
  Script script{{has_message ? message : "We will call you again at another time. Goodbye."}};
  if (notice == Notice::none) script.texts.insert(script.texts.begin(), greeting(company));
  return script;
}

}  // namespace ringdown
