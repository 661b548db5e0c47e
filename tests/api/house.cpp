#include "tests/api/house.h"

#include <doctest/doctest.h>

#include "api/all_routes.h"
#include "api/setup_code.h"
#include "api/sign_in.h"
#include "store/line.h"
#include "tests/support/atlas.h"
#include "tests/support/gate.h"

namespace ringdown::test {
namespace {

constexpr crypto::PasswordCost cheap{.memory_bytes = 8192, .passes = 1};

// A stream has no end that a client could wait for: here its route answers at once. live_test has the real
// one.
std::vector<RouteTable> routes_that_end() {
  std::vector<RouteTable> tables = all_routes();
  for (RouteTable& table : tables) {
    for (Route& route : table) {
      if (route.answer_media != "text/event-stream") continue;
      route.run = [](Asked&) -> Task<Result<Response>> {
        co_return Response{.headers = {{"Content-Type", "text/event-stream"}}};
      };
    }
  }
  return tables;
}

ApiSetup setup_on(StoreKind store) {
  return {.tables = routes_that_end(),
          .hooks = account_hooks(),
          .config = {.cron_secret = Secret(cron_secret), .metrics_token = Secret(metrics_token)},
          .store = store,
          .proxies = {"127.0.0.1"}};
}

}  // namespace

House::House(StoreKind store)
    : vault_(crypto::FileVault::open_or_make(folder_ / "keys").value()),
      passwords_({.cost = cheap}),
      api_(setup_on(store)),
      engine_{.db = api_.db(),
              .clock = api_.clock(),
              .chance = api_.api().chance,
              .carrier = carrier_,
              .atlas = atlas(),
              .rules = rulebook(),
              .node = nth<struct NodeTag>(1).value,
              .policy = {},
              .pulse = &pulse_} {
  api_.api().passwords = &passwords_;
  api_.api().vault = &vault_;
  api_.api().atlas = &atlas();
  api_.api().engine = &engine_;
  // As if it went round, until a test looks.
  instance([this](Tx& tx) {
    for (const char* work : {store::plan_work, store::dial_work, store::reconcile_work}) {
      store::note_round(tx, {engine_.node, work, tuesday, tuesday + std::chrono::days(100)});
    }
  });
}

std::string House::setup_code() {
  return await(make_setup_code(api_.db(), api_.clock())).value_or("");
}

ApiAnswer Browser::get(const std::string& path, int status) {
  return send("GET " + path, "", status);
}

ApiAnswer Browser::post(const std::string& path, const std::string& body, int status) {
  return send("POST " + path, body, status);
}

ApiAnswer Browser::upload(const std::string& path, const std::string& csv, int status) {
  const std::string body =
      "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"leads.csv\"\r\n\r\n" + csv +
      "\r\n--frontier--\r\n";
  return send("POST " + path, body, status, {{"Content-Type", "multipart/form-data; boundary=frontier"}});
}

ApiAnswer Browser::send(const std::string& request, const std::string& body, int status, Headers headers) {
  headers.add("Sec-Fetch-Site", "same-origin");
  headers.add("X-Forwarded-For", address_);
  std::string cookies;
  for (const auto& [name, value] : cookies_) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
  if (!cookies.empty()) headers.add("Cookie", cookies);
  if (!workspace_.empty()) headers.add("X-Workspace", workspace_);

  const ApiAnswer answer =
      house_->api().expect({.request = request, .headers = headers, .body = body, .status = status});
  for (const std::string_view header : answer.headers.all("Set-Cookie")) {
    const std::string_view pair = header.substr(0, header.find(';'));
    cookies_[std::string(pair.substr(0, pair.find('=')))] = std::string(pair.substr(pair.find('=') + 1));
  }
  return answer;
}

ApiAnswer Browser::login(const std::string& email, const std::string& password, int status) {
  return post("/api/auth/login", R"({"email":")" + email + R"(","password":")" + password + "\"}", status);
}

std::string Browser::cookie(const std::string& name) const {
  const auto found = cookies_.find(name);
  return found == cookies_.end() ? "" : found->second;
}

std::string text_in(const ApiAnswer& answer, const std::string& name) {
  const std::string start = "\"" + name + "\":\"";
  const auto at = answer.body.find(start);
  REQUIRE_MESSAGE(at != std::string::npos, name, " is not in ", answer.body);
  const auto begin = at + start.size();
  return answer.body.substr(begin, answer.body.find('"', begin) - begin);
}

std::string comparable(ApiAnswer answer) {
  const std::string id = answer.header("X-Request-Id");
  if (const auto at = answer.body.find(id); at != std::string::npos) answer.body.replace(at, id.size(), "ID");
  std::string text = std::to_string(answer.status) + "\n";
  for (const Header& header : answer.headers) {
    if (header.value != id && header.name != "Date") text += header.name + ": " + header.value + "\n";
  }
  return text + answer.body;
}

Browser first_owner(House& house) {
  Browser ann(house);
  ann.post("/api/auth/register",
           R"({"setup_code":")" + house.setup_code() + R"(","email":"ann@example.com","password":")" +
               good_password + R"(","workspace":"Clinic"})",
           201);
  return ann;
}

Browser newcomer(House& house, Browser& by, const std::string& email, const std::string& role) {
  const auto invitation = text_in(
      by.post("/api/members/invitations", R"({"email":")" + email + R"(","role":")" + role + "\"}", 201),
      "invitation");
  house.clock().advance(1ms);  // ids of the same moment have no order
  Browser browser(house);
  browser.post("/api/auth/register",
               R"({"invitation":")" + invitation + R"(","email":")" + email + R"(","password":")" +
                   good_password + "\"}",
               201);
  return browser;
}

std::string with_bearer(House& house, const std::string& request, const std::string& token, int status) {
  return house.api()
      .expect({.request = request, .headers = {{"Authorization", "Bearer " + token}}, .status = status})
      .body;
}

}  // namespace ringdown::test
