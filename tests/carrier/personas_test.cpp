// The people behind the twin's numbers: the file that tells them, and how they behave on a call.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

#include "carrier/twilio_requests.h"
#include "net/url.h"
#include "sandbox/callees.h"
#include "sandbox/sentences.h"
#include "tests/carrier/line.h"
#include "tests/support/temp_dir.h"

using namespace ringdown;
using namespace ringdown::test;
using sandbox::Persona;
using sandbox::Personas;

namespace {

const std::string good = R"([[personas]]
id = "ann"
share = 1
line = "answers"
picks_up = { from = 1, to = 2 }
who = "person"
voice = "slt"
greeting = "Hello?"
)";

// The good one with a line changed, or with one more.
std::string with(std::string_view line, std::string_view in_place_of = "") {
  std::string text = good;
  if (in_place_of.empty()) return text + std::string(line) + "\n";
  text.replace(text.find(in_place_of), in_place_of.size(), line);
  return text;
}

std::string complaint(const std::string& toml) {
  const auto read = Personas::parse(toml, "people.toml");
  return read ? "" : read.error().text;
}

std::size_t place(const std::vector<sandbox::Entry>& ledger, std::string_view what) {
  return static_cast<std::size_t>(std::ranges::find(ledger, what, &sandbox::Entry::what) - ledger.begin());
}

std::size_t place_of_verdict(const std::vector<sandbox::Entry>& ledger) {
  const auto told = [](const sandbox::Entry& one) { return one.what == "hook" && one.url.contains("/amd"); };
  return static_cast<std::size_t>(std::ranges::find_if(ledger, told) - ledger.begin());
}

std::string replaced(std::string text, std::string_view old, std::string_view by) {
  return text.replace(text.find(old), old.size(), by);
}

using Texts = std::vector<std::string>;

Texts all_in(const std::vector<sandbox::Entry>& ledger, std::string_view what) {
  Texts texts;
  for (const sandbox::Entry& one : ledger) {
    if (one.what == what) texts.push_back(one.detail);
  }
  return texts;
}

void place_with(const Line& line, const std::string& to, std::string_view twiml) {
  HttpCall call = twilio::end_call(line.account(), "CA");  // for its headers
  call.target = "/2010-04-01/Accounts/" + line.account().sid + "/Calls.json";
  call.body = "From=%2B12125550100&To=" + percent_encoded(to) + "&Twiml=" + percent_encoded(twiml) +
              "&StatusCallback=" + percent_encoded(line.product.url() + "/over");
  REQUIRE(line.ask(std::move(call)).value().status == 201);
}

}  // namespace

TEST_CASE("the people inside the program are all there, and keep what their numbers promise") {
  const Personas personas = Personas::load("");

  const std::map<std::string, std::string> promised = {
      {"0190", "human"},     {"0191", "hangs-up"},      {"0192", "machine"},  {"0193", "busy"},
      {"0194", "no-answer"}, {"0195", "invalid"},       {"0196", "declined"}, {"0197", "opts-out"},
      {"0198", "screening"}, {"0199", "not-interested"}};
  for (const auto& [ending, id] : promised) {
    CAPTURE(id);
    REQUIRE(personas.find(id));
    CHECK(personas.promised_to("+1212555" + ending) == personas.find(id));
  }
  for (const char* id : {"interested", "call-later", "wrong-number"}) CHECK(personas.find(id));
  CHECK_FALSE(personas.find("human")->patience);
  CHECK_FALSE(personas.promised_to("+12125550142"));
}

