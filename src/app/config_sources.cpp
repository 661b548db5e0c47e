#include "app/config_sources.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "app/config_options.h"

namespace ringdown {
namespace {

bool concerns_us(std::string_view variable) {
  return variable.starts_with("RINGDOWN_") ||
         std::ranges::any_of(options(), [&](const Option& option) { return option.variable() == variable; });
}

std::map<std::string, std::string> our_environment() {
  std::map<std::string, std::string> ours;
  for (char** entry = environ; entry && *entry; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || !concerns_us(text.substr(0, equals))) continue;
    ours.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return ours;
}

std::optional<std::string> given(const Sources& sources, const Option& option) {
  const auto flag = sources.flags.find(std::string(option.key));
  if (flag != sources.flags.end()) return flag->second.back();
  const auto variable = sources.environment.find(option.variable());
  if (variable != sources.environment.end()) return variable->second;
  return std::nullopt;
}

std::expected<std::string, std::string> text_of(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return std::unexpected("is a folder; name a file");

  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.good() || file.eof()) return text;
  return std::unexpected(std::string("cannot be read: ") + std::strerror(errno) + "; name a file that can");
}

std::optional<ConfigFile> find_file(const Sources& sources) {
  if (const auto named = given(sources, *option_of("config"))) return ConfigFile{*named, text_of(*named)};

  const Option& data = *option_of("data");
  const std::string folder = given(sources, data).value_or(std::string(data.standard));
  const std::string path = (std::filesystem::path(folder) / "ringdown.toml").string();
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return std::nullopt;
  return ConfigFile{path, text_of(path)};
}

}  // namespace

Sources gather_sources(Flags flags) {
  Sources sources{std::move(flags), our_environment(), std::nullopt};
  sources.file = find_file(sources);
  return sources;
}

}  // namespace ringdown
