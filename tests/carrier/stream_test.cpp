// Streams between a call of the twin and a WebSocket server, which stands in for the product's.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "net/websocket.h"
#include "sandbox/playback.h"
#include "sandbox/signing.h"
#include "tests/carrier/stage.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr std::string_view human = "+12125550190";
const sandbox::TwinOptions unhurried{.speed = 10, .calls_per_second = 1000};
const std::string second_of_sound = [] {
  std::string letters;
  for (int i = 0; i < 8000 / 3; ++i) letters += "////";
  return letters + "//8=";
}();

std::string member(const std::string& frame, std::string_view name) {
  const std::string start = "\"" + std::string(name) + "\":\"";
  const auto at = frame.find(start);
  if (at == frame.npos) return "";
  const auto begin = at + start.size();
  return frame.substr(begin, frame.find('"', begin) - begin);
}

// Keeps what it hears, and lets the test answer.
class Peer {
 public:
  using Answer = std::function<void(WebSocket&, const std::string& frame)>;

  explicit Peer(Answer answer = {})
      : answer_(std::move(answer)),
        server_(HttpLimits{}, {.answer = [this](Request& request) -> boost::asio::awaitable<Response> {
                  co_return take(request);
                }}) {
    url_ = "ws://127.0.0.1:" + std::to_string(server_.listen("127.0.0.1:0").value()) + "/media";
    server_.start();
  }

  ~Peer() { server_.stop(Span{0}); }  // whoever still talks is not waited for

  const std::string& url() const { return url_; }

  // The frames of that event, once there are so many.
  std::vector<std::string> wait_for(std::size_t count, std::string_view event) {
    std::unique_lock lock(mutex_);
    std::vector<std::string> found;
    const bool enough = more_.wait_for(lock, 60s, [&] {
      found.clear();
      std::ranges::copy_if(heard_, std::back_inserter(found),
                           [&](const std::string& frame) { return member(frame, "event") == event; });
      return found.size() >= count;
    });
    if (!enough) throw std::runtime_error("too few frames came: " + std::string(event));
    return found;
  }

  std::vector<std::string> heard() {
    const std::lock_guard lock(mutex_);
    return heard_;
  }

  std::string signature() {
    const std::lock_guard lock(mutex_);
    return signature_;
  }

 private:
  Response take(const Request& request) {
    const std::lock_guard lock(mutex_);
    signature_ = request.headers.find("X-Twilio-Signature").value_or("");
    return WebSocket::accept(
        request, {}, [this](WebSocket& socket) -> boost::asio::awaitable<void> { return listen(socket); });
  }

  boost::asio::awaitable<void> listen(WebSocket& socket) {
    while (socket.is_open()) {
      const auto message = co_await socket.next();
      if (!message) break;
      keep(message->data);
      if (answer_) answer_(socket, message->data);
      if (message->data.contains("\"stop\"") || closes_) break;
    }
  }

  void keep(const std::string& frame) {
    const std::lock_guard lock(mutex_);
    heard_.push_back(frame);
    more_.notify_all();
  }

 public:
  std::atomic<bool> closes_ = false;  // after the next frame

 private:
  Answer answer_;
  std::mutex mutex_;
  std::condition_variable more_;
  std::vector<std::string> heard_;
  std::string signature_;
  std::string url_;
  HttpServer server_;
};

std::string connect(const Stage& stage, const std::string& url, const std::string& more = "") {
  return "<Connect action=\"after\"><Stream name=\"talk\" url=\"" + url + "\" statusCallback=\"" +
         stage.product.url() + "/stream\"><Parameter name=\"token\" value=\"a&quot;b\"/></Stream></Connect>" +
         more;
}

std::string frame(std::string_view event, const std::string& sid, const std::string& rest = "") {
  return R"({"event":")" + std::string(event) + R"(","streamSid":")" + sid + "\"" + rest + "}";
}

std::string sound(const std::string& sid) {
  return frame("media", sid, R"(,"media":{"payload":")" + second_of_sound + "\"}");
}

std::string mark(const std::string& sid, const std::string& name) {
  return frame("mark", sid, R"(,"mark":{"name":")" + name + "\"}");
}

std::vector<std::string> told(Stage& stage, std::size_t count) {
  std::vector<std::string> events;
  for (const Heard& one : stage.product.wait_for(count, "/stream"))
    events.push_back(one.field("StreamEvent"));
  std::ranges::sort(events);
  return events;
}

}  // namespace

TEST_CASE("a stream says hello as Twilio does, signed, and then sends what it hears") {
  Stage stage(unhurried);
  Peer peer;
  stage.product.put("talk", connect(stage, peer.url()));
  const std::string call = stage.call(human, "talk");

  const auto media = peer.wait_for(3, "media");

  const auto heard = peer.heard();
  CHECK(heard[0] == R"({"event":"connected","protocol":"Call","version":"1.0.0"})");
  const std::string sid = member(heard[1], "streamSid");
  CHECK(sid.starts_with("MZ"));
  CHECK(heard[1] == R"({"event":"start","sequenceNumber":"1","streamSid":")" + sid +
                        R"(","start":{"accountSid":")" + stage.twin.account_sid() + R"(","streamSid":")" +
                        sid + R"(","callSid":")" + call +
                        R"(","tracks":["inbound"],"customParameters":{"token":"a\"b"},)" +
                        R"("mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}}})");
  CHECK(member(media[0], "sequenceNumber") == "2");
  CHECK(member(media[2], "chunk") == "3");
  CHECK(member(media[2], "timestamp") == "40");
  CHECK(member(media[0], "payload").size() == 216);
  CHECK(peer.signature() == sandbox::signature(stage.twin.auth_token(), peer.url(), {}));
  const Heard started = stage.product.wait_for(1, "/stream").front();
  CHECK(started.field("StreamEvent") == "stream-started");
  CHECK(started.field("StreamSid") == sid);
  CHECK(started.field("StreamName") == "talk");
  CHECK(started.field("CallSid") == call);
  CHECK_FALSE(started.signature.empty());
}

