#include "carrier/twilio_form.h"

#include "net/url.h"

namespace ringdown::twilio {

std::string to_text(const Form& form) {
  std::string text;
  for (const auto& [name, value] : form) {
    if (!text.empty()) text += '&';
    text += percent_encoded(name) + '=' + percent_encoded(value);
  }
  return text;
}

}  // namespace ringdown::twilio
