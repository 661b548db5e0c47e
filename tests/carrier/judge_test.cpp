// Twilio's own npm package judges the twin and our validator.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "base/json.h"
#include "base/text.h"
#include "carrier/twilio_signature.h"
#include "carrier/twiml.h"
#include "sandbox/xml.h"
#include "tests/carrier/line.h"
#include "tests/support/npm_folder.h"
#include "tests/support/skip.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

struct Sample {
  std::string url;
  std::map<std::string, std::string> fields;
  std::string signature;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (url, fields, signature))

struct Documents {
  std::vector<std::string> texts;
  std::string url;
  std::string says;
  std::string listens;
  std::string joins;
  std::string streams;
};
BOOST_DESCRIBE_STRUCT(Documents, (), (texts, url, says, listens, joins, streams))

// A document as what it says, whatever the order of attributes and the spelling of characters.
std::string meaning(const sandbox::Element& element) {
  auto attributes = element.attributes;
  std::ranges::sort(attributes);
  std::string text = "<" + element.name;
  for (const auto& [name, value] : attributes) text += " " + name + "=[" + value + "]";
  text += ">" + element.text;
  for (const sandbox::Element& child : element.children) text += meaning(child);
  return text + "</>";
}

std::string meaning(const std::string& document) {
  return meaning(sandbox::read_xml(document).value());
}

// What the package answered, line by line.
std::map<std::string, std::string> said_by(const NpmFolder& npm, const Line& line) {
  std::map<std::string, std::string> said;
  const std::string output = npm.run(
      "judge.mjs", line.twin.base_url() + " " + line.twin.account_sid() + " " + line.twin.auth_token());
  for (const std::string_view one : split(output, '\n')) {
    const auto colon = one.find(": ");
    if (colon != one.npos) said[std::string(one.substr(0, colon))] = one.substr(colon + 2);
  }
  return said;
}

}  // namespace

TEST_CASE("Twilio's own package finds the twin as it finds Twilio, and its webhooks signed") {
  const NpmFolder npm("twilio");
  if (!npm.missing().empty()) return skip(npm.missing().c_str());
  Line line;

  auto said = said_by(npm, line);

  CHECK(said["created"] == "queued outbound-api true");
  CHECK(said["fetched"] == "completed true true");
  CHECK(said["statuses"] == "initiated,ringing,in-progress,completed");
  CHECK(said["listed"] == "3 true");
  CHECK(said["listed elsewhere"] == "0");
  CHECK(said["listed since"] == "1");
  CHECK(said["canceled"] == "true");
  CHECK(said["canceled again"] == "400 21220");
  CHECK(said["recorded"] == "completed true OutboundAPI completed");
  CHECK(said["sound"] == "RIFF true");
  CHECK(said["erased"] == "true 404 20404");
  CHECK(said["no such call"] == "404 20404");
  CHECK(said["bad number"] == "400 21211");
  CHECK(said["magic number"] == "400 21217");
  CHECK(said["bad token"] == "401 20003");
  CHECK(said["hooks"] == "true true");
  const std::vector<Secret> tokens{Secret(line.twin.auth_token())};
  const auto samples = read_json<std::vector<Sample>>(said["signed"]).value();
  CHECK(samples.size() == 3);
  for (const Sample& one : samples) {
    CHECK(twilio::is_signed(
        {.url = one.url, .fields = {one.fields.begin(), one.fields.end()}, .signature = one.signature},
        tokens));
  }

  const auto written = read_json<Documents>(said["twiml"]).value();
  twilio::Twiml says;
  for (const std::string& text : written.texts) says.say(text);
  CHECK(meaning(says.hang_up().text()) == meaning(written.says));
  CHECK(meaning(twilio::Twiml().listen(written.url, written.texts, 1, 3s).go_on_at(written.url).text()) ==
        meaning(written.listens));
  CHECK(meaning(twilio::Twiml().wait(20s).join(written.texts.front()).text()) == meaning(written.joins));
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const std::string& text : written.texts) parameters.emplace_back("a\"<b>&", text);
  CHECK(meaning(twilio::Twiml().connect({"wss://dial.example.com/media", written.url, parameters}).text()) ==
        meaning(written.streams));
}
