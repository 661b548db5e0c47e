#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace ringdown::log {
namespace {

constexpr std::size_t uuid_length = 36;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_address_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > ' ' && byte != 0x7f &&
         std::string_view("<>()[]{},;:\"'=&?/\\|").find(c) == std::string_view::npos;
}

// Phone numbers are written with these between the digits.
bool is_separator(char c) {
  return std::string_view(" -.()/").find(c) != std::string_view::npos;
}

// Hides the address around the @ at `at`; `from` is the first character that may still be taken.
std::pair<std::size_t, std::size_t> address_around(std::string_view text, std::size_t at, std::size_t from) {
  std::size_t begin = at;
  while (begin > from && is_address_character(text[begin - 1])) --begin;
  std::size_t end = at + 1;
  while (end < text.size() && is_address_character(text[end])) ++end;
  return {begin, end};
}

std::string without_addresses(std::string_view text) {
  std::string clean;
  std::size_t done = 0;
  for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', done)) {
    const auto [begin, end] = address_around(text, at, done);
    clean.append(text.substr(done, begin - done)).append("<address>");
    done = end;
  }
  return clean.append(text.substr(done));
}

// The length of a UUID or a moment that begins here, so that it can be kept; 0 when there is none.
std::size_t kept_length(std::string_view text) {
  if (text.size() >= uuid_length && parse_uuid(text.substr(0, uuid_length))) return uuid_length;

  const auto z = text.find('Z');
  if (z != std::string_view::npos && z < 32 && parse_time(text.substr(0, z + 1))) return z + 1;
  return 0;
}

// The length of a run of digits and separators that begins here and holds at least seven digits; 0 otherwise.
std::size_t number_length(std::string_view text) {
  if (!is_digit(text.front()) && text.front() != '+' && text.front() != '(') return 0;

  std::size_t digits = 0;
  std::size_t end = 0;
  std::size_t gap = 0;
  for (std::size_t i = text.starts_with('+') ? 1 : 0; i < text.size() && gap < 3; ++i) {
    if (is_digit(text[i])) {
      ++digits;
      end = i + 1;
      gap = 0;
    } else if (is_separator(text[i])) {
      ++gap;
    } else {
      break;
    }
  }
  return digits >= 7 ? end : 0;
}

std::string without_numbers(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    std::size_t length = kept_length(text);
    if (length > 0) {
      clean.append(text.substr(0, length));
    } else if ((length = number_length(text)) > 0) {
      clean.append("<number>");
    } else {
      length = 1;
      clean +=
          static_cast<unsigned char>(text.front()) < ' ' ? ' ' : text.front();  // one line stays one line
    }
    text.remove_prefix(length);
  }
  return clean;
}

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = spdlog::stderr_logger_mt("ringdown");
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    made->flush_on(spdlog::level::debug);
    return made;
  }();
  return *instance;
}

spdlog::level::level_enum as_vendor(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warn: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::err;
}

void write(Level level, std::string_view message, Fields fields) {
  if (!shows(level)) return;

  std::string line(message);
  for (const Field& field : fields) {
    const bool quote = field.text().find(' ') != std::string_view::npos || field.text().empty();
    line.append(" ")
        .append(field.name())
        .append(quote ? "=\"" : "=")
        .append(field.text())
        .append(quote ? "\"" : "");
  }
  logger().log(as_vendor(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace

Field::Field(std::string_view name, std::string_view free_text) : name_(name), text_(scrubbed(free_text)) {}

void debug(std::string_view message, Fields fields) {
  write(Level::debug, message, fields);
}
void info(std::string_view message, Fields fields) {
  write(Level::info, message, fields);
}
void warn(std::string_view message, Fields fields) {
  write(Level::warn, message, fields);
}
void error(std::string_view message, Fields fields) {
  write(Level::error, message, fields);
}

bool shows(Level level) {
  return logger().should_log(as_vendor(level));
}

void set_level(Level level) {
  logger().set_level(as_vendor(level));
}

std::string scrubbed(std::string_view text) {
  return without_numbers(without_addresses(text));
}

}  // namespace ringdown::log
