// Whom the twin's numbers reach: kinds of people and lines as assets/personas.toml tells them, and which of
// them a number gets. Nobody real.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enums.h"
#include "base/result.h"
#include "base/time.h"
#include "sandbox/voice.h"

namespace ringdown::sandbox {

enum class LineKind {
  answers,
  busy,            // 486
  rings_on,        // until somebody gives up
  no_such_number,  // 404
  declines         // 603: the network does not put it through
};
BOOST_DESCRIBE_ENUM(LineKind, answers, busy, rings_on, no_such_number, declines)

enum class AnswererKind {
  person,
  machine,   // its greeting ends with a beep
  screening  // asks who calls, and then waits
};
BOOST_DESCRIBE_ENUM(AnswererKind, person, machine, screening)

struct KeyPress {
  char key = '0';
  std::string hearing{};  // is part of what they heard
};

struct Persona {
  std::string id{};
  std::string ending{};  // of numbers that always reach this one
  double share = 0;      // of the other numbers, weighed against everybody else's
  LineKind line = LineKind::rings_on;

  // Of a line that is answered.
  Span picks_up_from{};
  Span picks_up_to{};
  AnswererKind who = AnswererKind::person;
  Voice voice = Voice::slt;
  std::string greeting{};
  std::vector<std::string> replies{};  // one after each sentence of ours
  std::optional<Span> patience{};      // from the answer until they have had enough
  std::string goodbye{};               // said then
  std::optional<KeyPress> presses{};
};

class Personas {
 public:
  // Complaints name the file, the line and the key.
  static Result<Personas> parse(std::string_view toml, std::string file);
  // An empty name: those inside the program. Throws what is wrong with the file.
  static Personas load(const std::string& file);

  const Persona* find(std::string_view id) const;
  const Persona& drawn(double fraction) const;
  const Persona* promised_to(std::string_view number) const;
  const std::vector<Persona>& all() const { return all_; }

 private:
  explicit Personas(std::vector<Persona> all) : all_(std::move(all)) {}

  std::vector<Persona> all_;
};

}  // namespace ringdown::sandbox
