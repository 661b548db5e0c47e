#include "tests/kills/story.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <random>
#include <thread>

#include "tests/kills/ledger.h"
#include "tests/support/paths.h"

namespace ringdown::test {
namespace {

constexpr std::pair<int, const char*> areas[] = {
    {212, "NY"}, {312, "IL"}, {404, "GA"}, {617, "MA"}, {713, "TX"}};
constexpr int people_of_an_area = 100;
constexpr auto patience = std::chrono::minutes(2);  // then nobody believes any more that it comes
constexpr const char* live[] = {"placing", "ringing", "in_progress", "unknown"};

std::string leads_csv() {
  std::string csv =
      "phone,name,state,consent_text,consent_at,consent_method,consent_scope,consent_written,consent_ai_"
      "named\n";
  for (const auto& [area, state] : areas) {
    for (int n = 0; n < people_of_an_area; ++n) {
      csv += fmt::format("+1{}55501{:02},Lead {},{},yes,2026-01-01T00:00:00Z,form,marketing,yes,yes\n", area,
                         n, n, state);
    }
  }
  return csv;
}

boost::json::value data_of(const std::string& answer) {
  return boost::json::parse(answer).as_object().at("data");
}

std::string id_of(const boost::json::value& thing) {
  return std::string(thing.as_object().at("id").as_string());
}

// That nobody listens on: the carrier must find the product again after each restart.
std::string free_address() {
  const int holder = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{
      .sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
  socklen_t size = sizeof address;
  REQUIRE(bind(holder, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(getsockname(holder, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  close(holder);
  return "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
}

Words sandbox_with(const Stage& stage, const std::string& ledger) {
  Words words{RINGDOWN_BUILD "/ringdown",
              "sandbox",
              "--listen",
              "127.0.0.1:0",
              "--speed",
              stage.speed,
              "--cps",
              "2",
              "--seed",
              "7",
              "--ledger",
              ledger};
  for (const std::string& mishap : stage.mishaps) {
    words.push_back("--mishap");
    words.push_back(mishap);
  }
  return words;
}

}  // namespace

Story::Story(std::string data, Stage stage)
    : data_(std::move(data)),
      stage_(std::move(stage)),
      listen_(free_address()),
      sandbox_(sandbox_with(stage_, ledger()), {}) {
  for (int line = 0; line < 3; ++line) stage_.environment.push_back(sandbox_.line());
  stage_.environment.push_back("TWILIO_FROM=+12125550199");
  stage_.environment.push_back("PUBLIC_URL=http://" + listen_);
  start();
  owner_.emplace(*product_);
}

void Story::begin() {
  owner_->send(Verb::put, "/api/settings", stage_.settings);
  owner_->upload("/api/leads/import", leads_csv());
  wait_until("a carrier account",
             [&] { return !data_of(owner_->get("/api/carrier-accounts")).as_array().empty(); });
  const auto accounts = data_of(owner_->get("/api/carrier-accounts"));
  owner_->send(Verb::patch, "/api/carrier-accounts/" + id_of(accounts.at(0)),
               R"({"calls_per_second":8,"live_calls_max":40})");
  campaign_ = id_of(data_of(
      owner_->send(Verb::post, "/api/campaigns",
                   R"({"name":"all","purpose":"information","max_calls_batch":40,"talk_limit_seconds":60,)"
                   R"("message":")" +
                       stage_.message + R"(","retry":{"attempts_max":4,"interval":1}})")));
  owner_->send(Verb::post, "/api/campaigns/" + campaign_ + "/start", "{}");
}

void Story::kill_in_the_middle(int times) {
  LedgerWatch watch(ledger());
  std::minstd_rand random(41);
  for (int kill = 0; kill < times; ++kill) {
    const int enough = watch.calls_made() + 1 + static_cast<int>(random() % 6);
    wait_until("news of a call", [&] { return watch.calls_made() >= enough; });
    // Every other time at once: the carrier's answer is on its way, or not kept yet.
    for (auto more = kill % 2 * (random() % 8); more > 0; --more) owner_->get("/healthz");
    product_->end(SIGKILL);
    start();
    owner_->follow_to(*product_);
  }
}

void Story::wait_for_the_end() {
  owner_->send(Verb::post, "/api/campaigns/" + campaign_ + "/pause", "{}");
  wait_until("the end of all calls", [&] { return !any_call_is_live(); });
}

std::set<std::string> Story::known_sids() const {
  std::set<std::string> sids;
  std::string after;
  while (true) {
    const auto page = data_of(owner_->get("/api/calls?limit=200" + after));
    if (page.as_array().empty()) return sids;
    for (const auto& call : page.as_array()) {
      const auto* sid = call.as_object().if_contains("call_sid");
      if (sid != nullptr && sid->is_string()) sids.emplace(sid->get_string());
    }
    after = "&after=" + id_of(page.as_array().back());
  }
}

void Story::start() {
  product_.emplace(
      Words{"--listen", listen_, "--data", data_, "--speed", stage_.speed, "--creation-delay-max", "10"},
      stage_.environment);
}

bool Story::any_call_is_live() const {
  return std::ranges::any_of(live, [&](const char* status) {
    return !data_of(owner_->get(fmt::format("/api/calls?limit=1&status={}", status))).as_array().empty();
  });
}

void Story::wait_until(const char* awaited, const std::function<bool()>& reached) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < end) {
    if (reached()) return;
    std::this_thread::yield();
  }
  FAIL("waited too long for ", std::string(awaited));
}

}  // namespace ringdown::test
