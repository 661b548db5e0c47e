// Secrets, numbers and addresses planted wherever a client can put them come out nowhere: not in the log at
// its most talkative, not in an answer to somebody's mistake, not in the files. What an answer shows on
// purpose, once, is where the test takes some of them from.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "net/http_client.h"
#include "ports/await.h"
#include "tests/http/raw_client.h"
#include "tests/support/ringdown_process.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

namespace fs = std::filesystem;

const std::string password = "c4nary orbit velvet";
const std::string provider_secret = "c4nary-provider-secret-7f3b1c09a7de";
const std::string bearer = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjNG5hcnkifQ.c4nary-signature";
const std::string number = "+12125550147";
const std::string address = "c4nary.bird@example.com";

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string text_in(const std::string& body, const std::string& name) {
  const std::string start = "\"" + name + "\":\"";
  const auto at = body.find(start);
  REQUIRE_MESSAGE(at != std::string::npos, name, " is not in ", body);
  const auto begin = at + start.size();
  return body.substr(begin, body.find('"', begin) - begin);
}

struct Canary {
  std::string name;
  std::string value;
};

void check_absent(const std::vector<Canary>& canaries, const std::string& text, const std::string& place) {
  for (const Canary& canary : canaries) {
    CHECK_MESSAGE(!text.contains(canary.value), canary.name, " is in ", place);
  }
}

// The product with an owner, and everything that was planted in it.
class Aviary {
 public:
  explicit Aviary(const std::string& data) : product_({"--data", data, "--log-level", "debug"}) {
    const std::string line = product_.line();
    const std::string before = "set-up code: ";
    REQUIRE(line.starts_with(before));
    secrets_ = {{"the set-up code", line.substr(before.size())},
                {"the password", password},
                {"the provider's secret", provider_secret},
                {"the bearer token", bearer}};
    sign_up(line.substr(before.size()));
  }

  const std::vector<Canary>& secrets() const { return secrets_; }
  std::vector<Canary> all() const {
    std::vector<Canary> all = secrets_;
    all.push_back({"the number", number});
    all.push_back({"the number without its plus", number.substr(1)});
    all.push_back({"the address", address});
    return all;
  }
  RunningRingdown& product() { return product_; }

  HttpAnswer send(Verb verb, const std::string& target, const std::string& body, Headers headers = {}) {
    headers.add("Sec-Fetch-Site", "same-origin");
    if (!headers.find("Authorization")) headers.add("Cookie", "ringdown_session=" + session_);
    if (!body.empty()) headers.add("Content-Type", "application/json");
    const HttpClient client = HttpClient::open(product_.address()).value();
    return await(client.send({.verb = verb, .target = target, .headers = headers, .body = body})).value();
  }

  // Whatever is wrong with a request, the answer names no canary.
  void mistake(Verb verb, const std::string& target, const std::string& body, Headers headers = {}) {
    CAPTURE(target.substr(0, 24));
    const HttpAnswer answer = send(verb, target, body, std::move(headers));
    CHECK(answer.status >= 400);
    check_absent(all(), answer.body, "an answer");
    for (const Header& header : answer.headers) check_absent(all(), header.value, "a header of an answer");
  }

  // Whoever misspells a field or a word of a list is told what they wrote; nobody else is, and no log.
  void misspelling(Verb verb, const std::string& target, const std::string& body) {
    CHECK(send(verb, target, body).status == 400);
  }

  void malformed(const std::string& bytes) {
    const std::string& where = product_.address();
    RawClient client(static_cast<std::uint16_t>(std::stoi(where.substr(where.rfind(':') + 1))));
    client.send(bytes);
    client.end_sending();
    const std::string answer = client.read_to_end();
    CHECK(answer.contains("400"));
    check_absent(all(), answer, "an answer to a malformed request");
  }

  std::string made(const std::string& target, const std::string& body, const std::string& name) {
    const HttpAnswer answer = send(Verb::post, target, body);
    REQUIRE_MESSAGE(answer.status == 201, answer.body);
    const std::string secret = text_in(answer.body, name);
    secrets_.push_back({"the " + name + " of " + target, secret});
    return secret;
  }

 private:
  void sign_up(const std::string& code) {
    const HttpAnswer answer =
        send(Verb::post, "/api/auth/register",
             fmt::format(R"({{"setup_code":"{}","email":"{}","password":"{}"}})", code, address, password));
    REQUIRE_MESSAGE(answer.status == 201, answer.body);
    for (const std::string_view cookie : answer.headers.all("Set-Cookie")) {
      const auto equals = cookie.find('=');
      const std::string value(cookie.substr(equals + 1, cookie.find(';') - equals - 1));
      secrets_.push_back({"the cookie " + std::string(cookie.substr(0, equals)), value});
      if (cookie.starts_with("ringdown_session=")) session_ = value;
    }
    REQUIRE_FALSE(session_.empty());
  }

