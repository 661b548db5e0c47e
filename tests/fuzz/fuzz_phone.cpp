// Whatever is written as a number, from wherever: its one form reads as itself, both ways of reading agree,
// and it is judged without a surprise.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "domain/numbering.h"
#include "domain/phone.h"

namespace {

using namespace ringdown;

void must(bool holds) {
  if (!holds) std::abort();
}

Numbering small_numbering() {
  return Numbering::parse(R"(
as_of = 2025-06-30
short_numbers = [{kind = "emergency", numbers = ["112", "911"], source = "fuzz"}]
ranges = [{kind = "premium", numbers = ["+1900*", "+1NXX976XXXX", "+1NXXZ*", "+449*"], source = "fuzz"}]
area_codes = [{region = "JM", codes = ["876"], source = "fuzz"}]
calling_codes = {1 = "US", 44 = "GB", 49 = "DE", 33 = "FR", 39 = "IT", 54 = "AR", 52 = "MX", 881 = "001"}
)",
                          "fuzz")
      .value();
}

}  // namespace

// The first two bytes are the region.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Numbering numbering = small_numbering();
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::string_view region = all.substr(0, 2);
  const std::string_view text = all.substr(region.size());

  numbering.judge(text);
  const auto phone = to_e164(text, region);
  must(phone == to_e164_by_library(text, region));
  if (!phone) return 0;

  must(to_e164(phone->e164, region) == PhoneNumber{phone->e164, ""});
  must(to_e164(phone->e164, "") == PhoneNumber{phone->e164, ""});
  must(numbering.judge(phone->e164) == numbering.judge(phone->e164));
  return 0;
}
