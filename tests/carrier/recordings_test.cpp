// Recordings between the adapter and the twin: begun with a call or during it, told, fetched, erased.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "carrier/twilio_requests.h"
#include "net/url.h"
#include "sandbox/sentences.h"
#include "tests/carrier/line.h"
#include "tests/support/skip.h"
#include "tests/support/twilio_spec.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr std::string_view callback = "/recording?call=019ac000-0000-7000-8000-00000000000c&workspace=";
constexpr std::size_t wav_head_bytes = 44;
constexpr std::size_t second_of_mono = 8000 * 2;

struct Sound {
  std::string bytes{};
  std::size_t largest_piece = 0;
};

Result<Sound> sound_of(Line& line, const std::string& sid) {
  Sound sound;
  const auto take = [&](std::string_view piece) -> Result<void> {
    sound.bytes += piece;
    sound.largest_piece = std::max(sound.largest_piece, piece.size());
    return {};
  };
  const auto fetched = await(line.carrier.fetch_sound(some_account, sid, take));
  if (!fetched) return std::unexpected(fetched.error());
  return sound;
}

// A call that is recorded from its answer on; the sid of the recording once the twin has told it.
Heard recorded_call(Line& line, const std::string& more = "") {
  HttpCall call = twilio::create_call(line.account(), some_account.workspace, Line::request("+12125550190"),
                                      line.product.url());
  const std::string hook =
      twilio::hook_url(line.product.url(), twilio::Hook::recording, {some_call, some_account.workspace});
  call.body += "&Record=true&RecordingStatusCallback=" + percent_encoded(hook) + more;
  REQUIRE(line.ask(std::move(call)).value().status == 201);
  return line.product.wait_for(1, callback).front();
}

// A call in which somebody talks, for two seconds of the machine's.
std::string talking_call(Line& line) {
  const std::string sid = std::get<Placed>(line.place("+12125550190")).sid;
  line.product.wait_for(1, "/api/twiml/");
  return sid;
}

// Something is asked for below the account's calls.
void post(const Line& line, const std::string& path, std::string form) {
  HttpCall call = twilio::end_call(line.account(), "CA");  // for its headers
  call.target = "/2010-04-01/Accounts/" + line.account().sid + "/Calls" + path;
  call.body = std::move(form);
  REQUIRE(line.ask(std::move(call)).value().status < 300);
}

struct Spoken {
  double begin;  // in the recording's seconds
  double end;
};

// So far as the ledger knows.
std::vector<Spoken> spoken(const std::vector<sandbox::Entry>& ledger, std::string_view what, double speed) {
  const auto record = std::ranges::find(ledger, "record", &sandbox::Entry::what);
  std::vector<Spoken> all;
  for (const sandbox::Entry& one : ledger) {
    if (one.what != what) continue;
    const double begin = std::chrono::duration<double>(one.at - record->at).count() * speed;
    const double time = std::chrono::duration<double>(sandbox::speaking_time(one.detail)).count();
    all.push_back({begin, begin + time});
  }
  return all;
}

double loudness(const std::string& wav, std::size_t channel, std::size_t second) {
  double sum = 0;
  for (std::size_t n = 0; n < 8000; ++n) {
    const std::size_t at = wav_head_bytes + ((second * 8000 + n) * 2 + channel) * 2;
    const auto low = static_cast<unsigned char>(wav[at]);
    const auto high = static_cast<unsigned char>(wav[at + 1]);
    const double sample = static_cast<std::int16_t>(low | high << 8);
    sum += sample * sample;
  }
  return std::sqrt(sum / 8000);
}

// Nobody is heard where nobody spoke, give or take a second, and somebody where somebody did.
std::string wrong_seconds(const std::string& wav, std::size_t channel, std::size_t seconds,
                          const std::vector<Spoken>& spoken) {
  std::string wrong;
  for (std::size_t second = 0; second < seconds; ++second) {
    const auto at = static_cast<double>(second);
    const bool silent = std::ranges::none_of(
        spoken, [&](const Spoken& one) { return one.begin - 1 < at + 1 && at < one.end + 1; });
    if (silent && loudness(wav, channel, second) > 0) wrong += std::to_string(second) + " is loud; ";
  }
  for (const Spoken& one : spoken) {
    if (one.begin < 0 || one.end > static_cast<double>(seconds)) continue;
    double loudest = 0;
    const std::size_t end = std::min(seconds, static_cast<std::size_t>(one.end) + 1);
    for (auto second = static_cast<std::size_t>(one.begin); second < end; ++second)
      loudest = std::max(loudest, loudness(wav, channel, second));
    if (loudest < 200) wrong += std::to_string(one.begin) + " is silent; ";
  }
  return wrong;
}

}  // namespace

