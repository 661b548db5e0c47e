// A folder of the build where npm has installed what the lock file of a folder of tests/ pins, and node runs
// its scripts. Several test programs may want the same one at the same moment.
#pragma once

#include <filesystem>
#include <string>

namespace ringdown::test {

class NpmFolder {
 public:
  // Installs where that has not been done. `source`: the folder below tests/, with package.json and its lock
  // file.
  explicit NpmFolder(const std::string& source);
  ~NpmFolder();
  NpmFolder(const NpmFolder&) = delete;
  NpmFolder& operator=(const NpmFolder&) = delete;

  const std::string& missing() const { return missing_; }  // why nothing can be run; empty where it can

  // What the script of the source folder prints; throws where it fails.
  std::string run(const std::string& script, const std::string& arguments) const;

 private:
  bool install() const;
  std::string in_folder(const std::string& command) const;

  std::filesystem::path source_;
  std::filesystem::path folder_;
  std::string missing_;
  int lock_;
};

}  // namespace ringdown::test
