// The folder that holds what this process keeps: made when it is missing, and held against a second process.
#pragma once

#include <string>

#include "base/ids.h"
#include "base/time.h"
#include "ports/chance.h"

namespace ringdown {

class DataFolder {
 public:
  // Throws Breakage{unavailable} when the folder cannot be made, or another ringdown serves it.
  explicit DataFolder(const std::string& path);
  ~DataFolder();

  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  // By which whoever serves this folder is known: the same after a restart, so that it takes up at once what
  // it had leased before.
  Uuid node(Chance&, Time now) const;

 private:
  std::string path_;
  int lock_;
};

}  // namespace ringdown