TEST_CASE("a call that is recorded from its answer on leaves a sound of its length") {
  Line line;

  const Heard told = recorded_call(line);

  CHECK(told.field("RecordingStatus") == "completed");
  CHECK(told.field("RecordingSource") == "OutboundAPI");
  CHECK_FALSE(told.signature.empty());
  const std::string sid = told.field("RecordingSid");
  const auto known = await(line.carrier.find_recording(some_account, sid)).value().value();
  CHECK(known.state == RecordingState::completed);
  CHECK(known.call_sid == told.field("CallSid"));
  CHECK(known.channels == 1);
  const auto seconds = static_cast<std::size_t>(known.duration_s.value());
  CHECK(std::to_string(seconds) == told.field("RecordingDuration"));
  CHECK(seconds >= 20);
  const Sound sound = sound_of(line, sid).value();
  CHECK(sound.bytes.starts_with("RIFF"));
  CHECK(sound.bytes.size() == wav_head_bytes + seconds * second_of_mono);
  CHECK(sound.largest_piece < sound.bytes.size() / 4);
}

TEST_CASE("a recording is begun and stopped while somebody talks, and is shorter than the call") {
  Line line({.speed = 10, .calls_per_second = 100});
  const std::string call = talking_call(line);

  const auto begun = await(line.carrier.start_recording(some_account, some_call, call)).value();
  REQUIRE(await(line.carrier.stop_recording(some_account, call, begun.sid)));

  CHECK(begun.state == RecordingState::running);
  CHECK(begun.call_sid == call);
  CHECK(line.product.wait_for(1, callback).front().field("RecordingSid") == begun.sid);
  CHECK(await(line.carrier.stop_recording(some_account, call, begun.sid)));
  const auto over = await(line.carrier.find_recording(some_account, begun.sid)).value().value();
  CHECK(over.state != RecordingState::running);
  CHECK(over.duration_s < 20);
}

TEST_CASE("a recording ends with its call at the latest, with both sides apart where that was asked") {
  Line line;

  const Heard told = recorded_call(line, "&RecordingChannels=dual");

  CHECK(told.field("RecordingChannels") == "2");
  const auto seconds = static_cast<std::size_t>(std::stoi(told.field("RecordingDuration")));
  CHECK(sound_of(line, told.field("RecordingSid")).value().bytes.size() ==
        wav_head_bytes + seconds * 2 * second_of_mono);
}

TEST_CASE("both sides are heard in a recording when the ledger says they spoke, and at no other moment") {
  Line line({.speed = 20, .calls_per_second = 100});

  post(line, ".json",
       "To=%2B12125550190&From=%2B12125550100&Record=true&RecordingChannels=dual&Twiml=" +
           percent_encoded("<Response><Pause length=\"6\"/><Say>We call about your appointment.</Say>"
                           "<Pause length=\"12\"/></Response>") +
           "&RecordingStatusCallback=" + percent_encoded(line.product.url() + std::string(callback)));
  const std::string sid = line.product.wait_for(1, callback).front().field("RecordingSid");
  const std::string bytes = sound_of(line, sid).value().bytes;

  const auto ledger = line.ledger();
  const auto seconds = (bytes.size() - wav_head_bytes) / 2 / second_of_mono;
  CHECK(wrong_seconds(bytes, 0, seconds, spoken(ledger, "says", 20)) == "");
  CHECK(wrong_seconds(bytes, 1, seconds, spoken(ledger, "heard", 20)) == "");
  CHECK(spoken(ledger, "says", 20).size() == 2);
  CHECK(sound_of(line, sid).value().bytes == bytes);
}

