// What recordings sound like: words and tones where they belong, and nothing else.
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <cmath>
#include <numbers>

#include "sandbox/recording_sound.h"
#include "sandbox/sentences.h"
#include "sandbox/tones.h"

using namespace ringdown;
using namespace ringdown::sandbox;

namespace {

template <class T>
T run(boost::asio::awaitable<T> work) {
  boost::asio::io_context loop;
  auto result = boost::asio::co_spawn(loop, std::move(work), boost::asio::use_future);
  loop.run();
  return result.get();
}

using Piece = Recording::Piece;

Recording recording_of(const Soundtrack& track, std::vector<Piece> pieces, bool dual) {
  Recording recording;
  recording.plan.dual = dual;
  recording.pieces = std::move(pieces);
  recording.sounds = std::make_shared<Soundtrack>(track);
  return recording;
}

// How loud each second of each channel is; exactly 0 where nothing is to be heard.
std::vector<std::vector<double>> loudness(const Recording& recording, int seconds, Speakers& speakers) {
  RecordingSound sound(recording, speakers);
  const auto channels = static_cast<std::size_t>(recording.channels());
  std::vector<std::vector<double>> loud(channels);
  for (int n = 0; n < seconds; ++n) {
    const std::string bytes = run(sound.second(n)).value();
    REQUIRE(bytes.size() == samples_per_second * 2 * channels);
    std::vector<double> sums(channels);
    for (std::size_t i = 0; i < bytes.size() / 2; ++i) {
      const auto low = static_cast<unsigned char>(bytes[2 * i]);
      const auto high = static_cast<unsigned char>(bytes[2 * i + 1]);
      const auto sample = static_cast<std::int16_t>(low | high << 8);
      sums[i % channels] += static_cast<double>(sample) * sample;
    }
    for (std::size_t channel = 0; channel < channels; ++channel)
      loud[channel].push_back(std::sqrt(sums[channel] / samples_per_second));
  }
  return loud;
}

std::string pattern(const std::vector<double>& loud) {
  std::string text;
  for (const double one : loud) text += one > 100 ? '#' : one == 0 ? '.' : '-';
  return text;
}

double strength(const Samples& samples, double pitch) {
  double sine = 0;
  double cosine = 0;
  for (std::size_t n = 0; n < samples.size(); ++n) {
    const double turn = 2 * std::numbers::pi * pitch * static_cast<double>(n) / samples_per_second;
    sine += samples[n] * std::sin(turn);
    cosine += samples[n] * std::cos(turn);
  }
  return std::hypot(sine, cosine);
}

}  // namespace

TEST_CASE("each side is heard on its own channel when it speaks, and silence is silence") {
  Soundtrack track;
  track.say(2s, Who::callee, Voice::rms, "Hello, who is speaking, please?");
  track.add({.kind = Utterance::Kind::beep, .who = Who::callee, .at = 6s});
  track.say(8s, Who::us, Voice::slt, "This is an automated call about your appointment.");
  track.add({.kind = Utterance::Kind::played, .at = 14s, .until = 16s});
  Speakers speakers;

  const auto dual = loudness(recording_of(track, {{0s, 18s}}, true), 18, speakers);
  const auto mono = loudness(recording_of(track, {{0s, 18s}}, false), 18, speakers);

  CHECK(pattern(dual[0]) == "..###.#...........");
  CHECK(pattern(dual[1]) == "........###...##..");
  CHECK(pattern(mono[0]) == "..###.#.###...##..");
}

TEST_CASE(
    "only the parts of a call that were recorded are heard, and a recording that is too long ends silent") {
  Soundtrack track;
  track.say(1s, Who::callee, Voice::kal, "Before it began.");
  track.add({.kind = Utterance::Kind::played, .at = 10s, .until = 14s});
  track.add({.kind = Utterance::Kind::played, .at = 16s, .until = 20s});
  track.add({.kind = Utterance::Kind::played, .at = 31s, .until = 32s});
  Speakers speakers;

  const auto loud = loudness(recording_of(track, {{12s, 6s}, {30s, 3s}}, false), 11, speakers);

  CHECK(pattern(loud[0]) == "##..##.#...");
}

