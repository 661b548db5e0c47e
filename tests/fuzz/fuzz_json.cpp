// Whatever bytes come: reading never breaks, and what it takes is written and read again as the same value.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "../support/json_sample.h"
#include "base/json.h"
#include "base/text.h"

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

template <class T>
void read_write_read(std::string_view text, const ringdown::JsonLimits& limits) {
  const auto value = ringdown::read_json<T>(text, limits);
  if (!value) {
    demand(!value.error().text.empty() && ringdown::is_clean_utf8(value.error().text));
    return;
  }
  const std::string written = ringdown::write_json(*value);
  demand(ringdown::is_clean_utf8(written));
  const auto again = ringdown::read_json<T>(written);
  demand(again.has_value() && *again == *value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_write_read<ringdown::test::Sample>(text, {});
  read_write_read<ringdown::test::Sample>(text, {.ignore_unknown = true});
  read_write_read<ringdown::Json>(text, {});
  return 0;
}
