// Writes TwiML. Whatever a text holds, it stays a text: no name of a lead becomes a verb, and what XML cannot
// say is left out.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace ringdown::twilio {

// Where the sound of a call goes to and comes from; of all that was agreed, each name with its value has to
// stay below 500 characters.
struct MediaStream {
  std::string_view url;        // wss, without a query
  std::string_view on_status;  // told what becomes of it
  std::span<const std::pair<std::string, std::string>> parameters;
};

class Twiml {
 public:
  Twiml& say(std::string_view text);
  // These, and so many keys while they are said or `wait` afterwards: then what comes next is asked for at
  // `url`. With a finish key, as is usual, a # would pass for having heard everything.
  Twiml& listen(std::string_view url, std::span<const std::string> texts, int keys,
                std::chrono::seconds wait);
  Twiml& join(std::string_view room);  // a conference, over for all once somebody leaves it
  Twiml& connect(const MediaStream&);  // until whoever is there hangs up, or we close it
  Twiml& wait(std::chrono::seconds);
  Twiml& hang_up();
  Twiml& go_on_at(std::string_view url);  // another document, once all before was heard

  std::string text() const;  // the whole document

 private:
  std::string verbs_;
};

// Text between tags: escaped, without characters that XML 1.0 does not have.
std::string xml_text(std::string_view);
std::string xml_attribute(std::string_view);  // the same between quotes

}  // namespace ringdown::twilio
