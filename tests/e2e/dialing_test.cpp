// The real binary against a carrier in a process of its own, killed again and again: what the carrier's ledger says is
// held against what the product knows in the end.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "net/http_client.h"
#include "ports/await.h"
#include "tests/support/paths.h"
#include "tests/support/postgres_server.h"
#include "tests/support/ringdown_process.h"
#include "tests/support/signed_up.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr int kills = 50;
constexpr int people = 120;
constexpr int looks_max = 200'000;  // until nobody believes any more that it comes

std::string leads_csv() {
  std::string csv = "phone,name,state,timezone,consent_text,consent_at,consent_method,consent_scope,consent_written,consent_ai_named\n";
  constexpr int areas[] = {212, 312};
  for (int n = 0; n < people; ++n) {
    csv += fmt::format("+1{}55501{:02},Lead {},{},,yes,2026-01-01T00:00:00Z,form,marketing,yes,yes\n", areas[n / 60],
                       n % 60, n, n < 60 ? "NY" : "IL");
  }
  return csv;
}

constexpr const char* live[] = {"placing", "ringing", "in_progress", "unknown"};

// One line of the carrier's ledger, as far as it matters here.
struct Entry {
  std::string what;
  std::string sid;
  std::string to;
  std::string url;
};

std::string member(const std::string& line, const std::string& name) {
  const std::string start = "\"" + name + "\":\"";
  const auto at = line.find(start);
  if (at == std::string::npos) return "";
  const auto begin = at + start.size();
  return line.substr(begin, line.find('"', begin) - begin);
}

std::vector<Entry> read_ledger(const std::string& path) {
  std::vector<Entry> entries;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    entries.push_back({member(line, "what"), member(line, "sid"), member(line, "to"), member(line, "url")});
  }
  return entries;
}

// What the carrier saw: every call it made is another attempt of ours, and no number had two at a time.
void judge(const std::vector<Entry>& ledger, const std::set<std::string>& known_sids) {
  std::map<std::string, std::string> out;  // number → sid
  std::set<std::string> attempts;
  std::set<std::string> made;
  for (const Entry& entry : ledger) {
    if (entry.what == "created") {
      CHECK_MESSAGE(attempts.insert(entry.url).second, "one request per attempt: ", entry.url);
      CHECK_MESSAGE(!out.contains(entry.to), "one live call per number");
      out[entry.to] = entry.sid;
      made.insert(entry.sid);
    } else if (entry.what == "end" && out[entry.to] == entry.sid) {
      out.erase(entry.to);
    }
  }
  CHECK(!made.empty());
  for (const std::string& sid : made) CHECK_MESSAGE(known_sids.contains(sid), "the product knows every call: ", sid);
}

