#include "domain/script.h"

#include "base/text.h"

namespace ringdown {
namespace {

constexpr std::string_view opt_out_key = "9";
constexpr std::size_t keys_max = 20;
constexpr Span verdict_patience = 20s;  // a mailbox that greets for longer hears nothing

std::string greeting(std::string_view company) {
  std::string text = "Hello, this is an automated call";
  if (!company.empty()) text.append(" on behalf of ").append(company);
  return text + ".";
}

std::string of(std::string_view company) {
  return company.empty() ? "" : " of " + std::string(company);
}

std::string from(std::string_view company) {
  return company.empty() ? "" : " from " + std::string(company);
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

// It rings at a phone that one of ours has confirmed.
Script script_for_rep(const Call& leg, const std::optional<Lead>& lead, std::string_view company) {
  if (leg.end_asked || is_terminal(leg.status)) return {{"The call is off. Goodbye."}};
  if (leg.joined_at) return {.texts = {}, .joins = leg.leg_of};
  const std::string name = lead ? lead->contact_name.value_or("") : "";
  return {.texts = {"Hello, this is the dialer" + of(company) + ".",
                    "To be connected" + (name.empty() ? "" : " with " + name) + ", press any key."},
          .takes_keys = true};
}

Script script_for_check(const Call& check, std::string_view company) {
  if (check.joined_at) return {{"Thank you. From now on you can take calls at this phone. Goodbye."}};
  if (!check.code || check.wrong_codes >= wrong_codes_max) {
    return {{"That is not the code either. Please ask for another call. Goodbye."}};
  }
  Script script{.texts = {}, .takes_keys = true, .keys = static_cast<int>(check.code->size())};
  if (check.wrong_codes == 0) {
    script.texts = {greeting(company), "Somebody who signed in wants to take calls at this phone."};
  } else {
    script.texts = {"That is not the code."};
  }
  script.texts.push_back("If that is you, enter the code that you see on your screen. If not, press " +
                         std::string(opt_out_key) + " and wait, and nobody will call you again.");
  return script;
}

// A rep talks, so only what has to be said before is.
Script script_before_rep(const Call& call, std::string_view company, Notice notice) {
  if (notice != Notice::due) return {.texts = {}, .joins = call.id};
  return {.texts = {"Hello, this is a call" + from(company) + ".", "This call is recorded."},
          .goes_on = true};
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

std::optional<CallEvent> meaning_of_keys(std::string_view pressed) {
  if (pressed == opt_out_key) return OptedOut{};
  const bool are_keys = !pressed.empty() && pressed.size() <= keys_max &&
                        pressed.find_first_not_of("0123456789*#") == pressed.npos;
  return are_keys ? std::optional<CallEvent>(Pressed{std::string(pressed)}) : std::nullopt;
}

Script script_of(const Call& call, const std::optional<Lead>& lead, std::string_view company, Notice notice) {
  if (call.kind == CallKind::rep_leg) return script_for_rep(call, lead, company);
  if (call.agreement == Agreement::opted_out) return {{"You are off our list. Goodbye."}};
  if (call.end_asked || is_terminal(call.status)) {
    return {{call.rep_id ? "Hello, this is a call" + from(company) + "." : greeting(company),
             "We are sorry to have disturbed you. Goodbye."}};
  }
  if (call.direction == Direction::inbound) return script_for_caller(call, company);
  if (call.kind == CallKind::phone_check) return script_for_check(call, company);
  if (call.rep_id) return script_before_rep(call, company, notice);
  if (call.voicemail_message && call.answered_by == AnsweredBy::machine) {
    return {{greeting(company), filled(*call.voicemail_message, lead, company)}};
  }
  if (notice == Notice::said_all) {
    return {.texts = {}, .then_waits = call.answered_by ? Span{0} : verdict_patience};
  }
  Script script{.texts = {}, .goes_on = notice == Notice::due, .takes_keys = true};
  if (notice != Notice::heard) script.texts = {greeting(company), way_out()};
  if (script.goes_on) {
    script.texts.push_back("This call is recorded.");
    return script;
  }
  const std::string message = filled(call.message.value_or(""), lead, company);
  const bool has_message = !trimmed(message).empty();
  script.asks_again = call.voicemail_message && !call.answered_by;
  script.texts.push_back(has_message ? message : "We will call you again at another time. Goodbye.");
  return script;
}

}  // namespace ringdown
