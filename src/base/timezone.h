// The machine's zone data: which names are zones ("America/Chicago"), and what a clock there shows.
#pragma once

#include <cctz/time_zone.h>

#include <optional>
#include <string_view>

#include "base/time.h"

namespace ringdown {

// What a clock on the wall shows; means a moment only together with a zone.
using WallTime = std::chrono::local_time<Span>;

bool is_timezone(std::string_view name);

// Cheap to copy. A zone's data is read from disk when it is first asked for and kept for the life of the
// process.
class Zone {
 public:
  static std::optional<Zone> named(std::string_view name);

  Span offset(Time) const;  // of its clock from UTC
  WallTime wall_time(Time at) const { return WallTime((at + offset(at)).time_since_epoch()); }

  // The first moment after this one at which the clock may jump; nothing where it never does again.
  std::optional<Time> next_change(Time after) const;

 private:
  explicit Zone(cctz::time_zone data) : data_(data) {}

  cctz::time_zone data_;
};

}  // namespace ringdown