TEST_CASE("everything that can be wrong with personas is said by file, line and key") {
  struct Row {
    std::string toml;
    std::string says;
  };
  const std::string busy = "[[personas]]\nid = \"bob\"\nshare = 1\nline = \"busy\"\n";
  for (const Row& row : {
           Row{"", "people.toml line 1: personas is missing"},
           {"personas = []", "line 1: personas must have a share above 0"},
           {"people = []\n" + good, "line 1: people is not known here"},
           {with("vice = \"slt\"", "voice = \"slt\""),
            "line 7: personas[0].vice is not known here; did you mean voice?"},
           {with("", "voice = \"slt\""), "personas[0].voice is missing"},
           {with("id = \"Ann\"", "id = \"ann\""), "line 2: personas[0].id must be 1 to 40 of"},
           {good + good, "line 10: personas[1].id is given twice"},
           {with("share = -1", "share = 1"), "line 3: personas[0].share must be from 0 to 1000000; got -1"},
           {with("share = nan", "share = 1"), "line 3: personas[0].share must be from"},
           {with("share = 0", "share = 1"), "personas must have a share above 0"},
           {with("line = \"engaged\"", "line = \"answers\""),
            "line 4: personas[0].line must be one of answers, busy, rings-on, no-such-number, declines; got "
            "\"engaged\""},
           {with("picks_up = { from = 3, to = 2 }", "picks_up = { from = 1, to = 2 }"),
            "line 5: personas[0].picks_up must not end before it begins"},
           {with("picks_up = { from = 1, to = 601 }", "picks_up = { from = 1, to = 2 }"),
            "line 5: personas[0].picks_up.to must be from 0 to 600"},
           {with("picks_up = { from = 1, till = 2 }", "picks_up = { from = 1, to = 2 }"),
            "line 5: personas[0].picks_up.till is not known here"},
           {with("who = \"dog\"", "who = \"person\""),
            "line 6: personas[0].who must be one of person, machine"},
           {with("voice = \"mum\"", "voice = \"slt\""),
            "line 7: personas[0].voice must be one of slt, awb, rms, kal"},
           {with("greeting = \"...\"", "greeting = \"Hello?\""),
            "line 8: personas[0].greeting must be 1 to 300"},
           {with("greeting = \"" + std::string(301, 'a') + "\"", "greeting = \"Hello?\""),
            "line 8: personas[0].greeting must be 1 to 300"},
           {with("replies = [\"Yes.\", \"\\u00fc\"]"), "line 9: personas[0].replies[1] must be 1 to 300"},
           {with("replies = [\"Yes.\", 1]"), "line 9: personas[0].replies[1] must be a text"},
           {with("patience = 0"), "line 9: personas[0].patience must be from 1 to 14400"},
           {with("goodbye = \"Bye.\""), "line 9: personas[0].goodbye is said when patience ends"},
           {with("patience = 1", "who = \"person\"") + "who = \"machine\"\n",
            "line 6: personas[0].patience must be longer than the greeting takes"},
           {with("presses = { key = \"99\", hearing = \"press\" }"),
            "line 9: personas[0].presses.key must be one key"},
           {with("presses = { key = \"9\", hearing = \"\" }"),
            "line 9: personas[0].presses.hearing must be 1 to 300"},
           {with("presses = { key = \"9\" }"), "personas[0].presses.hearing is missing"},
           {with("ending = \"190\""), "line 9: personas[0].ending must be four digits"},
           {with("ending = \"0190\"") + busy + "ending = \"0190\"\n", "personas[1].ending is given twice"},
           {busy + "voice = \"slt\"\n", "line 5: personas[0].voice belongs to a line that answers"},
       }) {
    CAPTURE(row.toml);
    CHECK_MESSAGE(complaint(row.toml).contains(row.says), complaint(row.toml));
  }
  CHECK(complaint(good) == "");
  CHECK_FALSE(complaint(busy + "ending = 1\n").contains('\n'));  // one mistake, one complaint
  CHECK_FALSE(complaint(with("line = \"engaged\"", "line = \"answers\"")).contains('\n'));
}

TEST_CASE("a twin does not start with personas that are wrong or not there") {
  const TempDir folder;
  const std::string file = (folder.path() / "people.toml").string();
  const auto start = [&] { sandbox::TwilioTwin twin({.personas_file = file}); };
  CHECK_THROWS_WITH_AS(start(), doctest::Contains("cannot be read: No such file"), Breakage);

  std::ofstream(file) << with("share = -1", "share = 1");
  CHECK_THROWS_WITH_AS(start(), doctest::Contains("people.toml line 3: personas[0].share"), Breakage);

  std::ofstream(file) << good;
  CHECK_NOTHROW(start());
}

TEST_CASE("of ten thousand numbers each persona gets its share") {
  const Personas personas = Personas::load("");
  const sandbox::Callees callees(7, personas);
  std::map<std::string, int> count;
  double sum = 0;
  for (const Persona& one : personas.all()) sum += one.share;

  constexpr int numbers = 10'000;
  for (int n = 0; n < numbers; ++n)
    ++count[callees.at("+1212" + std::to_string(7'000'000 + n * 37)).persona->id];

  for (const Persona& one : personas.all()) {
    const double expected = numbers * one.share / sum;
    CHECK_MESSAGE(std::abs(count[one.id] - expected) < 4 * std::sqrt(expected) + numbers * 0.002, one.id);
  }
  CHECK(callees.at("+12125550142").persona == callees.at("+12125550142").persona);
}

