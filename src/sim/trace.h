// What a run was like, in one number: two runs that did the same in the same order have the same hash.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/time.h"

namespace ringdown::sim {

class Trace {
 public:
  using Reader = std::function<void(const std::string& line)>;

  // `reader` sees every line as it is written; for people who look for a bug.
  explicit Trace(Reader reader = {}) : reader_(std::move(reader)) {}

  void note(Span at, std::string_view what, std::initializer_list<std::string_view> about = {});
  void note(Span at, std::string_view what, int node, std::string_view about = {});

  std::string hash() const;
  std::uint64_t lines() const { return lines_; }

 private:
  void mix(std::string_view bytes);

  Reader reader_;
  std::uint64_t hash_ = 0xcbf29ce484222325;
  std::uint64_t lines_ = 0;
};

}  // namespace ringdown::sim
