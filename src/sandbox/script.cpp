#include "sandbox/script.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "sandbox/xml.h"

namespace ringdown::sandbox {
namespace {

constexpr Span played = 5s;      // of any sound
constexpr Span connected = 30s;  // of any conversation
constexpr int letters_per_second = 15;
constexpr int loops_max = 20;

int number_of(const Element& element, std::string_view name, int standard) {
  const auto text = element.attribute(name);
  if (!text) return standard;
  int number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  const bool whole = error == std::errc{} && end == text->data() + text->size();
  return whole && number >= 0 && number <= 24 * 3600 ? number : standard;
}

int times(const Element& element) {
  const int count = number_of(element, "loop", 1);
  return count == 0 ? loops_max : std::min(count, loops_max);
}

std::string spoken(const Element& element) {
  std::string text(trimmed(element.text));
  for (const Element& child : element.children) text += spoken(child);
  return text;
}

Step wait(Span time, std::string said = {}) {
  return {.time = time, .said = std::move(said)};
}

Span reading_time(std::string_view text) {
  return std::chrono::seconds(static_cast<int>(text.size()) / letters_per_second + 1);
}

class Steps {
 public:
  std::expected<std::vector<Step>, std::string> of(const Element& response) {
    if (response.name != "Response") return std::unexpected("the root is no Response");
    for (const Element& verb : response.children) {
      if (!add(verb)) return std::unexpected(verb.name + " is no verb");
      if (ended_) break;
    }
    return std::move(steps_);
  }

 private:
  bool add(const Element& verb) {
    if (verb.name == "Say") {
      const std::string text = spoken(verb);
      steps_.push_back(wait(reading_time(text) * times(verb), text));
    } else if (verb.name == "Play") {
      steps_.push_back(wait(played * times(verb), std::string(trimmed(verb.text))));
    } else if (verb.name == "Pause") {
      steps_.push_back(wait(std::chrono::seconds(number_of(verb, "length", 1))));
    } else if (verb.name == "Gather") {
      const std::size_t first = steps_.size();
      for (const Element& prompt : verb.children) add(prompt);
      steps_.push_back(wait(std::chrono::seconds(number_of(verb, "timeout", 5))));
      for (std::size_t i = first; i < steps_.size(); ++i)
        steps_[i].on_key = target_of(verb, verb.attribute("action"));
    } else if (verb.name == "Record") {
      steps_.push_back(wait(std::chrono::seconds(std::min(number_of(verb, "maxLength", 3600), 20))));
    } else if (verb.name == "Dial" || verb.name == "Connect") {
      steps_.push_back(wait(connected));
      go_on_at(verb.attribute("action"), verb);
    } else if (verb.name == "Redirect") {
      go_on_at(trimmed(verb.text), verb);
    } else if (verb.name == "Hangup" || verb.name == "Reject") {
      steps_.push_back({.kind = Step::Kind::hang_up});
      ended_ = true;
    } else {
      return verb.name == "Start" || verb.name == "Stop";
    }
    return true;
  }

  static Target target_of(const Element& verb, std::optional<std::string_view> address) {
    return {std::string(address.value_or("")), std::string(verb.attribute("method").value_or("POST"))};
  }

  void go_on_at(std::optional<std::string_view> address, const Element& verb) {
    if (!address || address->empty()) return;
    steps_.push_back({.kind = Step::Kind::go_on_at, .target = target_of(verb, address)});
    ended_ = true;
  }

  std::vector<Step> steps_;
  bool ended_ = false;
};

}  // namespace

std::expected<std::vector<Step>, std::string> read_script(std::string_view twiml) {
  const auto root = read_xml(twiml);
  if (!root) return std::unexpected(root.error());
  return Steps().of(*root);
}

std::string resolved(std::string_view base, std::string_view address) {
  if (address.contains("://")) return std::string(address);

  base = base.substr(0, base.find_first_of("?#"));
  const auto begin = base.find("://") + 3;
  const auto path = std::min(base.find('/', begin), base.size());
  if (address.starts_with('/')) return std::string(base.substr(0, path)) + std::string(address);
  const auto folder = base.rfind('/');
  const bool has_path = folder != base.npos && folder >= path;
  return std::string(base.substr(0, has_path ? folder : path)) + "/" + std::string(address);
}

}  // namespace ringdown::sandbox
