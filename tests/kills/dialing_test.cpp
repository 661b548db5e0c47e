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

void play(Words environment) {
  const TempDir folder;
  Story story(folder / "data", std::move(environment));
  story.begin();

  story.kill_in_the_middle(kills);
  story.wait_for_the_end();

  const auto made = judged_calls(read_ledger(story.ledger()));
  const auto known = story.known_sids();
  MESSAGE(kills, " kills, ", made.size(), " calls");
  CHECK(made.size() >= kills);  // each kill waited for news of one
  for (const auto& sid : made) CHECK_MESSAGE(known.contains(sid), "the product knows every call: ", sid);
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