TEST_CASE("a call that ends says stop, and one whose stream we close goes on") {
  Stage stage(unhurried);
  Peer peer;
  stage.product.put("talk", connect(stage, peer.url()));
  const std::string first = stage.call(human, "talk");
  peer.wait_for(1, "media");
  stage.update(first, "Status=completed");
  CHECK(member(peer.wait_for(1, "stop")[0], "callSid") == first);
  CHECK(told(stage, 2) == std::vector<std::string>{"stream-started", "stream-stopped"});
  CHECK(stage.product.wait_for(1, "/after")[0].field("CallStatus") == "completed");

  peer.closes_ = true;
  stage.call(human, "talk");

  CHECK(stage.product.wait_for(2, "/after")[1].field("CallStatus") == "in-progress");
  CHECK(peer.wait_for(0, "stop").size() == 1);
}

TEST_CASE("marks come back when what was sent before has been played, and at once when it is cleared") {
  Stage stage(unhurried);
  Peer peer([](WebSocket& socket, const std::string& heard) {
    const std::string sid = member(heard, "streamSid");
    if (member(heard, "event") == "start") {
      for (const std::string& text :
           {mark(sid, "nothing"), sound(sid), mark(sid, "one"), sound(sid), sound(sid)})
        socket.send(text);
    }
    if (member(heard, "name") == "one") {
      for (int i = 0; i < 50; ++i) socket.send(sound(sid));
      for (const std::string& text : {mark(sid, "late"), mark(sid, "later"), frame("clear", sid)})
        socket.send(text);
    }
  });
  stage.product.put("talk", connect(stage, peer.url()));
  stage.call(human, "talk");

  const auto marks = peer.wait_for(4, "mark");

  std::vector<std::string> names;
  for (const std::string& one : marks) names.push_back(member(one, "name"));
  CHECK(names == std::vector<std::string>{"nothing", "one", "late", "later"});
  CHECK(stage.product.wait_for(1, "/stream").size() == 1);  // nothing was wrong with it
}

TEST_CASE("sound takes its time at the speed of the twin, and ten minutes of it are enough") {
  const sandbox::SteadyTime start{};
  sandbox::Playback playback(10);

  CHECK(playback.add(80'000, start));
  CHECK(playback.mark("end", start));
  CHECK(playback.next_mark() == start + 1s);
  CHECK(playback.played(start + 999ms).empty());
  CHECK(playback.played(start + 1s) == std::vector<std::string>{"end"});
  CHECK(playback.add(8000 * 600, start + 2s));
  CHECK_FALSE(playback.add(1, start + 2s));
  CHECK(playback.clear(start + 2s).empty());
  CHECK(playback.add(1, start + 2s));
}

TEST_CASE("frames that Twilio would not take are told, each with its number, and the stream goes on") {
  Stage stage(unhurried);
  Peer peer([](WebSocket& socket, const std::string& heard) {
    if (member(heard, "event") != "start") return;
    const std::string sid = member(heard, "streamSid");
    socket.send_binary("sound");
    socket.send("no JSON");
    socket.send(frame("dance", sid));
    socket.send(mark("MZ0", "of another stream"));
    socket.send(frame("clear", sid, R"(,"extra":1)"));
    socket.send(frame("mark", sid));
    socket.send(frame("media", sid, R"(,"media":{"payload":"no base64"})"));
    socket.send(mark(sid, "fine"));
  });
  stage.product.put("talk", connect(stage, peer.url()));
  stage.call(human, "talk");

  peer.wait_for(1, "mark");

  std::vector<std::string> codes;
  for (const Heard& one : stage.product.wait_for(8, "/stream"))
    codes.push_back(one.field("StreamError").substr(0, 5));
  std::ranges::sort(codes);
  CHECK(codes == std::vector<std::string>{"", "31950", "31951", "31951", "31951", "31951", "31951", "31951"});
}

TEST_CASE("keys that are pressed are told on the stream") {
  Stage stage(unhurried);
  Peer peer;
  stage.product.put("talk", connect(stage, peer.url()));
  stage.tell_twin("/twin/callees", "number=%2B13125550155&fate=human&presses=4%23");
  stage.call("+13125550155", "talk");

  const auto keys = peer.wait_for(2, "dtmf");

  CHECK(member(keys[0], "digit") == "4");
  CHECK(member(keys[1], "digit") == "#");
  CHECK(member(keys[1], "track") == "inbound_track");
}

TEST_CASE("where nobody takes the stream it is told why, and the script goes on") {
  Stage stage;
  const Peer peer;
  const std::string plain = "ws" + stage.product.url().substr(4) + "/status";
  for (const std::string& url :
       {plain, std::string("ws://127.0.0.1:1/"), peer.url() + "?token=1", std::string("x")}) {
    CAPTURE(url);
    stage.product.put("talk", connect(stage, url));
    const auto before = stage.product.wait_for(0, "/stream").size();
    stage.call(human, "talk");

    CHECK(stage.product.wait_for(before + 1, "/stream").back().field("StreamError").starts_with("31920"));
    CHECK(stage.product.wait_for(before + 1, "/after").back().field("CallStatus") == "in-progress");
  }
}
