#include "tests/bench/api_visitor.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <stdexcept>

#include "ports/await.h"

namespace ringdown::bench {
namespace {

constexpr auto look_every = 20ms;

HttpAnswer send(const HttpClient& client, HttpCall call) {
  const std::string target = call.target;
  auto answer = await(client.send(std::move(call)));
  if (!answer) throw std::runtime_error(fmt::format("{}: {}", target, answer.error().text));
  if (answer->status >= 300) throw std::runtime_error(fmt::format("{}: {}", target, answer->body));
  return *std::move(answer);
}

boost::json::value data_of(const HttpAnswer& answer) {
  return boost::json::parse(answer.body).at("data");
}

Headers json_from_here(Headers more = {}) {
  more.add("Content-Type", "application/json");
  more.add("Sec-Fetch-Site", "same-origin");
  return more;
}

std::string cookies_in(const HttpAnswer& answer) {
  std::string cookies;
  for (const auto& [name, value] : answer.headers) {
    if (!same_word(name, "Set-Cookie")) continue;
    cookies += (cookies.empty() ? "" : "; ") + value.substr(0, value.find(';'));
  }
  return cookies;
}

std::string set_up_code(test::RunningRingdown& server) {
  const std::string before = "set-up code: ";
  const std::string line = server.line();
  if (!line.starts_with(before)) throw std::runtime_error("the server offers no set-up code: " + line);
  return line.substr(before.size());
}

}  // namespace

ApiVisitor::ApiVisitor(test::RunningRingdown& server)
    : client_(HttpClient::open(server.address(), {.deadline = 10min}).value()) {
  const std::string person = fmt::format(
      R"({{"setup_code":"{}","email":"ann@example.com","password":"orbit velvet canyon","workspace":"Clinic"}})",
      set_up_code(server));
  const HttpAnswer registered = send(client_, {Verb::post, "/api/auth/register", json_from_here(), person});
  Headers signed_in;
  signed_in.add("Cookie", cookies_in(registered));
  const HttpAnswer made = send(client_, {Verb::post, "/api/keys", json_from_here(std::move(signed_in)),
                                         R"({"name":"bench","scopes":["admin"]})"});
  key_ = boost::json::value_to<std::string>(data_of(made).at("key"));
}

boost::json::value ApiVisitor::get(const std::string& path) const {
  return ask(Verb::get, path, {}, {});
}

boost::json::object ApiVisitor::import(const std::string& csv) const {
  constexpr std::string_view boundary = "a-line-that-no-row-has";
  Headers headers;
  headers.add("Content-Type", fmt::format("multipart/form-data; boundary={}", boundary));
  std::string form = fmt::format(
      "--{}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"leads.csv\"\r\n\r\n", boundary);
  form += csv;
  form += fmt::format("\r\n--{}--\r\n", boundary);
  const auto accepted = ask(Verb::post, "/api/leads/import", std::move(headers), std::move(form));

  const std::string where =
      "/api/leads/imports/" + boost::json::value_to<std::string>(accepted.at("import_id"));
  boost::asio::io_context loop;
  while (true) {
    const auto import = get(where);
    const auto& state = import.at("state").as_string();
    if (state == "done") return import.as_object();
    if (state != "waiting" && state != "running") throw std::runtime_error(boost::json::serialize(import));
    boost::asio::steady_timer(loop, look_every).wait();
  }
}

boost::json::value ApiVisitor::ask(Verb verb, const std::string& path, Headers headers,
                                   std::string body) const {
  headers.add("Authorization", "Bearer " + key_);
  return data_of(send(client_, {verb, path, std::move(headers), std::move(body)}));
}

}  // namespace ringdown::bench