// That nobody listens on: the carrier must find the product again after each restart.
std::string free_address() {
  const int holder = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
  socklen_t size = sizeof address;
  REQUIRE(bind(holder, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(getsockname(holder, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  close(holder);
  return "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
}

class Story {
 public:
  Story(std::string data, Words environment)
      : data_(std::move(data)),
        environment_(std::move(environment)),
        listen_(free_address()),
        sandbox_({RINGDOWN_BUILD "/ringdown", "sandbox", "--listen", "127.0.0.1:0", "--speed", "60", "--cps", "2",
                  "--seed", "7", "--ledger", ledger()},
                 {}) {
    for (int line = 0; line < 3; ++line) environment_.push_back(sandbox_.line());
    environment_.push_back("TWILIO_FROM=+12125550199");
    environment_.push_back("PUBLIC_URL=http://" + listen_);
    start();
    owner_.emplace(*product_);
  }

  void begin() {
    owner_->send(Verb::put, "/api/settings", R"({"call_gap_minutes":1,"calls_a_day":24})");
    owner_->upload("/api/leads/import", leads_csv());
    wait_until([&] { return owner_->get("/api/carrier-accounts").contains("Twilio"); });
    const std::string account = member(owner_->get("/api/carrier-accounts"), "id");
    owner_->send(Verb::patch, "/api/carrier-accounts/" + account, R"({"calls_per_second":50,"live_calls_max":40})");
    campaign_ = member(
        owner_->send(Verb::post, "/api/campaigns",
                     R"({"name":"all","purpose":"information","max_calls_batch":40,"talk_limit_seconds":60,)"
                     R"("retry":{"attempts_max":4,"interval":1}})"),
        "id");
    owner_->send(Verb::post, "/api/campaigns/" + campaign_ + "/start", "{}");
  }

  // While the carrier's book grows: in the middle of requests, callbacks and look-ups.
  void kill_in_the_middle(int times) {
    std::minstd_rand random(41);
    for (int kill = 0; kill < times; ++kill) {
      wait_for_news();
      for (auto more = random() % 8; more > 0; --more) owner_->get("/healthz");  // to hit another place each time
      product_->end(SIGKILL);
      start();
      owner_->follow_to(*product_);
    }
  }

  // No more calls are placed, and what became of each is found out.
  void wait_for_the_end() {
    owner_->send(Verb::post, "/api/campaigns/" + campaign_ + "/pause", "{}");
    wait_until([&] {
      return std::ranges::none_of(live, [&](const char* status) {
        return owner_->get(fmt::format("/api/calls?limit=1&status={}", status)).contains("\"id\"");
      });
    });
  }

  std::set<std::string> known_sids() {
    std::set<std::string> sids;
    for (std::string last;;) {
      const std::string page = owner_->get("/api/calls?limit=200" + (last.empty() ? "" : "&after=" + last));
      const std::string sid = "\"call_sid\":\"";
      for (auto at = page.find(sid); at != std::string::npos; at = page.find(sid, at + 1)) {
        sids.insert(page.substr(at + sid.size(), 34));
      }
      const auto end = page.rfind("\"id\":\"");
      if (end == std::string::npos) return sids;
      last = page.substr(end + 6, 36);
    }
  }

  std::string ledger() const { return data_ + ".ledger"; }

 private:
  void start() {
    product_.emplace(Words{"--listen", listen_, "--data", data_, "--speed", "60", "--creation-delay-max", "10"},
                     environment_);
  }

  void wait_for_news() {
    const auto before = std::filesystem::file_size(ledger());
    for (int looks = 0; looks < looks_max && std::filesystem::file_size(ledger()) == before; ++looks) {
      owner_->get("/healthz");
    }
  }

  template <class Reached>
  void wait_until(Reached reached) {
    for (int looks = 0; looks < looks_max; ++looks) {
      if (reached()) return;
    }
    FAIL("it does not come to an end");
  }

  std::string data_;
  Words environment_;
  const std::string listen_;
  std::string campaign_;
  RunningServer sandbox_;
  std::optional<RunningRingdown> product_;
  std::optional<Owner> owner_;
};

void play(Words environment) {
  const TempDir folder;
  Story story(folder / "data", std::move(environment));
  story.begin();

  story.kill_in_the_middle(kills);
  story.wait_for_the_end();

  judge(read_ledger(story.ledger()), story.known_sids());
}

}  // namespace

TEST_CASE("killed fifty times while it dials, it calls nobody twice and forgets no call, on SQLite") {
  play({});
}

TEST_CASE("killed fifty times while it dials, it calls nobody twice and forgets no call, on PostgreSQL") {
  PostgresServer& server = PostgresServer::shared();
  const std::string database = server.new_database();
  const TempDir folder;
  const Outcome migrated = run_ringdown({"migrate", "--grant-to", "app", "--data", folder / "data"},
                                        {"MIGRATE_DATABASE_URL=" + server.owner_url(database)});
  REQUIRE_MESSAGE(migrated.status == 0, migrated.err);

  play({"DATABASE_URL=" + server.app_url(database)});
}
