#include "carrier/twilio_hooks.h"
#include "carrier/twilio_hook_reader.h"

#include <doctest/doctest.h>

#include "carrier/twilio_form.h"
#include "ports/await.h"

using namespace ringdown;
using namespace ringdown::twilio;

namespace {

const Workspace workspace{{*parse_uuid("019ac000-0000-7000-8000-000000000001")}};
const CallId call{*parse_uuid("019ac000-0000-7000-8000-00000000000c")};
const std::string subject =
    "?call=019ac000-0000-7000-8000-00000000000c&workspace=019ac000-0000-7000-8000-000000000001";
const Time now = *parse_time("2026-11-26T10:00:00Z");
const Time told = *parse_time("2026-11-26T09:59:58Z");
const CarrierErrors errors{.twilio = {{13225, {Rejection::blocked, "on the block list"}}},
                           .sip = {{404, {Rejection::invalid_number, "no such number"}}}};

HookRequest request(twilio::Form form, std::string path = "/api/webhooks/twilio/status") {
  form.emplace_back("AccountSid", "AC1");
  return {.method = "POST",
          .target = std::move(path) + subject,
          .media = "application/x-www-form-urlencoded; charset=UTF-8",
          .body = to_text(form),
          .signature = "",
          .received_at = now};
}

twilio::Form status(std::string word, std::string sequence, twilio::Form more = {}) {
  twilio::Form form{{"CallSid", "CA1"},
                    {"CallStatus", std::move(word)},
                    {"SequenceNumber", std::move(sequence)},
                    {"Timestamp", "Thu, 26 Nov 2026 09:59:58 +0000"}};
  form.insert(form.end(), more.begin(), more.end());
  return form;
}

std::vector<HookFact> facts(const HookRequest& from) {
  return news_in(read_callback(from).value(), errors, now).value().facts;
}

Ended ending(std::string word, twilio::Form more) {
  return std::get<Ended>(facts(request(status(std::move(word), "2", std::move(more)))).at(1).event);
}

}  // namespace

TEST_CASE("each status is the fact it stands for, after the one that Twilio has the call") {
  const HookFact placed{"twilio:CA1:placed", Placed{"CA1"}};

  CHECK(facts(request(status("initiated", "0"))) == std::vector{placed});
  CHECK(facts(request(status("ringing", "1"))) == std::vector{placed, {"twilio:CA1:1", Ringing{told}}});
  CHECK(facts(request(status("in-progress", "2"))) == std::vector{placed, {"twilio:CA1:2", Answered{told}}});
}

TEST_CASE("the end tells the whole story") {
  const Ended end =
      ending("completed", {{"CallDuration", "49"}, {"AnsweredBy", "human"}, {"SipResponseCode", "200"}});

  CHECK(end ==
        Ended{.cause = Cause::completed, .at = told, .answered_by = AnsweredBy::human, .duration_s = 49});
  CHECK(ending("busy", {}).cause == Cause::busy);
  CHECK(ending("no-answer", {}).cause == Cause::no_answer);
  CHECK(ending("canceled", {}).cause == Cause::canceled);
}

TEST_CASE("why a call failed is in Twilio's code, else in the far end's") {
  CHECK(ending("failed", {}).cause == Cause::failed);
  CHECK(ending("failed", {{"SipResponseCode", "404"}}).cause == Cause::invalid_number);
  CHECK(ending("failed", {{"SipResponseCode", "404"}, {"ErrorCode", "13225"}}).cause == Cause::blocked);
  CHECK(ending("failed", {{"SipResponseCode", "-404"}}).cause == Cause::failed);
  CHECK(ending("busy", {{"SipResponseCode", "404"}}).cause == Cause::busy);
}

TEST_CASE("a verdict on who answered is a fact of its own") {
  const twilio::Form form{
      {"CallSid", "CA1"}, {"AnsweredBy", "machine_start"}, {"MachineDetectionDuration", "3100"}};

  CHECK(facts(request(form, "/api/webhooks/twilio/amd")).at(1) ==
        HookFact{"twilio:CA1:amd", AnswerClassified{AnsweredBy::machine}});
}

