#include "carrier/twiml.h"

#include <doctest/doctest.h>

#include <vector>

using namespace ringdown::twilio;

TEST_CASE("what is said is text, whatever it looks like") {
  CHECK(Twiml().say("Hello.").hang_up().text() ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say>Hello.</Say><Hangup/></Response>");
  CHECK(xml_text("<Dial>+1</Dial> & \"O'Hara\"") == "&lt;Dial&gt;+1&lt;/Dial&gt; &amp; \"O'Hara\"");
  CHECK(xml_text("]]>") == "]]&gt;");
}

TEST_CASE("what XML does not have is left out, and everything else stays") {
  CHECK(xml_text("a\x01"
                 "b\x1f"
                 "c\n") == "abc\n");
  CHECK(xml_text("\xef\xbf\xbe\xef\xbf\xbf\xff\xc3") == "");
  CHECK(xml_text("\xed\xa0\x80") == "");  // half of a surrogate pair
  CHECK(xml_text("h\xc3\xa9llo \xf0\x9f\x93\x9e") == "h\xc3\xa9llo \xf0\x9f\x93\x9e");
}

TEST_CASE("what goes on elsewhere goes on at exactly that address") {
  CHECK(Twiml()
            .say("Hello.")
            .go_on_at("https://x.example.com/a?b=1&c=2#rc=5")
            .text()
            .contains(
                "<Say>Hello.</Say><Redirect>https://x.example.com/a?b=1&amp;c=2#rc=5</Redirect></Response>"));
}

TEST_CASE("a key is listened for while texts are said, and told at exactly that address") {
  const std::vector<std::string> texts{"Hello.", "Press <9>."};
  CHECK(Twiml()
            .listen("https://x.example.com/a?b=\"1\"&c=\n", texts, 1, std::chrono::seconds(3))
            .text()
            .contains("<Response><Gather input=\"dtmf\" numDigits=\"1\" finishOnKey=\"\" timeout=\"3\" "
                      "action=\"https://x.example.com/a?b=&quot;1&quot;&amp;c=&#xA;\">"
                      "<Say>Hello.</Say><Say>Press &lt;9&gt;.</Say></Gather></Response>"));
}

TEST_CASE("a room is joined by its name, and silence is a number of seconds") {
  CHECK(
      Twiml()
          .wait(std::chrono::seconds(20))
          .join("a<b&c")
          .hang_up()
          .text()
          .contains(
              "<Response><Pause length=\"20\"/><Dial><Conference beep=\"false\" endConferenceOnExit=\"true\">"
              "a&lt;b&amp;c</Conference></Dial><Hangup/></Response>"));
}

TEST_CASE("a stream is named with what goes along, and no value gets out of its quotes") {
  const std::vector<std::pair<std::string, std::string>> parameters{{"token", "a\"/><Hangup/>"}};
  CHECK(Twiml()
            .connect({"wss://x.example.com/media", "https://x.example.com/s?a=1&b=2", parameters})
            .text()
            .contains("<Response><Connect><Stream url=\"wss://x.example.com/media\" "
                      "statusCallback=\"https://x.example.com/s?a=1&amp;b=2\"><Parameter name=\"token\" "
                      "value=\"a&quot;/&gt;&lt;Hangup/&gt;\"/></Stream></Connect></Response>"));
}

TEST_CASE("a text without end is cut between two characters") {
  std::string text(2999, 'a');
  text += "\xf0\x9f\x93\x9e";

  CHECK(Twiml().say(text).text().contains("<Say>" + std::string(2999, 'a') + "</Say>"));
}
