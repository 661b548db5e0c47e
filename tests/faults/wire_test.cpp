// The wire to PostgreSQL cut after every single message, in either direction.
#include <doctest/doctest.h>

#include <libpq-fe.h>
#include <poll.h>

#include <map>

#include "tests/faults/proxy.h"
#include "tests/faults/scenario.h"
#include "tests/faults/units.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

std::string url_through(const Proxy& proxy, const FreshStore& store) {
  return "postgres://app@127.0.0.1:" + std::to_string(proxy.port()) + "/" + store.database() +
         "?sslmode=disable&gssencmode=disable";
}

// A store whose only unit thread reaches PostgreSQL through a proxy.
struct Rig {
  FreshStore store{StoreKind::postgres};
  Proxy proxy{PostgresServer::shared().port()};
  PostgresDb db{PostgresOptions{.url = url_through(proxy, store), .threads = 1}, postgres_migrations};
  std::vector<std::string> states = undisturbed(store, db, short_day());
  std::map<std::string, int> seen{};
};

// Goes through the day with the wire cut at the n-th message; false when fewer pass.
bool fails_at(const WirePlan& plan, Rig& rig) {
  CAPTURE(plan.nth);
  empty(rig.store);
  rig.proxy.plan(plan);
  for (std::size_t i = 0; i < short_day().size(); ++i) {
    CAPTURE(short_day()[i].name);
    std::string answer = answer_of(rig.db, short_day()[i]);
    if (answer.empty()) continue;

    rig.proxy.no_more_faults();
    rig.proxy.wait_until_settled();
    CAPTURE(answer);
    const bool there = all_rows(rig.store) == rig.states[i + 1];
    REQUIRE((answer == "commit_unknown" || (answer == "unavailable" && !there)));
    REQUIRE((there || all_rows(rig.store) == rig.states[i]));
    ++rig.seen[answer + (there ? ", there" : ", not there")];
    if (there) continue;
    while (!(answer = answer_of(rig.db, short_day()[i])).empty()) REQUIRE(answer == "unavailable");
  }
  rig.proxy.no_more_faults();
  rig.proxy.wait_until_settled();
  REQUIRE(all_rows(rig.store) == rig.states.back());
  return rig.proxy.met();
}

// Another node, as far as the wire goes.
class OtherNode {
 public:
  explicit OtherNode(const FreshStore& store)
      : handle_(PQconnectdb(PostgresServer::shared().app_url(store.database()).c_str())) {
    PQclear(PQexec(handle_, "LISTEN ringdown_changes"));
  }
  ~OtherNode() { PQfinish(handle_); }

  // Our listeners are told before other nodes are.
  void wait_for_word() {
    while (true) {
      if (PGnotify* word = PQnotifies(handle_)) return PQfreemem(word);
      pollfd watched{PQsocket(handle_), POLLIN, 0};
      poll(&watched, 1, -1);
      REQUIRE(PQconsumeInput(handle_) == 1);
    }
  }

 private:
  PGconn* handle_;
};

const Step& announcing() {
  return short_day()[1];
}

}  // namespace

TEST_CASE("a wire cut after any message costs no unit and does none twice; during COMMIT nobody knows") {
  Rig rig;
  for (const auto from : {WirePlan::From::client, WirePlan::From::server}) {
    int n = 1;
    while (fails_at({.from = from, .nth = n}, rig)) ++n;
    CHECK(n > 40);
  }
  CHECK(rig.seen["unavailable, not there"] == 0);
  CHECK(rig.seen["commit_unknown, there"] > 0);
  CHECK(rig.seen["commit_unknown, not there"] > 0);
}

TEST_CASE("while PostgreSQL cannot be reached units are refused, and go on by themselves once it can") {
  Rig rig;
  for (const auto from : {WirePlan::From::client, WirePlan::From::server}) {
    int n = 1;
    while (fails_at({.from = from, .nth = n, .then = WirePlan::Then::outage}, rig)) n += 31;
  }
  CHECK(rig.seen["unavailable, not there"] > 0);
}

TEST_CASE("a PostgreSQL that says nothing any more holds up neither units nor the end") {
  const FreshStore store(StoreKind::postgres);
  Proxy proxy(PostgresServer::shared().port());
  for (const char* where : {"BEGIN", "COMMIT", "SET search_path"}) {
    CAPTURE(std::string(where));
    empty(store);
    proxy.no_more_faults();
    PostgresDb db({.url = url_through(proxy, store), .threads = 1, .answer_time_max = 100ms},
                  postgres_migrations);
    proxy.plan({.passes = false, .then = WirePlan::Then::hang, .only = where});

    const std::string answer = answer_of(db, short_day()[0]);
    const bool during_commit = where == std::string("COMMIT");
    const bool during_begin = where == std::string("BEGIN");
    if (during_commit || during_begin) {
      CHECK(answer == (during_commit ? "commit_unknown" : ""));
    } else {  // the unit's own connection hung, or the one that listens
      CHECK((answer == "" || answer == "unavailable"));
    }
    while (answer_of(db, short_day()[3]) != "") {
    }
    CHECK(proxy.met());
  }
}

TEST_CASE("other nodes hear of a change although our word to them was lost on the way") {
  const FreshStore store(StoreKind::postgres);
  Proxy proxy(PostgresServer::shared().port());
  PostgresDb ours({.url = url_through(proxy, store), .threads = 1}, postgres_migrations);
  OtherNode theirs(store);
  perform(ours, short_day()[0]);
  perform(ours, announcing());
  theirs.wait_for_word();

  proxy.plan({.passes = false, .only = "NOTIFY ringdown_changes"});
  perform(ours, long_day()[11]);

  theirs.wait_for_word();
  CHECK(proxy.met());
}

TEST_CASE("a change whose COMMIT nobody knows of is told to those who listen") {
  const FreshStore store(StoreKind::postgres);
  Proxy proxy(PostgresServer::shared().port());
  PostgresDb db({.url = url_through(proxy, store), .threads = 1}, postgres_migrations);
  OtherNode other(store);
  Ear ear(db);
  perform(db, short_day()[0]);
  perform(db, announcing());
  other.wait_for_word();

  const int heard = ear.heard();
  proxy.plan({.from = WirePlan::From::server, .passes = false, .only = "COMMIT"});
  CHECK(answer_of(db, long_day()[11]) == "commit_unknown");

  ear.wait_for_more_than(heard);
}