  RunningRingdown product_;
  std::vector<Canary> secrets_;
  std::string session_ = "none";
};

void plant(Aviary& aviary) {
  const std::string key = aviary.made("/api/keys", R"({"name":"k","scopes":["read"]})", "key");
  aviary.made("/api/members/invitations", R"({"email":")" + address + R"(x","role":"rep"})", "invitation");
  const std::string body = fmt::format(R"({{"secret":"{}"}})", provider_secret);
  const HttpAnswer set = aviary.send(Verb::put, "/api/integrations/vapi.api_key", body);
  CHECK(set.status == 200);
  check_absent(aviary.all(), set.body, "the answer to setting it");
  CHECK(aviary.send(Verb::put, "/api/settings", fmt::format(R"({{"company_name":"{}"}})", number)).status ==
        200);
  CHECK(aviary.send(Verb::get, "/api/settings", "", {{"Authorization", "Bearer " + key}}).status == 200);
}

// Every canary in the path, the query, a header, a field's name, a field's value and beside broken JSON.
void make_mistakes(Aviary& aviary) {
  for (const Canary& canary : aviary.all()) {
    CAPTURE(canary.name);
    const std::string& value = canary.value;
    std::string escaped;
    for (const char c : value) escaped += c == ' ' ? "%20" : c == '+' ? "%2B" : std::string(1, c);

    aviary.mistake(Verb::get, "/api/" + escaped, "");
    aviary.mistake(Verb::del, "/api/keys/" + escaped, "");
    aviary.mistake(Verb::put, "/api/integrations/" + escaped, R"({"secret":"s"})");
    aviary.misspelling(Verb::get, "/api/audit?limit=" + escaped, "");
    aviary.misspelling(Verb::get, "/api/audit?" + escaped + "=1", "");
    aviary.mistake(Verb::get, "/api/keys", "", {{"Authorization", "Bearer " + value + "x"}});
    aviary.mistake(Verb::get, "/api/settings", "", {{"X-Workspace", value}});
    aviary.mistake(Verb::post, "/api/keys", "{}", {{"Origin", "https://" + value}});
    aviary.misspelling(Verb::post, "/api/auth/login", fmt::format(R"({{"{}":1}})", value));
    aviary.mistake(Verb::post, "/api/auth/login", fmt::format(R"({{"email":["{}"]}})", value));
    aviary.mistake(Verb::post, "/api/auth/login", fmt::format(R"({{"email":"{}")", value));
    aviary.misspelling(Verb::put, "/api/settings", fmt::format(R"({{"timezone":"{}"}})", value));
    aviary.misspelling(Verb::post, "/api/members/invitations",
                       fmt::format(R"({{"email":"{}","role":"{}"}})", address, value));
    aviary.malformed("GET /" + escaped + " HTTP/1.1\r\nHost: a\r\nX-" + escaped + " : " + value + "\r\n\r\n");
  }
  aviary.mistake(Verb::post, "/api/auth/login",
                 fmt::format(R"({{"email":"{}","password":"{}x"}})", address, password));
  aviary.mistake(
      Verb::post, "/api/auth/register",
      fmt::format(R"({{"invitation":"{}","email":"{}","password":"{}"}})", bearer, address, password));
  aviary.mistake(Verb::post, "/api/auth/password",
                 fmt::format(R"({{"old_password":"{}x","password":"{}y"}})", password, password));
}

void check_files(const std::vector<Canary>& canaries, const std::string& folder) {
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    check_absent(canaries, text_of(entry.path()), entry.path().filename().string());
    ++files;
  }
  CHECK(files > 0);
}

}  // namespace

TEST_CASE("a canary is in no log line, no error, no health answer, no file and no backup") {
  const TempDir folder;
  const std::string data = folder / "data";
  const std::string backup = folder / "all.backup";
  Aviary aviary(data);
  plant(aviary);
  make_mistakes(aviary);
  for (const char* path : {"/healthz", "/readyz", "/api/openapi.json"}) {
    check_absent(aviary.all(), aviary.product().get(path).second, path);
  }

  const Outcome saved = run_ringdown({"backup", "--data", data, "--log-level", "debug", backup});
  CAPTURE(saved.err);
  REQUIRE(saved.status == 0);
  check_absent(aviary.all(), saved.out + saved.err, "what the backup says");
  check_absent(aviary.all(), text_of(backup), "the backup");
  check_files(aviary.secrets(), data);

  const std::string log = aviary.product().log();
  CHECK(log.contains("/api/integrations/{name}"));
  check_absent(aviary.all(), log, "the log");
  CHECK(aviary.product().end(SIGTERM) == 0);
  check_files(aviary.secrets(), data);
}
