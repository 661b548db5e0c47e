// Ranges of numbers as people write them down: "+1NXX976XXXX", where X is any digit, N is 2 to 9 and Z is 0
// or 1, or "+1900*", where whatever follows belongs to it. Where several fit, the one with more digits
// written out wins.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/number_kind.h"

namespace ringdown {

class NumberRange {
 public:
  static std::optional<NumberRange> parse(std::string_view pattern);

  bool holds(std::string_view e164) const;
  int digits_written() const { return digits_written_; }
  bool may_begin_with(std::string_view two_digits) const;

 private:
  std::string places_;
  bool open_ = false;
  int digits_written_ = 0;
};

class NumberRanges {
 public:
  void add(const NumberRange&, NumberKind);
  std::optional<NumberKind> find(std::string_view e164) const;

 private:
  struct Entry {
    NumberRange range;
    NumberKind kind;
  };

  std::array<std::vector<Entry>, 100> by_two_digits_;  // each with the winners first
};

}  // namespace ringdown
