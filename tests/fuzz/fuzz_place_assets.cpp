// The assets that people edit: places.csv and area_codes.toml.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "domain/place_names.h"
#include "domain/zones.h"

using namespace ringdown;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

constexpr std::string_view header =
    "kind,name,region,country,latitude,longitude,population,timezone,aliases\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (is_clean_utf8(input)) must(folded_name(folded_name(input)) == folded_name(input));

  const std::string csv = std::string(header).append(input);
  const auto rows = read_place_rows(csv, "f");
  const auto codes = AreaCodes::parse(input, "f");
  must(rows.has_value() || rows.error().text.starts_with("f "));
  must(codes.has_value() || codes.error().text.starts_with("f line "));
  if (!codes) return 0;
  for (const Area& area : codes->all()) must(codes->find("+" + area.digits) == &area);
  return 0;
}
