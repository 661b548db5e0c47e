// Somebody who has set up a fresh `ringdown serve` and asks it with a key, over HTTP like everybody else.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "net/http_client.h"
#include "tests/support/ringdown_process.h"

namespace ringdown::bench {

class ApiVisitor {
 public:
  // Signs up with the set-up code that the server prints, and makes a key.
  explicit ApiVisitor(test::RunningRingdown&);

  // The data of the answer; throws when it is no success.
  boost::json::value get(const std::string& path) const;

  // Sends a file of leads and comes back when it is in, to the last row.
  boost::json::object import(const std::string& csv) const;

  const std::string& key() const { return key_; }

 private:
  boost::json::value ask(Verb, const std::string& path, Headers, std::string body) const;

  HttpClient client_;  // one for all: opening it reads the machine's certificates
  std::string key_;
};

}  // namespace ringdown::bench
