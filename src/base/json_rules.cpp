#include "base/json_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ids.h"
#include "base/text.h"
#include "base/time.h"

namespace ringdown {
namespace {

bool is_blank(char c) {
  return c == ' ';
}
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// Everything a label of a host may hold; names beyond ASCII are taken as they are.
bool is_label_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, is_label_character);
}

bool is_host(std::string_view host) {
  return host.size() <= 253 && std::ranges::all_of(split(host, '.'), is_label);
}

bool is_email(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || text.size() > 254) return false;

  const std::string_view local = text.substr(0, at);
  const std::string_view host = text.substr(at + 1);
  const auto foreign = [](char c) {
    return is_blank(c) || is_control(c) || std::string_view("@<>(),;:\"[]\\").contains(c);
  };
  return !local.empty() && local.size() <= 64 && std::ranges::none_of(local, foreign) && is_host(host) &&
         host.contains('.');
}

bool is_url(std::string_view text) {
  if (std::ranges::any_of(text, [](char c) { return is_blank(c) || is_control(c); })) return false;

  const auto scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return false;
  const std::string scheme = lowered(text.substr(0, scheme_end));
  if (scheme != "http" && scheme != "https") return false;

  std::string_view host = text.substr(scheme_end + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (host.starts_with('[')) return host.contains(']');
  return is_host(host.substr(0, host.find(':')));
}

bool is_date(std::string_view text) {
  return text.size() == 10 && parse_time(std::string(text) + "T00:00:00Z").has_value();
}

bool is_line(std::string_view text) {
  return !trimmed(text).empty() && std::ranges::none_of(text, is_control);
}

std::string broken_form(Form form, std::string_view text) {
  switch (form) {
    case Form::any: return {};
    case Form::email: return is_email(text) ? "" : "an e-mail address like name@example.com is expected";
    case Form::url: return is_url(text) ? "" : "a URL like https://example.com/path is expected";
    case Form::uuid: return parse_uuid(text) ? "" : "a UUID is expected";
    case Form::date: return is_date(text) ? "" : "a date like 2026-11-20 is expected";
    case Form::line: return is_line(text) ? "" : "one line of text is expected, not blank";
  }
  return {};
}

std::string broken_length(const ValueRule& rule, std::size_t got, std::string_view unit) {
  if (got >= rule.length_min && got <= rule.length_max) return {};

  const std::size_t told = rule.length_max == ValueRule::any_length ? rule.length_min : rule.length_max;
  const std::string_view plural = told == 1 ? "" : "s";
  const auto limits = [&] {
    if (rule.length_max == ValueRule::any_length) return fmt::format("at least {}", rule.length_min);
    if (rule.length_min == rule.length_max) return fmt::format("exactly {}", rule.length_min);
    if (rule.length_min == 0) return fmt::format("at most {}", rule.length_max);
    return fmt::format("{} to {}", rule.length_min, rule.length_max);
  };
  return fmt::format("{} {}{}; got {}", limits(), unit, plural, got);
}

}  // namespace

std::string broken_by_text(const ValueRule& rule, std::string_view text) {
  if (rule.limits_length()) {
    if (std::string broken = broken_length(rule, characters_in(text), "character"); !broken.empty())
      return broken;
  }
  return broken_form(rule.form, text);
}

std::string broken_by_number(const ValueRule& rule, double number) {
  if (number >= rule.min && number <= rule.max) return {};
  if (rule.max == ValueRule::any_number) return fmt::format("at least {}; got {}", rule.min, number);
  if (rule.min == -ValueRule::any_number) return fmt::format("at most {}; got {}", rule.max, number);
  return fmt::format("{} to {}; got {}", rule.min, rule.max, number);
}

std::string broken_by_count(const ValueRule& rule, std::size_t items) {
  return broken_length(rule, items, "item");
}

std::size_t characters_in(std::string_view clean_utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      clean_utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace ringdown
