#include "tests/support/api_client.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/http/raw_client.h"

namespace ringdown::test {
namespace {

std::string verb_of(const ApiScenario& scenario) {
  return scenario.request.substr(0, scenario.request.find(' '));
}
std::string target_of(const ApiScenario& scenario) {
  return scenario.request.substr(scenario.request.find(' ') + 1);
}
std::string path_of(const ApiScenario& scenario) {
  const std::string target = target_of(scenario);
  return target.substr(0, target.find('?'));
}

std::string as_bytes(const ApiScenario& scenario) {
  Headers headers{{"Host", "dialer.test"}};
  for (const Header& header : scenario.as.headers) headers.set(header.name, header.value);
  if (!scenario.body.empty()) headers.set("Content-Type", "application/json");
  for (const Header& header : scenario.headers) headers.set(header.name, header.value);
  if (!scenario.body.empty()) headers.set("Content-Length", std::to_string(scenario.body.size()));

  std::string bytes = verb_of(scenario) + " " + target_of(scenario) + " HTTP/1.1\r\n";
  for (const Header& header : headers) {
    if (!header.value.empty()) bytes.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  return bytes.append("\r\n").append(scenario.body);
}

Headers headers_in(std::string_view head) {
  Headers headers;
  for (std::string_view line : split(head.substr(head.find('\n') + 1), '\n')) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    headers.add(std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1))));
  }
  return headers;
}

std::string as_text(const Headers& headers) {
  std::string text;
  for (const Header& header : headers)
    text.append("\n").append(header.name).append(": ").append(header.value);
  return text;
}

void check_wishes(const ApiScenario& scenario, const ApiAnswer& answer) {
  const std::string head = as_text(answer.headers);
  CHECK_MESSAGE(answer.status == scenario.status, answer.body);
  CHECK_MESSAGE(answer.body.contains(scenario.body_has), scenario.body_has, " is not in ", answer.body);
  CHECK_MESSAGE(head.contains("\n" + scenario.head_has), scenario.head_has, " is not in ", head);
  if (!scenario.body_lacks.empty()) {
    CHECK_MESSAGE(!answer.body.contains(scenario.body_lacks), scenario.body_lacks, " is in ", answer.body);
  }
  if (!scenario.head_lacks.empty()) {
    CHECK_MESSAGE(!head.contains("\n" + scenario.head_lacks), scenario.head_lacks, " is in ", head);
  }
}

}  // namespace

ApiServer::ApiServer(ApiSetup setup)
    : setup_(std::move(setup)),
      store_(setup_.store),
      db_(store_.open(2)),
      api_{.db = *db_, .clock = clock_, .chance = chance_, .config = setup_.config},
      router_(api_, setup_.tables, setup_.hooks),
      server_(loops_, HttpLimits{.linger_time = 200ms},
              {.answer = [this](Request& request) { return router_.answer(request); },
               .plan_body = [this](const RequestHead& head) { return router_.plan_body(head); }},
              TrustedProxies::parse(setup_.proxies).value()) {
  port_ = server_.listen("127.0.0.1:0").value();
  server_.start();
  loops_.start();
  judge_ = std::make_unique<ApiJudge>(send({.request = "GET /api/openapi.json"}).body);
}

ApiServer::~ApiServer() {
  server_.stop();
  loops_.stop();
}

ApiAnswer ApiServer::send(const ApiScenario& scenario) const {
  RawClient client(port_);
  client.send(as_bytes(scenario));
  const auto answer = client.answer(verb_of(scenario) == "HEAD");
  if (!answer) throw std::runtime_error("the API closed the connection without an answer");
  return {answer->status, headers_in(answer->head), answer->body};
}

ApiAnswer ApiServer::expect(const ApiScenario& scenario) {
  INFO(scenario.says, ": ", scenario.request, " as ", scenario.as.name);
  ApiAnswer answer = send(scenario);
  check_wishes(scenario, answer);
  const std::string complaint = judge_->complaint(verb_of(scenario), path_of(scenario), answer);
  CHECK_MESSAGE(complaint.empty(), complaint, ": ", answer.status, " ", answer.body);
  return answer;
}

void ApiServer::expect_all(const std::vector<ApiScenario>& scenarios) {
  for (const ApiScenario& scenario : scenarios) expect(scenario);
}

}  // namespace ringdown::test
