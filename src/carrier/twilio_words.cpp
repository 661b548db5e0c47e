#include "carrier/twilio_words.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace ringdown::twilio {
namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> digits(std::string_view text, std::size_t size) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.size() != size || text.front() == '-') return std::nullopt;
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::chrono::sys_days> day_of(std::string_view day, std::string_view month,
                                            std::string_view year) {
  const auto d = digits(day, day.size() == 1 ? 1 : 2);
  const auto m = std::ranges::find(months, month);
  const auto y = digits(year, 4);
  if (!d || m == months.end() || !y) return std::nullopt;

  const std::chrono::year_month_day date{std::chrono::year{*y},
                                         std::chrono::month{static_cast<unsigned>(m - months.begin()) + 1},
                                         std::chrono::day{static_cast<unsigned>(*d)}};
  return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

std::optional<Span> clock_of(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;

  const auto hour = digits(text.substr(0, 2), 2);
  const auto minute = digits(text.substr(3, 2), 2);
  const auto second = digits(text.substr(6, 2), 2);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::optional<Span> offset_of(std::string_view text) {
  if (text == "GMT" || text == "UTC") return Span{0};
  if (text.size() != 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;

  const auto hour = digits(text.substr(1, 2), 2);
  const auto minute = digits(text.substr(3, 2), 2);
  if (!hour || !minute || *minute > 59) return std::nullopt;
  const Span ahead = std::chrono::hours(*hour) + std::chrono::minutes(*minute);
  return text[0] == '+' ? ahead : -ahead;
}

}  // namespace

std::optional<StreamState> stream_state_of(std::string_view event) {
  if (event == "stream-started") return StreamState::started;
  if (event == "stream-stopped") return StreamState::stopped;
  if (event == "stream-error") return StreamState::broken;
  return std::nullopt;
}

std::optional<RecordingState> recording_state_of(std::string_view status) {
  for (const auto* word : {"in-progress", "paused", "stopped", "processing"}) {
    if (status == word) return RecordingState::running;
  }
  if (status == "completed") return RecordingState::completed;
  if (status == "absent" || status == "deleted") return RecordingState::absent;
  return std::nullopt;
}

std::optional<CarrierState> state_of(std::string_view status) {
  if (status == "queued" || status == "initiated") return CarrierState::queued;
  if (status == "ringing") return CarrierState::ringing;
  if (status == "in-progress") return CarrierState::in_progress;
  for (const std::string_view end : {"completed", "busy", "no-answer", "failed", "canceled"}) {
    if (status == end) return CarrierState::ended;
  }
  return std::nullopt;
}

Cause cause_of(std::string_view final_status) {
  if (final_status == "completed") return Cause::completed;
  if (final_status == "busy") return Cause::busy;
  if (final_status == "no-answer") return Cause::no_answer;
  if (final_status == "canceled") return Cause::canceled;
  return Cause::failed;
}

AnsweredBy answered_by(std::string_view verdict) {
  if (verdict == "human") return AnsweredBy::human;
  if (verdict == "fax") return AnsweredBy::fax;
  return verdict.starts_with("machine") ? AnsweredBy::machine : AnsweredBy::unknown;
}

std::optional<Time> parse_moment(std::string_view text) {
  if (const auto comma = text.find(", "); comma != text.npos) text.remove_prefix(comma + 2);
  const auto parts = split(text, ' ');
  if (parts.size() != 5 || parts[0].empty()) return std::nullopt;

  const auto day = day_of(parts[0], parts[1], parts[2]);
  const auto clock = clock_of(parts[3]);
  const auto offset = offset_of(parts[4]);
  if (!day || !clock || !offset) return std::nullopt;
  return Time{*day} + *clock - *offset;
}

}  // namespace ringdown::twilio
