// A callback from anywhere: it is understood or refused, never half of it; and what is checked is what is
// understood.
#include <cstdint>
#include <cstdlib>

#include "carrier/twilio_hooks.h"

using namespace ringdown;
using namespace ringdown::twilio;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto line = std::min(input.find('\n'), input.size());
  const std::string_view body = input.substr(std::min(line + 1, input.size()));
  for (const std::string_view target :
       {input.substr(0, line),
        std::string_view("/api/webhooks/twilio/status?call=019ac000-0000-7000-8000-00000000000c"
                         "&workspace=019ac000-0000-7000-8000-000000000001")}) {
    const auto callback = read_callback({.method = "POST",
                                         .target = std::string(target),
                                         .media = "application/x-www-form-urlencoded",
                                         .body = std::string(body),
                                         .signature = "",
                                         .received_at = {}});
    if (!callback) continue;

    const std::vector<Secret> tokens{Secret("token")};
    const std::string url = "https://dial.example.com" + std::string(target);
    if (!is_signed({.url = url,
                    .fields = callback->fields,
                    .signature = signature_of("token", url, callback->fields)},
                   tokens) &&
        !target.contains("bodySHA256")) {
      std::abort();
    }
    const auto news = news_in(*callback, {}, {});
    if (news && (news->facts.empty() || news->facts.size() > 3)) std::abort();
  }
  return 0;
}
