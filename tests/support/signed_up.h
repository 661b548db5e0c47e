// Who registers with the set-up code of a fresh product, and asks as its owner.
#pragma once

#include <string>

#include "net/http.h"
#include "tests/support/ringdown_process.h"

namespace ringdown::test {

class Owner {
 public:
  // The next line that the product prints is the set-up code.
  explicit Owner(RunningRingdown&);

  std::string get(const std::string& path) const;                                  // the body of a 200
  std::string send(Verb, const std::string& path, const std::string& json) const;  // of any 2xx
  std::string upload(const std::string& path, const std::string& csv) const;

  // The same product, started again.
  void follow_to(const RunningRingdown& product) { product_ = &product; }

 private:
  std::string ask(Verb, const std::string& path, const std::string& media, const std::string& body) const;

  const RunningRingdown* product_;
  std::string session_;
};

}  // namespace ringdown::test
