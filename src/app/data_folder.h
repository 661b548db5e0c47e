// The folder that holds what this process keeps: made when it is missing, and held against a second process.
#pragma once

#include <string>

namespace ringdown {

class DataFolder {
 public:
  // Throws Breakage{unavailable} when the folder cannot be made, or another ringdown serves it.
  explicit DataFolder(const std::string& path);
  ~DataFolder();

  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

 private:
  int lock_;
};

}  // namespace ringdown