TEST_CASE("what becomes of a stream is told once for each of its states, and why it broke") {
  const auto about = [](std::string event, std::string sid = "MZ1") {
    HookRequest from = request({{"CallSid", "CA1"},
                                {"StreamSid", std::move(sid)},
                                {"StreamEvent", std::move(event)},
                                {"StreamError", "31920"}});
    from.target =
        "/api/webhooks/twilio/"
        "stream?call=019ac000-0000-7000-8000-00000000000c&workspace=019ac000-0000-7000-8000-"
        "000000000001";
    return from;
  };
  CHECK(facts(about("stream-error")).at(1) ==
        HookFact{"twilio:CA1:MZ1:broken", Streamed{"MZ1", StreamState::broken, "31920"}});
  CHECK_FALSE(news_in(read_callback(about("stream-lost")).value(), errors, now));
  CHECK_FALSE(news_in(read_callback(about("stream-started", "")).value(), errors, now));
}

TEST_CASE("whoever asks what to say tells that somebody answered") {
  HookRequest asking = request({{"CallSid", "CA1"}, {"CallStatus", "in-progress"}});
  asking.target =
      "/api/twiml/call/019ac000-0000-7000-8000-00000000000c?workspace=019ac000-0000-7000-8000-000000000001";

  CHECK(facts(asking).at(1) == HookFact{"twilio:CA1:script", Answered{now}});
}

TEST_CASE("whoever asks again what to say has heard what was said first") {
  HookRequest asking = request({{"CallSid", "CA1"}, {"CallStatus", "in-progress"}});
  asking.target =
      "/api/twiml/call/019ac000-0000-7000-8000-00000000000c?heard=notice&workspace=019ac000-0000-7000-8000-"
      "000000000001";

  CHECK(facts(asking).at(1) == HookFact{"twilio:CA1:script", Answered{now}});
  CHECK(facts(asking).at(2) == HookFact{"twilio:CA1:notice", NoticeHeard{}});

  asking.target.replace(asking.target.find("notice"), 6, "message");
  CHECK(facts(asking).at(2) == HookFact{"twilio:CA1:message", MessageHeard{}});
}

TEST_CASE("a call that came in is known by its sid, and its caller by a number that is one") {
  const auto arrival = [](std::string from) {
    HookRequest coming = request(
        {{"CallSid", "CA1"}, {"Direction", "inbound"}, {"From", std::move(from)}, {"To", "+12125550100"}});
    coming.target = "/media-stream-twiml?workspace=019ac000-0000-7000-8000-000000000001";
    return std::get<Arrival>(news_in(read_callback(coming).value(), errors, now).value().about);
  };

  CHECK(arrival("+12125550190") == Arrival{"CA1", "+12125550190", "+12125550100"});
  for (const char* hidden : {"", "anonymous", "+266696687", "+7378742833", "+1212555x190", "+123",
                             "12125550190", "+12125550190123456", "sip:ann@example.com"}) {
    CHECK(arrival(hidden).from.empty());
  }
}

TEST_CASE("what became of a recording is a fact about its call") {
  const auto recording = [](twilio::Form form) {
    form.insert(form.begin(), {"CallSid", "CA1"});
    return request(form, "/api/webhooks/twilio/recording");
  };
  const auto refused = [&](twilio::Form form) {
    return !news_in(read_callback(recording(std::move(form))).value(), errors, now);
  };

  CHECK(facts(recording(
                  {{"RecordingSid", "RE1"}, {"RecordingStatus", "completed"}, {"RecordingDuration", "21"}}))
            .at(1) == HookFact{"twilio:CA1:RE1:completed", Recorded{"RE1", RecordingState::completed, 21}});
  CHECK(facts(recording({{"RecordingSid", "RE1"}, {"RecordingStatus", "absent"}, {"RecordingDuration", "x"}}))
            .at(1) == HookFact{"twilio:CA1:RE1:absent", Recorded{"RE1", RecordingState::absent, {}}});
  CHECK(refused({{"RecordingSid", "RE1"}, {"RecordingStatus", "sung"}}));
  CHECK(refused({{"RecordingStatus", "completed"}}));
}

TEST_CASE("without a number the status is the key, without a moment it is now") {
  const twilio::Form form{{"CallSid", "CA1"}, {"CallStatus", "ringing"}, {"Timestamp", "yesterday"}};

  CHECK(facts(request(form)).at(1) == HookFact{"twilio:CA1:ringing", Ringing{now}});
}

