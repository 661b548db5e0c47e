// One of ours talks: the real binary beside a carrier's sandbox, from the code on a screen to two people in
// one conference.
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <fstream>

#include "crypto/base64.h"
#include "crypto/hash.h"
#include "net/http_client.h"
#include "net/url.h"
#include "ports/await.h"
#include "tests/support/paths.h"
#include "tests/support/ringdown_process.h"
#include "tests/support/signed_up.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

const std::string anns_phone = "+12125550150";
const std::string leads_phone = "+12125550190";     // a person, so the sandbox promises
constexpr auto patience = std::chrono::minutes(2);  // then nobody believes any more that it comes

boost::json::value data_of(const std::string& answer) {
  return boost::json::parse(answer).as_object().at("data");
}

std::string text_in(const boost::json::value& thing, const char* name) {
  const auto* value = thing.as_object().if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::string after_equals(const std::string& line) {
  return line.substr(line.find('=') + 1);
}

class Office {
 public:
  Office()
      : sandbox_({RINGDOWN_BUILD "/ringdown", "sandbox", "--listen", "127.0.0.1:0", "--speed", "20", "--cps",
                  "5", "--ledger", folder_ / "ledger"},
                 {}) {
    Words environment{"TWILIO_FROM=+12125550199"};
    for (int line = 0; line < 3; ++line) environment.push_back(sandbox_.line());
    carrier_ = after_equals(environment[1]);
    credentials_ = after_equals(environment[2]) + ":" + after_equals(environment[3]);
    product_.emplace(Words{"--data", folder_ / "data", "--speed", "20"}, environment);
    owner_.emplace(*product_);
    wait_for("/api/carrier-accounts", [](const auto& all) { return !all.as_array().empty(); });
    lead_ = text_in(
        data_of(owner_->send(Verb::post, "/api/leads", R"({"phone":")" + leads_phone + R"(","name":"Lee"})")),
        "id");
  }

  // Whoever answers there enters these keys.
  void let_press(const std::string& number, const std::string& keys) {
    HttpCall call{.verb = Verb::post,
                  .target = "/twin/callees",
                  .headers = {{"Authorization", "Basic " + crypto::to_base64(crypto::bytes_of(credentials_))},
                              {"Content-Type", "application/x-www-form-urlencoded"}},
                  .body = "fate=human&number=" + percent_encoded(number) + "&presses=" + keys};
    REQUIRE(await(HttpClient::open(carrier_, {}).value().send(std::move(call))).value().status == 204);
  }

  void confirm_phone() {
    const auto asked = data_of(owner_->send(Verb::put, "/api/phone", R"({"phone":")" + anns_phone + R"("})"));
    let_press(anns_phone, text_in(asked, "code"));
    wait_for("/api/phone", [](const auto& phone) { return !text_in(phone, "confirmed_at").empty(); });
  }

  // As it is once it is over.
  boost::json::value call_with_me() {
    const auto call =
        data_of(owner_->send(Verb::post, "/api/queue/schedule-call",
                             R"({"to":")" + leads_phone + R"(","purpose":"information","lead_id":")" + lead_ +
                                 R"(","with_me":true})"));
    return wait_for("/api/calls/" + text_in(call, "id"),
                    [](const auto& now) { return !text_in(now, "ended_at").empty(); });
  }

  std::vector<boost::json::object> ledger(std::string_view what) const {
    std::vector<boost::json::object> found;
    std::ifstream file(folder_ / "ledger");
    for (std::string line; std::getline(file, line);) {
      auto entry = boost::json::parse(line).as_object();
      if (entry.at("what").as_string() == what) found.push_back(std::move(entry));
    }
    return found;
  }

 private:
  template <class Reached>
  boost::json::value wait_for(const std::string& path, Reached reached) {
    const auto given_up_at = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < given_up_at) {
      auto data = data_of(owner_->get(path));
      if (reached(data)) return data;
    }
    FAIL("it never came about: ", owner_->get(path));
    return {};
  }

  const TempDir folder_;
  RunningServer sandbox_;
  std::string carrier_;
  std::string credentials_;
  std::optional<RunningRingdown> product_;
  std::optional<Owner> owner_;
  std::string lead_;
};

std::string detail_of(const boost::json::object& entry) {
  return std::string(entry.at("detail").as_string());
}

}  // namespace

TEST_CASE("a rep confirms a phone, answers it, presses a key, and talks with the lead who is called then") {
  Office office;
  office.confirm_phone();
  office.let_press(anns_phone, "5");

  const auto call = office.call_with_me();

  CHECK(text_in(call, "status") == "completed");
  CHECK(text_in(call, "outcome") == "connected");
  const auto& legs = call.as_object().at("legs").as_array();
  REQUIRE(legs.size() == 1);
  CHECK_FALSE(text_in(legs[0], "joined_at").empty());
  const auto joined = office.ledger("join");
  REQUIRE(joined.size() == 2);
  CHECK(detail_of(joined[0]) == text_in(call, "id"));
  CHECK(detail_of(joined[1]) == text_in(call, "id"));
  CHECK(joined[0].at("to").as_string() == anns_phone);
  CHECK(joined[1].at("to").as_string() == leads_phone);
  CHECK(office.ledger("talk").size() == 1);
}

TEST_CASE("where a mailbox takes the rep's call, or nobody presses a key, no lead's phone rings") {
  Office office;
  office.confirm_phone();
  office.let_press(anns_phone, "");

  const auto call = office.call_with_me();

  CHECK(text_in(call, "status") == "canceled");
  CHECK(office.ledger("join").empty());
  for (const auto& ring : office.ledger("ring")) CHECK(ring.at("to").as_string() == anns_phone);
}
