#include "tests/carrier/product.h"

#include <algorithm>
#include <stdexcept>

namespace ringdown::test {

Product::Product(std::string twiml)
    : twiml_(std::move(twiml)),
      server_(HttpLimits{}, {.answer = [this](Request& request) { return answer(request); }}) {
  url_ = "http://127.0.0.1:" + std::to_string(server_.listen("127.0.0.1:0").value());
  server_.start();
}

boost::asio::awaitable<Response> Product::answer(Request& request) {
  const std::lock_guard lock(mutex_);
  heard_.push_back({request.target, std::string(request.headers.find("X-Twilio-Signature").value_or("")),
                    QueryPairs::parse(request.body).value()});
  more_.notify_all();
  if (!request.path.starts_with("/api/twiml/")) co_return Response{.status = status_};
  const auto own = scripts_.find(request.path);
  co_return Response{.headers = {{"Content-Type", "text/xml"}},
                     .body = own == scripts_.end() ? twiml_ : own->second};
}

void Product::put(std::string path, std::string twiml) {
  const std::lock_guard lock(mutex_);
  scripts_["/api/twiml/" + std::move(path)] = "<Response>" + std::move(twiml) + "</Response>";
}

std::vector<Heard> Product::wait_for(std::size_t count, std::string_view word) {
  std::unique_lock lock(mutex_);
  std::vector<Heard> found;
  const bool enough = more_.wait_for(lock, 60s, [&] {
    found.clear();
    std::ranges::copy_if(heard_, std::back_inserter(found),
                         [&](const Heard& one) { return one.target.contains(word); });
    return found.size() >= count;
  });
  if (!enough) throw std::runtime_error("too few callbacks came: " + std::string(word));
  return found;
}

void Product::answer_with(int status) {
  const std::lock_guard lock(mutex_);
  status_ = status;
}

}  // namespace ringdown::test
