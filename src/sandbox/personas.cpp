#include "sandbox/personas.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/expect.h"

extern "C" {
extern const char ringdown_personas[];      // NOLINT: made by personas.S
extern const char ringdown_personas_end[];  // NOLINT
}

namespace ringdown::sandbox {
namespace {

std::string text_of(const std::string& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.is_open() && !in.bad() && errno == 0) return text;
  throw Breakage(Reason::invalid, file + " cannot be read: " + std::strerror(errno) +
                                      "; make it a file of personas that can, or take it away");
}

}  // namespace

Personas Personas::load(const std::string& file) {
  auto read = file.empty() ? parse({ringdown_personas, ringdown_personas_end}, "personas.toml")
                           : parse(text_of(file), file);
  if (!read) throw Breakage(Reason::invalid, read.error().text);
  return *std::move(read);
}

const Persona* Personas::find(std::string_view id) const {
  const auto found = std::ranges::find(all_, id, &Persona::id);
  return found == all_.end() ? nullptr : &*found;
}

const Persona& Personas::drawn(double fraction) const {
  double sum = 0;
  for (const Persona& one : all_) sum += one.share;
  double left = fraction * sum;
  const Persona* last = nullptr;
  for (const Persona& one : all_) {
    if (one.share == 0) continue;
    last = &one;
    if (left < one.share) break;
    left -= one.share;
  }
  expect(last != nullptr, "somebody has a share: so the file was read");
  return *last;
}

const Persona* Personas::promised_to(std::string_view number) const {
  const auto found = std::ranges::find_if(
      all_, [&](const Persona& one) { return !one.ending.empty() && number.ends_with(one.ending); });
  return found == all_.end() ? nullptr : &*found;
}

}  // namespace ringdown::sandbox
