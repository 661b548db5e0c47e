#include "tests/support/atlas.h"

#include <fstream>
#include <iterator>

#include "tests/support/paths.h"

namespace ringdown::test {
namespace {

AtlasFile file_called(const std::string& name) {
  std::ifstream file(RINGDOWN_SOURCE "/assets/" + name, std::ios::binary);
  return {name, {std::istreambuf_iterator<char>(file), {}}};
}

}  // namespace

const Atlas& atlas() {
  static const Atlas made =
      parse_atlas(file_called("numbering.toml"), file_called("area_codes.toml"), file_called("places.csv"))
          .value();
  return made;
}

}  // namespace ringdown::test
