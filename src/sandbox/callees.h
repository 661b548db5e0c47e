// The people behind the numbers: which persona a number reaches, the same for the same seed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/chance.h"
#include "sandbox/personas.h"

namespace ringdown::sandbox {

struct Callee {
  const Persona* persona;  // of the twin's, which outlive every call
  Span picks_up_after{};   // of ringing
  Span talks_for{};        // with another person
  Span speaks_for{};       // onto a tape
  std::string presses{};   // once, where somebody asks for keys

  LineKind line() const { return persona->line; }
  Span waits_for() const;  // somebody to talk with
};

class Callees {
 public:
  Callees(std::uint64_t seed, Personas personas) : seed_(seed), personas_(std::move(personas)) {}

  bool set(std::string number, std::string_view persona);  // false: nobody is called so
  void set_presses(std::string number, std::string keys) { presses_[std::move(number)] = std::move(keys); }
  Callee at(std::string_view number) const;
  std::string ids() const;  // human, interested, …: for who got one wrong

 private:
  const Persona& persona_of(std::string_view number, Chance&) const;

  std::uint64_t seed_;
  Personas personas_;
  std::map<std::string, const Persona*, std::less<>> fixed_;
  std::map<std::string, std::string, std::less<>> presses_;
};

}  // namespace ringdown::sandbox