TEST_CASE("what is no callback is refused with a reason") {
  const auto refused = [](HookRequest from) {
    const auto callback = read_callback(from);
    return !callback || !news_in(*callback, errors, now);
  };
  HookRequest nameless = request(status("ringing", "1"));
  nameless.target = "/api/webhooks/twilio/status?call=1&workspace=2";
  HookRequest elsewhere = request(status("ringing", "1"), "/api/webhooks/twilio/status/");
  HookRequest json = request({});
  json.media = "application/json";
  HookRequest broken = request(status("ringing", "1"));
  broken.body += "&x=%zz";

  CHECK_FALSE(refused(request(status("ringing", "1"))));
  CHECK(refused(nameless));
  CHECK(refused(elsewhere));
  CHECK(refused(json));
  CHECK(refused(broken));
  CHECK(refused(request(status("dreaming", "1"))));
  CHECK(refused(request({{"CallStatus", "ringing"}})));
}

TEST_CASE("for a while an operator may have it believed how far calls are, and no more") {
  const Time until = now + 1h;
  twilio::HookReader reader({.find_tokens = [](Workspace whose, std::string) -> Task<std::vector<Secret>> {
                               std::vector<Secret> tokens;
                               if (whose == workspace) tokens.emplace_back("token");
                               co_return tokens;
                             },
                             .errors = errors,
                             .public_url = "https://dial.example.com",
                             .unchecked = twilio::Unchecked{"AC1", until}});
  const auto facts_of = [&](HookRequest from) {
    const auto news = await(reader.understand(std::move(from)));
    return news ? static_cast<int>(news->facts.size()) : -1;
  };
  const auto ringing = request(status("ringing", "1"));
  HookRequest late = ringing;
  late.received_at = until;
  HookRequest elsewhere = ringing;
  elsewhere.target.back() = '2';
  HookRequest other_account = ringing;
  other_account.body.replace(other_account.body.find("AC1"), 3, "AC2");
  HookRequest coming = request({{"CallSid", "CA1"}, {"Direction", "inbound"}, {"From", "+12125550190"}});
  coming.target = "/media-stream-twiml?workspace=019ac000-0000-7000-8000-000000000001";

  CHECK(facts_of(ringing) == 2);
  CHECK(facts_of(late) == -1);
  CHECK(facts_of(elsewhere) == -1);
  CHECK(facts_of(other_account) == -1);
  CHECK(facts_of(coming) == -1);
  CHECK(facts_of(request({{"CallSid", "CA1"}, {"RecordingSid", "RE1"}, {"RecordingStatus", "completed"}},
                         "/api/webhooks/twilio/recording")) == -1);
  HookRequest script = request({{"CallSid", "CA1"}, {"Digits", "9"}});
  for (const char* more : {"", "heard=notice&", "heard=message&", "pressed=key&"}) {
    script.target = "/api/twiml/call/019ac000-0000-7000-8000-00000000000c?" + std::string(more) +
                    "workspace=019ac000-0000-7000-8000-000000000001";
    CHECK(facts_of(script) == -1);
  }
  CHECK(facts_of(request(status("in-progress", "2"))) == 2);
  CHECK(facts_of(request(status("completed", "3"))) == 1);  // that there is a call, not how it ended
  CHECK(reader.unchecked_until() == until);
}

TEST_CASE("only what an account of the workspace signed is understood") {
  const std::string url = "https://dial.example.com";
  twilio::HookReader reader(
      {.find_tokens = [](Workspace whose, std::string sid) -> Task<std::vector<Secret>> {
         const bool known = whose == workspace && sid == "AC1";
         std::vector<Secret> tokens;
         if (known) tokens.emplace_back("token");
         co_return tokens;
       },
       .errors = errors,
       .public_url = url});
  const auto signed_by = [&](HookRequest from, std::string_view token) {
    from.signature = signature_of(token, url + from.target, read_callback(from).value().fields);
    return from;
  };
  const auto reason = [&](HookRequest from) {
    const auto news = await(reader.understand(std::move(from)));
    return news ? std::string("understood") : std::string(to_text(news.error().reason));
  };
  HookRequest other_workspace = request(status("ringing", "1"));
  other_workspace.target.back() = '2';
  HookRequest other_call = signed_by(request(status("ringing", "1")), "token");
  other_call.target[other_call.target.find("&workspace") - 1] = 'd';

  CHECK(reason(signed_by(request(status("ringing", "1")), "token")) == "understood");
  CHECK(reason(signed_by(request(status("ringing", "1")), "other")) == "forbidden");
  CHECK(reason(request(status("ringing", "1"))) == "forbidden");
  CHECK(reason(signed_by(other_workspace, "token")) == "forbidden");
  CHECK(reason(other_call) == "forbidden");
}
