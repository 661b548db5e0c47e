#include "carrier/twiml.h"

#include <algorithm>

#include "base/expect.h"
#include "base/text.h"

namespace ringdown::twilio {
namespace {

constexpr std::size_t parameter_max = 500;
constexpr std::size_t said_max = 3000;  // bytes; Twilio takes 4096 characters, and 64 kB altogether

bool is_xml_character(std::string_view character) {
  if (character.size() == 1) {
    const char c = character.front();
    return static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r';
  }
  return character != "\xef\xbf\xbe" && character != "\xef\xbf\xbf";
}

std::string_view shortened(std::string_view text) {
  if (text.size() <= said_max) return text;
  std::size_t end = said_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string made;
  while (!text.empty()) {
    const std::size_t length = code_point_length(text);
    const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
    text.remove_prefix(character.size());
    if (length == 0 || !is_xml_character(character)) continue;

    if (character == "&")
      made += "&amp;";
    else if (character == "<")
      made += "&lt;";
    else if (character == ">")
      made += "&gt;";
    else
      made += character;
  }
  return made;
}

std::string xml_attribute(std::string_view text) {
  std::string made;
  for (const char c : xml_text(text)) {
    switch (c) {
      case '"': made += "&quot;"; break;
      case '\t': made += "&#x9;"; break;
      case '\n': made += "&#xA;"; break;
      case '\r': made += "&#xD;"; break;
      default: made += c;
    }
  }
  return made;
}

Twiml& Twiml::say(std::string_view text) {
  verbs_ += "<Say>" + xml_text(shortened(text)) + "</Say>";
  return *this;
}

Twiml& Twiml::listen(std::string_view url, std::span<const std::string> texts, int keys,
                     std::chrono::seconds wait) {
  verbs_ += "<Gather input=\"dtmf\" numDigits=\"" + std::to_string(keys) + "\" finishOnKey=\"\" timeout=\"" +
            std::to_string(wait.count()) + "\" action=\"" + xml_attribute(url) + "\">";
  for (const std::string& text : texts) say(text);
  verbs_ += "</Gather>";
  return *this;
}

Twiml& Twiml::join(std::string_view room) {
  verbs_ += "<Dial><Conference beep=\"false\" endConferenceOnExit=\"true\">" + xml_text(room) +
            "</Conference></Dial>";
  return *this;
}

Twiml& Twiml::connect(const MediaStream& stream) {
  verbs_ += "<Connect><Stream url=\"" + xml_attribute(stream.url) + "\" statusCallback=\"" +
            xml_attribute(stream.on_status) + "\">";
  for (const auto& [name, value] : stream.parameters) {
    expect(name.size() + value.size() < parameter_max, "a parameter is short");
    verbs_ += "<Parameter name=\"" + xml_attribute(name) + "\" value=\"" + xml_attribute(value) + "\"/>";
  }
  verbs_ += "</Stream></Connect>";
  return *this;
}

Twiml& Twiml::wait(std::chrono::seconds time) {
  verbs_ += "<Pause length=\"" + std::to_string(time.count()) + "\"/>";
  return *this;
}

Twiml& Twiml::hang_up() {
  verbs_ += "<Hangup/>";
  return *this;
}

Twiml& Twiml::go_on_at(std::string_view url) {
  verbs_ += "<Redirect>" + xml_text(url) + "</Redirect>";
  return *this;
}

std::string Twiml::text() const {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>" + verbs_ + "</Response>";
}

}  // namespace ringdown::twilio
