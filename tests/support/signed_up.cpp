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
  return ask(Verb::get, path, "", "");
}

std::string Owner::send(Verb verb, const std::string& path, const std::string& json) const {
  return ask(verb, path, "application/json", json);
}

std::string Owner::upload(const std::string& path, const std::string& csv) const {
  const std::string form =
      "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"leads.csv\"\r\n"
      "Content-Type: text/csv\r\n\r\n" +
      csv + "\r\n--frontier--\r\n";
  return ask(Verb::post, path, "multipart/form-data; boundary=frontier", form);
}

std::string Owner::ask(Verb verb, const std::string& path, const std::string& media,
                       const std::string& body) const {
  const HttpClient client = HttpClient::open(product_->address()).value();
  HttpCall call{.verb = verb,
                .target = path,
                .headers = {{"Sec-Fetch-Site", "same-origin"}, {"Cookie", session_}},
                .body = body};
  if (!media.empty()) call.headers.add("Content-Type", media);
  const HttpAnswer answer = await(client.send(std::move(call))).value();
  REQUIRE_MESSAGE(answer.status / 100 == 2, path, ": ", answer.body);
  return answer.body;
}

}  // namespace ringdown::test
