#include "sandbox/attributes.h"

#include <charconv>

#include "base/text.h"

namespace ringdown::sandbox {

int number_of(const Element& element, std::string_view name, int standard) {
  const auto text = element.attribute(name);
  if (!text) return standard;
  int number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  const bool whole = error == std::errc{} && end == text->data() + text->size();
  return whole && number >= 0 && number <= 24 * 3600 ? number : standard;
}

Span seconds_of(const Element& element, std::string_view name, int standard) {
  return std::chrono::seconds(number_of(element, name, standard));
}

bool flag_of(const Element& element, std::string_view name, bool standard) {
  const auto text = element.attribute(name);
  if (text == "true") return true;
  return text == "false" ? false : standard;
}

std::string text_of(const Element& element, std::string_view name) {
  return std::string(element.attribute(name).value_or(""));
}

Target target_of(const Element& element, std::string_view name, std::string_view method_name) {
  return {text_of(element, name), std::string(element.attribute(method_name).value_or("POST"))};
}

std::set<std::string, std::less<>> words_of(const Element& element, std::string_view name,
                                            std::string_view standard) {
  std::set<std::string, std::less<>> words;
  for (const std::string_view word : split(element.attribute(name).value_or(standard), ' ')) {
    if (!word.empty()) words.emplace(word);
  }
  return words;
}

}  // namespace ringdown::sandbox
