#include "app/assets.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>

#include <fmt/format.h>

#include "base/expect.h"

namespace ringdown {

struct BuiltIn {
  const char* name;
  const char* begin;
  const char* end;
};

}  // namespace ringdown

extern "C" {
extern const ringdown::BuiltIn ringdown_assets[];      // NOLINT: made by assets.S
extern const ringdown::BuiltIn ringdown_assets_end[];  // NOLINT
}

namespace ringdown {

namespace {

std::unexpected<Failure> unreadable(const std::filesystem::path& path, std::string_view why) {
  return fail(
      Reason::unavailable,
      fmt::format("{} cannot be read: {}; make it a file that can, or take it away", path.string(), why));
}

}  // namespace

std::string_view built_in_asset(std::string_view name) {
  for (const BuiltIn& asset : std::span(ringdown_assets, ringdown_assets_end)) {
    if (name == asset.name) return {asset.begin, asset.end};
  }
  expect(false, "an asset that is asked for is listed in src/app/assets.S");
  return {};
}

Result<Asset> read_asset(std::string_view name, const std::string& folder) {
  const std::string_view built_in = built_in_asset(name);
  if (folder.empty()) return Asset{std::string(name), std::string(built_in)};

  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    return fail(Reason::unavailable, fmt::format("{} is no folder; name one with --assets", folder));
  }
  const std::filesystem::path path = std::filesystem::path(folder) / name;
  if (!std::filesystem::exists(path, error)) return Asset{std::string(name), std::string(built_in)};

  if (std::filesystem::is_directory(path, error)) return unreadable(path, "it is a folder");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.good() || file.eof()) return Asset{path.string(), std::move(text)};
  return unreadable(path, std::strerror(errno));
}

}  // namespace ringdown
