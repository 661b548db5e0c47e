#include "tests/support/signed_up.h"

#include <doctest/doctest.h>

#include "net/http_client.h"
#include "ports/await.h"

namespace ringdown::test {

Owner::Owner(RunningRingdown& product) : product_(&product) {
  const std::string line = product.line();
  const std::string before = "set-up code: ";
  REQUIRE(line.starts_with(before));
  const HttpClient client = HttpClient::open(product.address()).value();
  const HttpAnswer answer =
      await(client.send({.verb = Verb::post,
                         .target = "/api/auth/register",
                         .headers = {{"Sec-Fetch-Site", "same-origin"}, {"Content-Type", "application/json"}},
                         .body = R"({"setup_code":")" + line.substr(before.size()) +
                                 R"(","email":"ann@example.com","password":"orbit velvet canyon",)" +
                                 R"("workspace":"Clinic"})"}))
          .value();
  REQUIRE_MESSAGE(answer.status == 201, answer.body);
  for (const std::string_view cookie : answer.headers.all("Set-Cookie")) {
    if (cookie.starts_with("ringdown_session=")) session_ = cookie.substr(0, cookie.find(';'));
  }
  REQUIRE_FALSE(session_.empty());
}

std::string Owner::get(const std::string& path) const {
  const HttpClient client = HttpClient::open(product_->address()).value();
  const HttpAnswer answer =
      await(
          client.send({.target = path, .headers = {{"Sec-Fetch-Site", "same-origin"}, {"Cookie", session_}}}))
          .value();
  REQUIRE_MESSAGE(answer.status == 200, answer.body);
  return answer.body;
}

}  // namespace ringdown::test
