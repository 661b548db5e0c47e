// A call that is recorded, in the real binary with its own sandbox: from the notice to the sound, and to its
// end.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "crypto/hash.h"
#include "net/http_client.h"
#include "ports/await.h"
#include "tests/support/ringdown_process.h"
#include "tests/support/signed_up.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

namespace fs = std::filesystem;

constexpr const char* human = "+13125550190";       // so the sandbox promises
constexpr auto patience = std::chrono::minutes(2);  // then nobody believes any more that it comes

boost::json::value data_of(const std::string& answer) {
  return boost::json::parse(answer).as_object().at("data");
}

std::string text_in(const boost::json::value& thing, const char* name) {
  const auto* value = thing.as_object().if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

class Office {
 public:
  explicit Office(const std::string& settings)
      : product_({"--data", folder_ / "data", "--sandbox", "--speed", "8"}), owner_(product_) {
    owner_.send(Verb::put, "/api/settings", settings);
  }

  // A lead that is called at once, and talks for half a minute of the sandbox's.
  std::string called_lead() {
    const auto lead = data_of(
        owner_.send(Verb::post, "/api/leads", std::string(R"({"phone":")") + human + R"(","name":"Ann"})"));
    owner_.send(Verb::post, "/api/consents",
                std::string(R"({"phone":")") + human +
                    R"(","text_shown":"yes","given_at":"2026-01-01T00:00:00Z","method":"form",)"
                    R"("scope":"marketing","written":true,"ai_named":true})");
    owner_.send(Verb::post, "/api/queue/schedule-call",
                std::string(R"({"to":")") + human + R"(","purpose":"information","lead_id":")" +
                    text_in(lead, "id") + R"(","message":")" + std::string(450, 'a') + R"("})");
    return text_in(lead, "id");
  }

  boost::json::value recording_of(const std::string& lead, const std::string& stage) {
    return wait_for("a recording is " + stage, "/api/recordings/lead/" + lead,
                    [&](const auto& list) {
                      return !list.as_array().empty() && text_in(list.as_array().front(), "stage") == stage;
                    })
        .as_array()
        .front();
  }

  boost::json::value ended_call_of(const std::string& lead) {
    return wait_for("a call is over", "/api/calls?lead=" + lead,
                    [](const auto& list) {
                      return !list.as_array().empty() &&
                             text_in(list.as_array().front(), "status") == "completed";
                    })
        .as_array()
        .front();
  }

  HttpAnswer fetch(const std::string& url, const std::string& range = {}) {
    HttpCall call{.target = url};
    if (!range.empty()) call.headers.add("Range", range);
    return await(HttpClient::open(product_.address(), {.answer_bytes_max = 1 << 26})
                     .value()
                     .send(std::move(call)))
        .value();
  }

  Owner& owner() { return owner_; }
  fs::path shelf() const { return fs::path(folder_ / "data") / "recordings"; }
  const std::string& address() const { return product_.address(); }

 private:
  template <class Reached>
  boost::json::value wait_for(const std::string& what, const std::string& path, Reached reached) {
    const auto given_up_at = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < given_up_at) {
      auto data = data_of(owner_.get(path));
      if (reached(data)) return data;
    }
    FAIL("it never came that ", what, ": ", owner_.get(path));
    return {};
  }

  const TempDir folder_;
  RunningRingdown product_;
  Owner owner_;
};

std::string path_of(const Office& office, const std::string& url) {
  return url.starts_with(office.address()) ? url.substr(office.address().size()) : url;
}

std::vector<std::string> bytes_of_files(const fs::path& folder) {
  std::vector<std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    all.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return all;
}

}  // namespace

TEST_CASE("a call whose notice was heard is recorded, kept sealed, and heard by whoever has the link") {
  Office office(R"({"recording_enabled":true})");
  const std::string lead = office.called_lead();

  const auto kept = office.recording_of(lead, "kept");
  const std::string url = path_of(office, text_in(kept, "url"));
  const HttpAnswer whole = office.fetch(url);

  CHECK(whole.status == 200);
  CHECK(whole.headers.find("Content-Type") == "audio/wav");
  CHECK(whole.body.starts_with("RIFF"));
  CHECK(std::to_string(whole.body.size()) == boost::json::serialize(kept.as_object().at("size")));
  CHECK(text_in(kept, "sha256") == to_hex(crypto::sha256(crypto::bytes_of(whole.body))));
  const auto call = office.ended_call_of(lead);
  CHECK(kept.as_object().at("duration_s").to_number<int>() <
        call.as_object().at("duration_s").to_number<int>());
  CHECK(data_of(office.owner().get("/api/recordings/" + text_in(call, "call_sid"))).as_array().size() == 1);
  const auto files = bytes_of_files(office.shelf());
  REQUIRE(files.size() == 1);
  CHECK_FALSE(files.front().contains("RIFF"));

  SUBCASE("in parts as well") {
    const HttpAnswer part = office.fetch(url, "bytes=70000-139999");
    CHECK(part.status == 206);
    CHECK(part.headers.find("Content-Range") == "bytes 70000-139999/" + std::to_string(whole.body.size()));
    CHECK(part.body == whole.body.substr(70'000, 70'000));
    CHECK(office.fetch(url, "bytes=-10").body == whole.body.substr(whole.body.size() - 10));
    CHECK(office.fetch(url, "bytes=99999999-").status == 416);
  }
  SUBCASE("by no other link") {
    const auto until = url.find("until=") + 6;
    std::string later = url;
    later[until] = '9';
    std::string another = url;
    char& digit = another[another.find(".wav") - 1];
    digit = digit == '0' ? '1' : '0';
    CHECK(office.fetch(later).status == 403);
    CHECK(office.fetch(another).status == 403);
    CHECK(office.fetch(url.substr(0, url.find("&sig="))).status == 400);
    CHECK(office.fetch(url + "AAAA").status == 403);
    CHECK(office.fetch(url.substr(0, url.find('?'))).status == 400);
  }
  SUBCASE("until its lead is erased") {
    office.owner().send(Verb::post, "/api/leads/" + lead + "/erase", R"({"reason":"asked for it"})");
    while (office.fetch(url).status == 200) {
    }
    CHECK(office.fetch(url).status == 404);
    while (!bytes_of_files(office.shelf()).empty()) {
    }
  }
}

TEST_CASE("nothing is recorded where nobody turned it on") {
  Office office(R"({"company_name":"Clinic"})");
  const std::string lead = office.called_lead();
  office.ended_call_of(lead);

  CHECK(data_of(office.owner().get("/api/recordings/lead/" + lead)).as_array().empty());
  CHECK_FALSE(fs::exists(office.shelf()));
}
