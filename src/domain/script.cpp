#include "domain/script.h"

#include "base/text.h"

namespace ringdown {
namespace {

constexpr std::string_view opt_out_key = "9";

std::string greeting(std::string_view company) {
  std::string text = "Hello, this is an automated call";
  if (!company.empty()) text.append(" on behalf of ").append(company);
  return text + ".";
}

std::string of(std::string_view company) {
  return company.empty() ? "" : " of " + std::string(company);
}

std::string way_out() {
  return "To be taken off our list, press " + std::string(opt_out_key) + ".";
}

Script script_for_caller(const Call& call, std::string_view company) {
  Script script{.texts = {"Hello, this is an automated line" + of(company) + "."},
                .takes_keys = !call.phone.empty()};
  if (script.takes_keys) script.texts.push_back(way_out());
  script.texts.push_back("Nobody can talk to you right now. We have noted that you called. Goodbye.");
  return script;
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

std::optional<CallEvent> meaning_of_key(std::string_view pressed) {
  if (pressed == opt_out_key) return OptedOut{};
  return std::nullopt;
}

Script script_of(const Call& call, const std::optional<Lead>& lead, std::string_view company, Notice notice) {
  if (call.agreement == Agreement::opted_out) return {{"You are off our list. Goodbye."}};
  if (call.end_asked || is_terminal(call.status)) {
    return {{greeting(company), "We are sorry to have disturbed you. Goodbye."}};
  }
  if (call.direction == Direction::inbound) return script_for_caller(call, company);
  Script script{.texts = {}, .goes_on = notice == Notice::due, .takes_keys = true};
  if (notice != Notice::heard) script.texts = {greeting(company), way_out()};
  if (script.goes_on) {
    script.texts.push_back("This call is recorded.");
    return script;
  }
  const std::string message = filled(call.message.value_or(""), lead, company);
  const bool has_message = !trimmed(message).empty();
  script.texts.push_back(has_message ? message : "We will call you again at another time. Goodbye.");
  return script;
}

}  // namespace ringdown
