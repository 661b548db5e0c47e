#include "sandbox/script.h"

#include <algorithm>

#include "base/text.h"
#include "sandbox/attributes.h"
#include "sandbox/sentences.h"
#include "sandbox/xml.h"

namespace ringdown::sandbox {
namespace {

constexpr Span played = 5s;      // of any sound
constexpr Span connected = 30s;  // with anything but a stream
constexpr int loops_max = 20;
constexpr std::size_t numbers_max = 10;

int times(const Element& element) {
  const int count = number_of(element, "loop", 1);
  return count == 0 ? loops_max : std::min(count, loops_max);
}

std::string spoken(const Element& element) {
  std::string text(trimmed(element.text));
  for (const Element& child : element.children) text += spoken(child);
  return text;
}

// One after the other; none where the verb is something else.
std::vector<Sound> read_sounds(const Element& verb) {
  if (verb.name == "Say") {
    const std::string text = spoken(verb);
    return std::vector(static_cast<std::size_t>(times(verb)), Sound{speaking_time(text), text});
  }
  if (verb.name == "Play") {
    return {{played * times(verb), std::string(trimmed(verb.text)), Sound::Of::file}};
  }
  if (verb.name == "Pause") return {{seconds_of(verb, "length", 1), ""}};
  return {};
}

Gather read_gather(const Element& verb) {
  Gather gather{.wait = seconds_of(verb, "timeout", 5), .action = target_of(verb, "action", "method")};
  for (const Element& prompt : verb.children) {
    for (Sound& sound : read_sounds(prompt)) gather.prompts.push_back(std::move(sound));
  }
  gather.takes_keys = words_of(verb, "input", "dtmf").contains("dtmf");
  gather.digits_max = static_cast<std::size_t>(std::max(number_of(verb, "numDigits", 100), 1));
  gather.goes_on_empty = flag_of(verb, "actionOnEmptyResult", false);
  if (const auto key = verb.attribute("finishOnKey")) {
    gather.finish_key = key->empty() ? std::nullopt : std::optional(key->front());
  }
  return gather;
}

ConferencePlan read_conference(const Element& noun) {
  return {.name = std::string(trimmed(noun.text)),
          .starts_it = flag_of(noun, "startConferenceOnEnter", true),
          .ends_it = flag_of(noun, "endConferenceOnExit", false),
          .people_max = static_cast<std::size_t>(number_of(noun, "maxParticipants", 250)),
          .on_change = target_of(noun, "statusCallback", "statusCallbackMethod"),
          .events = words_of(noun, "statusCallbackEvent", "")};
}

// As people write them: +1 (212) 555-0123
std::string bare_number(std::string_view text) {
  std::string number(text);
  std::erase_if(number, [](char c) { return std::string_view(" ()-.\t\r\n").contains(c); });
  return number;
}

NumberPlan read_number(const Element& noun) {
  return {.to = bare_number(noun.text),
          .on_status = target_of(noun, "statusCallback", "statusCallbackMethod"),
          .events = words_of(noun, "statusCallbackEvent", "completed")};
}

Dial read_dial(const Element& verb) {
  Dial dial{.action = target_of(verb, "action", "method"),
            .ring_time = seconds_of(verb, "timeout", 30),
            .time_limit = seconds_of(verb, "timeLimit", 4 * 3600),
            .caller_id = text_of(verb, "callerId")};
  for (const Element& noun : verb.children) {
    if (noun.name == "Conference") dial.conference = read_conference(noun);
    if (noun.name == "Number" && dial.numbers.size() < numbers_max) dial.numbers.push_back(read_number(noun));
  }
  if (!trimmed(verb.text).empty()) dial.numbers.assign(1, {.to = bare_number(verb.text)});
  return dial;
}

Record read_record(const Element& verb) {
  return {.action = target_of(verb, "action", "method"),
          .length_max = seconds_of(verb, "maxLength", 3600),
          .silence = seconds_of(verb, "timeout", 5),
          .finish_keys = std::string(verb.attribute("finishOnKey").value_or("1234567890*#")),
          .plan = {.on_change = target_of(verb, "recordingStatusCallback", "recordingStatusCallbackMethod"),
                   .events = words_of(verb, "recordingStatusCallbackEvent", "completed")}};
}

Connect read_stream(const Element& noun, Target action) {
  Connect connect{.action = std::move(action),
                  .url = text_of(noun, "url"),
                  .name = text_of(noun, "name"),
                  .on_status = target_of(noun, "statusCallback", "statusCallbackMethod")};
  for (const Element& child : noun.children) {
    if (child.name == "Parameter") connect.parameters[text_of(child, "name")] = text_of(child, "value");
  }
  return connect;
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
    if (auto sounds = read_sounds(verb); !sounds.empty()) {
      for (Sound& sound : sounds) steps_.emplace_back(std::move(sound));
    } else if (verb.name == "Gather") {
      steps_.emplace_back(read_gather(verb));
    } else if (verb.name == "Dial") {
      steps_.emplace_back(read_dial(verb));
    } else if (verb.name == "Record") {
      steps_.emplace_back(read_record(verb));
    } else if (verb.name == "Connect") {
      add_connect(verb);
    } else if (verb.name == "Redirect") {
      go_on_at({std::string(trimmed(verb.text)), target_of(verb, "", "method").method});
    } else if (verb.name == "Hangup" || verb.name == "Reject") {
      steps_.emplace_back(HangUp{});
      ended_ = true;
    } else {
      return verb.name == "Start" || verb.name == "Stop";
    }
    return true;
  }

  void add_connect(const Element& verb) {
    const Target action = target_of(verb, "action", "method");
    const auto stream = std::ranges::find(verb.children, "Stream", &Element::name);
    if (stream != verb.children.end()) {
      steps_.emplace_back(read_stream(*stream, action));
      return;
    }
    steps_.emplace_back(Sound{connected, ""});
    go_on_at(action);
  }

  void go_on_at(Target target) {
    if (target.url.empty()) return;
    steps_.emplace_back(Redirect{std::move(target)});
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

Typed typed(std::string_view keys, const Gather& gather) {
  Typed so_far;
  for (const char key : keys) {
    so_far.complete = key == gather.finish_key;
    if (so_far.complete) break;
    so_far.digits += key;
    so_far.complete = so_far.digits.size() == gather.digits_max;
    if (so_far.complete) break;
  }
  return so_far;
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
