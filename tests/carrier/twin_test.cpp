// The adapter against the twin: what becomes of a call, and of an answer that never comes.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/carrier/line.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

std::vector<std::string> statuses(std::vector<Heard> heard) {
  std::ranges::sort(heard, {}, [](const Heard& one) { return one.field("SequenceNumber"); });
  std::vector<std::string> all;
  for (const Heard& one : heard) all.push_back(one.field("CallStatus"));
  return all;
}

std::string sid_of(const CallEvent& event) {
  return std::get<Placed>(event).sid;
}

// Once it is over, which the last callback tells.
Ended ending(Line& line, const std::string& sid) {
  const auto call = await(line.carrier.fetch(some_account, sid)).value();
  return call.value().end.value();
}

}  // namespace

TEST_CASE("a call that is answered rings, talks and ends, and each is told with our id") {
  Line line;
  const std::string sid = sid_of(line.place("+12125550190"));

  const auto heard = line.product.wait_for(4, "/status?call=019ac000-0000-7000-8000-00000000000c&workspace=");

  CHECK(statuses(heard) == std::vector<std::string>{"initiated", "ringing", "in-progress", "completed"});
  CHECK(heard.front().field("CallSid") == sid);
  CHECK(ending(line, sid).cause == Cause::completed);
  CHECK(ending(line, sid).cost_micros > 0);
  CHECK(line.count("ring") == 1);
}

TEST_CASE("nobody, a busy line, a wrong number and a declining network end as what they are") {
  struct Row {
    const char* to;
    Cause cause;
    std::size_t callbacks;
  };
  for (const Row& row : {Row{"+12125550193", Cause::busy, 3}, Row{"+12125550194", Cause::no_answer, 3},
                         Row{"+12125550195", Cause::failed, 2}, Row{"+12125550196", Cause::failed, 2}}) {
    CAPTURE(std::string(row.to));
    Line line;
    const std::string sid = sid_of(line.place(row.to));
    const auto heard = line.product.wait_for(row.callbacks, "/status");
    CHECK(ending(line, sid).cause == row.cause);
  }
}

TEST_CASE("who answered is told while the script runs") {
  Line line;
  line.place("+12125550192");

  const auto heard = line.product.wait_for(1, "/amd?call=019ac000-0000-7000-8000-00000000000c");

  CHECK(heard.front().field("AnsweredBy") == "machine_start");
}

TEST_CASE("an account that may not detect machines is asked again without, then and ever after") {
  Line line;
  line.tell_twin("/twin/mishaps", "mishap=extras-refused&percent=100");

  CHECK(std::get<Rejected>(line.place("+12125550190")).why == Rejection::busy);  // so the engine comes again
  CHECK(line.count("created") == 0);
  for (int i = 1; i < 3; ++i) {
    CHECK(std::holds_alternative<Placed>(line.place("+12125550190")));
    CHECK(line.count("created") == i);
  }
  CHECK(line.count("request") == 3);
  const std::string sid = sid_of(line.place("+12125550192"));
  line.product.wait_for(12, "/status");
  CHECK_FALSE(ending(line, sid).answered_by);
}

TEST_CASE("magic numbers are refused for their reasons, and nothing is dialed") {
  const auto why = [](const CallEvent& event) { return std::get<Rejected>(event).why; };
  Line line;

  CHECK(why(line.place("+15005550001")) == Rejection::invalid_number);
  CHECK(why(line.place("+15005550004")) == Rejection::blocked);
  CHECK(why(line.place("+15005550003")) == Rejection::our_fault);
  CHECK(why(line.place("+15005521262")) == Rejection::failed);
  CHECK(line.count("created") == 0);
}

