#include "app/open_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/result.h"

namespace ringdown {

std::ifstream open_to_read(const std::string& name) {
  std::error_code error;
  if (std::filesystem::is_directory(name, error)) cannot("read", name, "it is a folder; name the file in it");
  errno = 0;
  std::ifstream file(name, std::ios::binary);
  if (!file) cannot("read", name, std::strerror(errno));
  return file;
}

std::ofstream open_to_write(const std::string& name) {
  errno = 0;
  std::ofstream file(name, std::ios::binary | std::ios::trunc);
  if (!file) cannot("write", name, std::strerror(errno));
  return file;
}

void cannot(const char* what, const std::string& file, const char* why) {
  throw Breakage(Reason::unavailable, fmt::format("cannot {} {}: {}", what, file, why));
}

}  // namespace ringdown
