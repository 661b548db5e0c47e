// A certificate and key made on the spot, as files that go away with the object.
#pragma once

#include <filesystem>
#include <string>

namespace ringdown::test {

class OwnCertificate {
 public:
  explicit OwnCertificate(const std::string& common_name);  // for 127.0.0.1 and localhost
  ~OwnCertificate();
  OwnCertificate(const OwnCertificate&) = delete;

  std::string certificate_file() const { return (folder_ / "certificate.pem").string(); }
  std::string key_file() const { return (folder_ / "key.pem").string(); }

  void replace(const std::string& common_name) const;  // by a new pair

 private:
  std::filesystem::path folder_;
};

}  // namespace ringdown::test