TEST_CASE("a refusal for now made no call; a broken or missing answer made one") {
  Line line;
  const auto with = [&](std::string_view mishap) {
    line.tell_twin("/twin/mishaps", "next=1&mishap=" + std::string(mishap));
    return line.place("+12125550190");
  };

  CHECK(std::get<Rejected>(with("too-many")).why == Rejection::busy);
  CHECK(std::holds_alternative<Lost>(with("error-before")));
  CHECK(line.count("created") == 0);

  CHECK(std::holds_alternative<Lost>(with("answer-lost")));
  CHECK(std::holds_alternative<Lost>(with("error-after")));
  CHECK(line.count("created") == 2);
}

TEST_CASE("a twin that is not there took nothing") {
  Line line;
  line.twin.stop();

  const CallEvent event = line.place("+12125550190");

  CHECK(std::get<Rejected>(event).why == Rejection::busy);
}

TEST_CASE("a lost call is found by its numbers and its moment") {
  Line line;
  const Time before = std::chrono::time_point_cast<Span>(std::chrono::system_clock::now());
  line.place("+12125550191");
  line.tell_twin("/twin/mishaps", "next=1&mishap=answer-lost");
  line.place("+12125550190");

  const auto find = [&](std::string to, std::string from, Time since) {
    return await(line.carrier.find(some_account, std::move(to), std::move(from), since)).value();
  };
  CHECK(find("+12125550190", "+12125550100", before).size() == 1);
  CHECK(find("+12125550190", "+12125550100", before + 1h).empty());
  CHECK(find("+12125550190", "+12125550101", before).empty());
  CHECK(find("+12125550199", "+12125550100", before).empty());
}

TEST_CASE("a call is taken back before it rings, and hung up on while it rings") {
  Line line({.speed = 10, .calls_per_second = 0.01});
  const std::string first = sid_of(line.place("+12125550194"));
  const std::string waits = sid_of(line.place("+12125550194"));
  line.product.wait_for(2, "/status");

  REQUIRE(await(line.carrier.end(some_account, waits)));
  REQUIRE(await(line.carrier.end(some_account, first)));
  line.product.wait_for(4, "/status");

  CHECK(ending(line, waits).cause == Cause::canceled);
  CHECK(ending(line, first).cause == Cause::canceled);
  CHECK(line.count("ring") == 1);
  CHECK(await(line.carrier.end(some_account, first)));
}

TEST_CASE("an unknown call is nothing, and a wrong token is no empty account") {
  Line line;
  twilio::Rest stranger({.find_account = [&](CarrierAccount) -> Task<Result<twilio::Account>> {
                           twilio::Account wrong = line.account();
                           wrong.secret = Secret("wrong");
                           co_return wrong;
                         },
                         .errors = {},
                         .public_url = "http://127.0.0.1:1"});

  CHECK_FALSE(await(line.carrier.fetch(some_account, "CA00000000000000000000000000000009")).value());
  CHECK_FALSE(await(stranger.find(some_account, "+12125550190", "+12125550100", {})));
  const CallEvent refused = await(stranger.place(some_account, Line::request("+12125550190")));
  CHECK(std::get<Rejected>(refused).why == Rejection::our_fault);
}

TEST_CASE("a callback that found the product broken comes again") {
  Line line;
  line.product.answer_with(503);

  line.place("+12125550195");

  auto heard = line.product.wait_for(3, "/status");
  std::ranges::sort(heard, {}, [](const Heard& one) { return one.field("SequenceNumber"); });
  CHECK(heard[0].field("SequenceNumber") == heard[1].field("SequenceNumber"));
  CHECK(heard[0].signature == heard[1].signature);
}

TEST_CASE("callbacks that get lost or come twice do so on purpose") {
  Line line;
  line.tell_twin("/twin/mishaps", "next=1&mishap=hook-lost");
  line.tell_twin("/twin/mishaps", "next=1&mishap=hook-twice");

  line.place("+12125550195");

  const auto heard = line.product.wait_for(2, "/status");
  CHECK(heard[0].field("SequenceNumber") == "1");
  CHECK(heard[1].field("SequenceNumber") == "1");
}
