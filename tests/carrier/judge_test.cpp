// Twilio's own npm package judges the twin and our validator.
#include <doctest/doctest.h>

#include <map>

#include "base/json.h"
#include "base/text.h"
#include "carrier/twilio_signature.h"
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

}  // namespace

TEST_CASE("Twilio's own package finds the twin as it finds Twilio, and its webhooks signed") {
  const NpmFolder npm("twilio");
  if (!npm.missing().empty()) return skip(npm.missing().c_str());
  Line line;

  std::map<std::string, std::string> said;
  const std::string output = npm.run(
      "judge.mjs", line.twin.base_url() + " " + line.twin.account_sid() + " " + line.twin.auth_token());
  for (const std::string_view one : split(output, '\n')) {
    const auto colon = one.find(": ");
    if (colon != one.npos) said[std::string(one.substr(0, colon))] = one.substr(colon + 2);
  }

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
}
