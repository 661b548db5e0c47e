// The server's certificate and key: loaded from files, reloaded while it runs. Any thread may reload;
// connections that stand keep what they were made with.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

namespace boost::asio::ssl {
class context;
}

namespace ringdown {

class Tls {
 public:
  static Result<std::shared_ptr<Tls>> load(std::string certificate_file, std::string key_file);

  // A pair that does not fit is refused with its reason, and the old one stays.
  Result<void> reload();

  std::shared_ptr<boost::asio::ssl::context> context() const;

 private:
  Tls(std::string certificate_file, std::string key_file);

  std::string certificate_file_;
  std::string key_file_;
  std::shared_ptr<boost::asio::ssl::context> context_;  // through atomic loads and stores only
};

}  // namespace ringdown
