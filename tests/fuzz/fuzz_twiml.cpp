// TwiML both ways: the twin reads whatever comes without falling over, and reads back what the product writes
// of any text, as that text alone.
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "carrier/twiml.h"
#include "sandbox/script.h"
#include "sandbox/xml.h"

using namespace ringdown;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  (void)sandbox::read_script(input);

  const auto document = sandbox::read_xml(twilio::Twiml().say(input).hang_up().text());
  if (!document || document->children.size() != 2) std::abort();
  if (document->children[0].name != "Say" || !document->children[0].children.empty()) std::abort();
  const bool short_and_plain = size < 2000 && is_clean_utf8(input) &&
                               input.find_first_of(
                                   "\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x10\x11\x12\x13"
                                   "\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f") == input.npos &&
                               !input.contains("\xef\xbf\xbe") && !input.contains("\xef\xbf\xbf");
  if (short_and_plain && document->children[0].text != input) std::abort();
  return 0;
}