TEST_CASE("shares are weighed: they need not add up, and who has none is never drawn") {
  const Personas personas = Personas::parse(with("share = 3", "share = 1") +
                                                "[[personas]]\nid = \"bob\"\nshare = 1\nline = \"busy\"\n"
                                                "[[personas]]\nid = \"cid\"\nshare = 0\nline = \"busy\"\n",
                                            "people.toml")
                                .value();

  CHECK(personas.drawn(0).id == "ann");
  CHECK(personas.drawn(0.7499).id == "ann");
  CHECK(personas.drawn(0.7501).id == "bob");
  CHECK(personas.drawn(0.999999).id == "bob");
}

TEST_CASE("no line of the people inside the program takes longer to say than is waited for it") {
  for (const Persona& one : Personas::load("").all()) {
    std::vector<std::string> lines = one.replies;
    lines.push_back(one.greeting);
    lines.push_back(one.goodbye);
    for (const std::string& line : lines) {
      for (const sandbox::Sentence& sentence : sandbox::sentences_of(line)) {
        CAPTURE(sentence.text);
        const auto samples = static_cast<std::int64_t>(sandbox::speak(one.voice, sentence.text).size());
        CHECK(samples > sandbox::samples_per_second / 4);
        CHECK(samples <= sandbox::samples_in(sentence.time));
      }
    }
  }
}

TEST_CASE("who is not interested says so, and is gone before the message is over") {
  Line line({.speed = 100, .calls_per_second = 100});

  place_with(line, "+12125550199",
             "<Response><Say>Hello.</Say><Pause length=\"600\"/><Say>The end.</Say></Response>");
  line.product.wait_for(1, "/over");

  const auto ledger = line.ledger();
  CHECK(all_in(ledger, "says") == Texts{"Hello?", "No, thank you. I am not interested."});
  CHECK(all_in(ledger, "heard") == Texts{"Hello."});
  CHECK(place(ledger, "says") < place(ledger, "end"));
}

TEST_CASE("who listens to the end answers what they hear, one line after each sentence of ours") {
  Line line;

  line.place("+12125550190");
  line.product.wait_for(4, "/status");

  const auto ledger = line.ledger();
  CHECK(all_in(ledger, "says") == Texts{"Hello?", "All right."});
  CHECK(place(ledger, "heard") < place(ledger, "end"));
}

TEST_CASE("a mailbox is known as one at its beep, a screening when it falls silent, and neither before") {
  struct Row {
    const char* number;
    const char* persona;
    const char* verdict;
  };
  for (const Row& row : {Row{"+12125550192", "machine", "machine_end_beep"},
                         Row{"+12125550198", "screening", "machine_end_silence"}}) {
    CAPTURE(std::string(row.persona));
    Line line({.speed = 100, .calls_per_second = 100});

    HttpCall call = twilio::create_call(line.account(), some_account.workspace, Line::request(row.number),
                                        line.product.url());
    call.body = replaced(call.body, "MachineDetection=Enable", "MachineDetection=DetectMessageEnd");
    REQUIRE(line.ask(std::move(call)).value().status == 201);
    const Heard heard = line.product.wait_for(1, "/amd").front();

    CHECK(heard.field("AnsweredBy") == row.verdict);
    const Span greeting = sandbox::speaking_time(Personas::load("").find(row.persona)->greeting);
    CHECK(std::chrono::milliseconds(std::stoi(heard.field("MachineDetectionDuration"))) >= greeting);
    line.product.wait_for(4, "/status");
    const auto ledger = line.ledger();
    CHECK(place(ledger, "says") < place_of_verdict(ledger));
    if (std::string_view(row.persona) == "machine") CHECK(place(ledger, "beep") < place_of_verdict(ledger));
  }
}

TEST_CASE("a screening is taken for a machine by whoever does not wait for its end") {
  Line line;

  line.place("+12125550198");

  CHECK(line.product.wait_for(1, "/amd").front().field("AnsweredBy") == "machine_start");
}

TEST_CASE("a number is given any persona, and none that nobody knows") {
  Line line;
  HttpCall unknown = twilio::end_call(line.account(), "CA");
  unknown.target = "/twin/callees";
  unknown.body = "number=%2B12125550142&fate=nobody";

  const auto refused = line.ask(std::move(unknown)).value();
  line.tell_twin("/twin/callees", "number=%2B12125550142&fate=wrong-number");
  line.place("+12125550142");
  line.product.wait_for(4, "/status");

  CHECK(refused.status == 400);
  CHECK(refused.body.contains("fate one of human, interested"));
  CHECK(all_in(line.ledger(), "says").back() ==
        "I think you have the wrong number. Nobody of that name is here.");
}
