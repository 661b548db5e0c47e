// The API as its clients see it: the real server and router on a fresh store and a free port. Whatever it
// answers is held against /api/openapi.json. A test of a route is a row:
//
//   ApiServer api({.tables = {lead_routes}, .hooks = hooks});
//   api.expect({.says = "a stranger may not read leads", .request = "GET /api/leads", .as = nobody, .status =
//   401,
//               .body_has = "sign in"});
#pragma once

#include <string>
#include <vector>

#include "api/api.h"
#include "api/router.h"
#include "net/http_server.h"
#include "tests/support/api_judge.h"
#include "tests/support/stores.h"
#include "tests/support/test_clock.h"

namespace ringdown::test {

// Somebody, by what their client sends along.
struct Person {
  std::string name;
  Headers headers{};
};
inline const Person nobody{.name = "nobody"};

struct ApiScenario {
  std::string says{};
  std::string request;  // GET /api/leads?limit=3
  Person as = nobody;
  Headers headers{};
  std::string body{};  // JSON, unless a header says otherwise
  int status = 200;
  std::string body_has{};
  std::string body_lacks{};
  std::string head_has{};  // a line of the head, or the beginning of one
  std::string head_lacks{};
};

struct ApiSetup {
  std::vector<RouteTable> tables;
  RouterHooks hooks{};
  ApiConfig config{};
  StoreKind store = StoreKind::sqlite_memory;
  std::vector<std::string> proxies{};  // whose X-Forwarded-For is believed
};

class ApiServer {
 public:
  explicit ApiServer(ApiSetup);
  ~ApiServer();

  // Sends it and checks what came back: the row's wishes, and the description.
  ApiAnswer expect(const ApiScenario&);
  void expect_all(const std::vector<ApiScenario>&);

  ApiAnswer send(const ApiScenario&) const;  // without any judgement

  std::uint16_t port() const { return port_; }
  Api& api() { return api_; }
  Db& db() { return *db_; }
  const FreshStore& store() const { return store_; }
  TestClock& clock() { return clock_; }
  ApiJudge& judge() { return *judge_; }

 private:
  ApiSetup setup_;
  Loops loops_;  // outlives the store, whose threads post to it
  FreshStore store_;
  std::unique_ptr<Db> db_;
  TestClock clock_;
  SystemChance chance_;
  Api api_;
  Router router_;
  HttpServer server_;
  std::uint16_t port_ = 0;
  std::unique_ptr<ApiJudge> judge_;
};

}  // namespace ringdown::test
