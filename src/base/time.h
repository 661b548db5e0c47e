// Moments and spans. A Time is UTC with microseconds, which is what both databases keep; nothing here reads a clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ringdown {

using Span = std::chrono::microseconds;
using Time = std::chrono::sys_time<Span>;

using namespace std::chrono_literals;

inline std::int64_t to_micros(Time time) { return time.time_since_epoch().count(); }
inline Time from_micros(std::int64_t micros) { return Time{Span{micros}}; }

// RFC 3339, UTC: 2026-11-20T10:00:00Z, with a fraction only where there is one.
std::string to_text(Time);

// Any RFC 3339 moment, offsets included; years 0001 to 9999. Nothing for anything else.
std::optional<Time> parse_time(std::string_view);

}  // namespace ringdown
