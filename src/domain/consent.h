// What somebody agreed to, kept by number and for ever: consent belongs to the number that was given, not to
// the lead through which we know it.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"

namespace ringdown {

using ConsentId = Id<struct ConsentTag>;

enum class ConsentScope { marketing, information };
BOOST_DESCRIBE_ENUM(ConsentScope, marketing, information)

struct ConsentFields {
  std::string phone;
  std::string text_shown;
  Time given_at{};
  std::string method;
  ConsentScope scope = ConsentScope::information;
  bool written = false;
  bool ai_named = false;
  std::optional<std::string> proof;

  bool operator==(const ConsentFields&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsentFields, (),
                      (phone, text_shown, given_at, method, scope, written, ai_named, proof))

template <>
inline constexpr auto json_rules<ConsentFields> = rules_of<ConsentFields>(
    field(&ConsentFields::phone, length(1, 60), says("the number that may be called")),
    field(&ConsentFields::text_shown, length(1, 4000), says("the words that were agreed to")),
    field(&ConsentFields::given_at, says("when")),
    field(&ConsentFields::method, Form::line, length(1, 80),
          says("how: web form, paper, spoken on a call, …")),
    field(&ConsentFields::scope, says("marketing covers information as well")),
    field(&ConsentFields::written,
          says("signed, also electronically; marketing by an artificial voice needs it")),
    field(&ConsentFields::ai_named, may_be_missing,
          says("whether the words named calls by an artificial voice")),
    field(&ConsentFields::proof, length(1, 2000),
          says("where the proof lies: a link, a file's name, a form's id")));

}  // namespace ringdown
