// The real binary against a carrier in a process of its own, killed again and again: what the carrier's
// ledger says is held against what the product knows in the end.
#include <doctest/doctest.h>

#include "tests/kills/ledger.h"
#include "tests/kills/story.h"
#include "tests/support/postgres_server.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

constexpr int kills = 60;

void check_known(const std::set<std::string>& made, const Story& story) {
  const auto known = story.known_sids();
  for (const auto& sid : made) CHECK_MESSAGE(known.contains(sid), "the product knows every call: ", sid);
}

void play(Words environment) {
  const TempDir folder;
  Story story(folder / "data", {.environment = std::move(environment)});
  story.begin();

  story.kill_in_the_middle(kills);
  story.wait_for_the_end();

  const auto made = judged_calls(read_ledger(story.ledger()));
  MESSAGE(kills, " kills, ", made.size(), " calls");
  CHECK(made.size() >= kills);  // each kill waited for news of one
  check_known(made, story);
}

}  // namespace

TEST_CASE("killed sixty times while it dials, it calls nobody twice and forgets no call, on SQLite") {
  play({});
}

TEST_CASE("killed sixty times while it dials, it calls nobody twice and forgets no call, on PostgreSQL") {
  PostgresServer& server = PostgresServer::shared();
  const std::string database = server.new_database();
  const TempDir folder;
  const Outcome migrated = run_ringdown({"migrate", "--grant-to", "app", "--data", folder / "data"},
                                        {"MIGRATE_DATABASE_URL=" + server.owner_url(database)});
  REQUIRE_MESSAGE(migrated.status == 0, migrated.err);

  play({"DATABASE_URL=" + server.app_url(database)});
}

TEST_CASE(
    "with a carrier that loses, doubles, delays and forgets to answer, no call is made twice, nor a sound "
    "lost") {
  constexpr int few_kills = 12;
  const TempDir folder;
  Story story(folder / "data",
              {.speed = "8",
               .mishaps = {"hook-lost=10", "hook-twice=10", "hook-late=10", "hook-reordered=10",
                           "answer-lost=5", "error-after=5", "error-before=5", "too-many=5"},
               .settings = R"({"call_gap_minutes":1,"calls_a_day":24,"recording_enabled":true})",
               .message = std::string(450, 'a')});
  story.begin();
  story.kill_in_the_middle(few_kills);
  story.wait_for_the_end();

  const auto ledger = read_ledger(story.ledger());
  const auto made = judged_calls(ledger);
  check_known(made, story);
  MESSAGE(few_kills, " kills, ", made.size(), " calls");
  CHECK(made.size() >= few_kills);
}
