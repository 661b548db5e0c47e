// A list of places in the layout of GeoNames. Pieces do not matter, and what is read can be put among the
// places.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/text.h"
#include "domain/gazetteer.h"
#include "domain/places.h"

using namespace ringdown;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

std::vector<std::string> names_in(std::string_view text, std::size_t piece) {
  std::vector<std::string> seen;
  GazetteerReader reader("f",
                         {.place =
                              [&](const PlaceRow& place) {
                                must(!place.name.empty() && place.at && is_on_earth(*place.at));
                                must(is_clean_utf8(place.name));
                                const Places places({&place, 1});
                                must(places.nearest(*place.at, 1) == &places.all()[0]);
                                seen.emplace_back(place.name);
                              },
                          .complaint = [&](const std::string& complaint) { seen.push_back(complaint); }});
  for (std::size_t at = 0; at < text.size(); at += piece) reader.feed(text.substr(at, piece));
  reader.finish();
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  must(names_in(input, 5) == names_in(input, size + 1));
  return 0;
}
