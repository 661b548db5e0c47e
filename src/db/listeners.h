// Who is told of changes. Any thread may add; a store thread tells.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

namespace ringdown {

class Listeners {
 public:
  void add(std::function<void()>);
  void tell();  // a listener that throws is logged and costs nobody else anything

 private:
  std::mutex mutex_;
  std::vector<std::function<void()>> all_;
};

}  // namespace ringdown