TEST_CASE("who is interrupted is not heard any more, and who speaks anew no more either") {
  Soundtrack track;
  track.say(0s, Who::us, Voice::slt,
            "One two three four five six seven eight nine ten. And then the second sentence.");
  track.hush(2s, Who::us);
  track.say(5s, Who::callee, Voice::awb, "One two three four five six seven eight nine ten.");
  track.say(6s, Who::callee, Voice::awb, "No.");
  Speakers speakers;

  const auto loud = loudness(recording_of(track, {{0s, 10s}}, true), 10, speakers);

  CHECK(pattern(loud[1]) == "##........");
  CHECK(pattern(loud[0]) == ".....##...");
  CHECK(track.busy_until(Who::us) == 2s);
}

TEST_CASE("the same recording is the same bytes, whoever reads it out and whatever was read out before") {
  Soundtrack track;
  track.say(0s, Who::callee, Voice::slt, "Hello?");
  track.say(1s, Who::us, Voice::slt, "This is an automated call.");
  const Recording recording = recording_of(track, {{0s, 3s}}, false);
  Speakers one;
  Speakers other;
  run(other.say(Voice::slt, "Something else."));

  for (int n = 0; n < 3; ++n) {
    RecordingSound first(recording, one);
    RecordingSound again(recording, other);
    CHECK(run(first.second(n)) == run(again.second(n)));
  }
}

TEST_CASE("a sentence is read out once, and kept") {
  Speakers speakers;

  const auto first = run(speakers.say(Voice::kal, "Thank you."));
  const auto again = run(speakers.say(Voice::kal, "Thank you."));
  const auto otherwise = run(speakers.say(Voice::rms, "Thank you."));

  CHECK(first.value() == again.value());
  CHECK(first.value() != otherwise.value());
  CHECK(first.value()->size() > 2000);
}

TEST_CASE("what cannot be read out is silent, and no sentence takes forever") {
  CHECK(speak(Voice::slt, "").empty());
  CHECK(speak(Voice::rms, " ...!? ").empty());
  CHECK(speak(Voice::kal, "\xe4\xbd\xa0").empty());
  CHECK_FALSE(speak(Voice::rms, std::string(5000, 'a')).empty());
  CHECK(speak(Voice::rms, std::string(5000, '9')).size() <= 60 * samples_per_second);
}

TEST_CASE("long words become sentences of bounded length, of which nothing is lost") {
  const std::string text = "First one. Second one! " + std::string(450, 'a') + " " + std::string(200, 'b');

  std::string together;
  for (const Sentence& one : sentences_of(text)) {
    CHECK(one.text.size() <= 300);
    CHECK(one.time > 0s);
    together += one.text;
  }

  CHECK(together == "First one.Second one!" + std::string(450, 'a') + std::string(200, 'b'));
  CHECK(sentences_of("  ").empty());
  CHECK(speaking_time("Call 212 555 0142.") > speaking_time("Call our reception."));
}

TEST_CASE("a soundtrack is bounded") {
  Soundtrack track;

  for (int n = 0; n < 1000; ++n)
    track.say(std::chrono::seconds(n), Who::us, Voice::slt, std::string(250, 'a'));

  CHECK(track.all().size() <= 500);
  CHECK(track.all().size() >= 200);
}

TEST_CASE("a key sounds as its row and its column") {
  const Samples nine = key('9');

  for (const double pitch : {852.0, 1477.0}) {
    for (const double other : {697.0, 770.0, 941.0, 1209.0, 1336.0})
      CHECK(strength(nine, pitch) > 5 * strength(nine, other));
  }
  CHECK(strength(key('*'), 941) > 5 * strength(key('*'), 852));
}
