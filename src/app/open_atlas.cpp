#include "app/open_atlas.h"

#include "app/assets.h"

namespace ringdown {
namespace {

template <class T>
T or_throw(Result<T> result) {
  if (!result) throw Breakage(result.error().reason, result.error().text);
  return *std::move(result);
}

AtlasFile file_of(const Config& config, std::string_view name) {
  Asset asset = or_throw(read_asset(name, config.assets));
  return {std::move(asset.origin), std::move(asset.text)};
}

}  // namespace

Atlas open_atlas(const Config& config) {
  return or_throw(parse_atlas(file_of(config, "numbering.toml"), file_of(config, "area_codes.toml"),
                              file_of(config, "places.csv")));
}

}  // namespace ringdown