TEST_CASE("a recording that is begun during a call has what was said from then on, and when it was") {
  Line line({.speed = 20, .calls_per_second = 100});
  post(line, ".json",
       "To=%2B12125550190&From=%2B12125550100&Twiml=" +
           percent_encoded("<Response><Pause length=\"5\"/><Say>We call about your appointment.</Say>"
                           "<Pause length=\"4\"/><Say>Please call us back.</Say><Pause length=\"3\"/>"
                           "<Say>Goodbye.</Say><Pause length=\"900\"/></Response>"));

  while (line.count("heard") < 1) {
  }
  const std::string call = line.ledger().back().sid;
  post(line, "/" + call + "/Recordings.json", "RecordingChannels=dual");
  while (line.count("heard") < 3) {
  }
  post(line, "/" + call + "/Recordings/Twilio.CURRENT.json", "Status=stopped");

  const auto ledger = line.ledger();
  const auto record = std::ranges::find(ledger, "record", &sandbox::Entry::what);
  const std::string bytes = sound_of(line, record->detail).value().bytes;
  const auto seconds = (bytes.size() - wav_head_bytes) / 2 / second_of_mono;
  CHECK(seconds >= 5);
  CHECK(wrong_seconds(bytes, 0, seconds, spoken(ledger, "says", 20)) == "");
  CHECK(wrong_seconds(bytes, 1, seconds, spoken(ledger, "heard", 20)) == "");
}

TEST_CASE("nothing is recorded before somebody talks, and what is unknown is nothing") {
  Line line({.speed = 10, .calls_per_second = 100});
  const std::string ringing = std::get<Placed>(line.place("+12125550194")).sid;
  const std::string nobodys = "RE00000000000000000000000000000009";

  CHECK_FALSE(await(line.carrier.start_recording(some_account, some_call, ringing)));
  CHECK_FALSE(await(line.carrier.start_recording(some_account, some_call, "CA0")));
  CHECK_FALSE(await(line.carrier.find_recording(some_account, nobodys)).value());
  CHECK_FALSE(sound_of(line, nobodys));
  CHECK(line.count("record") == 0);
}

TEST_CASE("an erased recording is gone, and erasing it again is fine") {
  Line line;
  const std::string sid = recorded_call(line).field("RecordingSid");

  REQUIRE(await(line.carrier.erase_recording(some_account, sid)));

  CHECK_FALSE(await(line.carrier.find_recording(some_account, sid)).value());
  CHECK_FALSE(sound_of(line, sid));
  CHECK(await(line.carrier.erase_recording(some_account, sid)));
}

TEST_CASE("whoever takes the sound may refuse, and nobody takes more than the bound") {
  Line line;
  const std::string sid = recorded_call(line).field("RecordingSid");
  twilio::Rest bounded(
      {.find_account = [&](CarrierAccount) -> Task<Result<twilio::Account>> { co_return line.account(); },
       .errors = {},
       .public_url = line.product.url(),
       .sound_limits = {.answer_bytes_max = 100'000}});

  const auto full = await(line.carrier.fetch_sound(
      some_account, sid, [](std::string_view) -> Result<void> { return fail(Reason::unavailable, "full"); }));
  const auto large =
      await(bounded.fetch_sound(some_account, sid, [](std::string_view) -> Result<void> { return {}; }));

  CHECK(full.error().text == "full");
  CHECK(large.error().reason == Reason::too_large);
}

TEST_CASE("recordings are asked for and answered as Twilio describes them") {
  const auto spec = TwilioSpec::load();
  if (!spec) return skip("Twilio's OpenAPI file is not at ../shared/specs or in RINGDOWN_SPECS");
  Line line({.speed = 10, .calls_per_second = 100});
  const auto account = line.account();
  const auto judged = [&](const HttpCall& call) {
    CAPTURE(call.target);
    if (call.verb != Verb::del) CHECK(spec->wrong_with_request(call.verb, call.target, call.body) == "");
    const auto answer = line.ask(call).value();
    CHECK(spec->wrong_with_answer(call.verb, call.target, answer.status, answer.body) == "");
    return answer.body;
  };
  const std::string call = talking_call(line);

  judged(twilio::start_recording(account, {some_call, some_account.workspace}, call, line.product.url()));
  HttpCall list = twilio::fetch_recording(account, "");
  list.target = "/2010-04-01/Accounts/" + account.sid + "/Calls/" + call + "/Recordings.json";
  const std::string listed = judged(list);
  const std::string sid = listed.substr(listed.find("\"RE") + 1, 34);
  judged(twilio::stop_recording(account, call, sid));
  CHECK(judged(twilio::fetch_recording(account, sid)).contains(call));
  judged(twilio::erase_recording(account, sid));
}
