// What stands in for the product where the adapter meets the twin: hears callbacks and hands out scripts.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "net/http_server.h"
#include "net/url.h"

namespace ringdown::test {

struct Heard {
  std::string target;
  std::string signature;
  QueryPairs fields;

  std::string field(std::string_view name) const { return std::string(fields.find(name).value_or("")); }
};

class Product {
 public:
  explicit Product(std::string twiml = "<Response><Say>Hello.</Say><Pause length=\"20\"/></Response>");

  const std::string& url() const { return url_; }

  // Waits until so many callbacks whose target has the word have come; throws after a long while.
  std::vector<Heard> wait_for(std::size_t count, std::string_view word);

  void put(std::string path, std::string twiml);  // below /api/twiml/, in place of the one for all

  void answer_with(int status);  // to callbacks, from now on

 private:
  boost::asio::awaitable<Response> answer(Request&);

  std::string twiml_;
  std::map<std::string, std::string> scripts_;
  std::mutex mutex_;
  std::condition_variable more_;
  std::vector<Heard> heard_;
  int status_ = 204;
  HttpServer server_;
  std::string url_;
};

}  // namespace ringdown::test
