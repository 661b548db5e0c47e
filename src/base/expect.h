// The assertion of this code base: a broken expectation is a bug of ours, so it throws Breakage{internal} and the
// unit, request or round it happened in is given up; nothing else is.
#pragma once

#include <source_location>
#include <string_view>

namespace ringdown {

[[noreturn]] void expectation_broken(std::string_view what, std::source_location where);

inline void expect(bool holds, std::string_view what,
                   std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]] expectation_broken(what, where);
}

}  // namespace ringdown
