// The product as an operator meets it: started, asked, crashed and stopped, on both databases.
#include <doctest/doctest.h>
#include <signal.h>

#include "base/time.h"
#include "tests/support/postgres_server.h"
#include "tests/support/ringdown_process.h"

using namespace ringdown;
using namespace ringdown::test;

TEST_CASE("with nothing but a data folder the product is up and ready") {
  const TempDir folder;
  RunningRingdown product({"--data", folder / "data", "--sandbox"});

  CHECK(product.get("/healthz").first == 200);
  CHECK(product.get("/readyz").first == 200);
  CHECK(product.get("/readyz").second.contains("\"status\":\"ready\""));
  CHECK(product.get("/nothing/here").first == 404);
  CHECK(product.end(SIGTERM) == 0);
}

TEST_CASE("callbacks go unchecked for a day at most, and everybody sees so") {
  const TempDir folder;
  const Words account{"TWILIO_ACCOUNT_SID=AC00000000000000000000000000000001",
                      "TWILIO_AUTH_TOKEN=0f1e2d3c4b5a69788796a5b4c3d2e1f0", "TWILIO_BASE_URL=http://127.0.0.1:9"};
  const auto moment = [](Span ahead) {
    return to_text(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + ahead);
  };
  const Words listening{"serve", "--listen", "127.0.0.1:0", "--data", folder / "data"};

  Words too_long = listening;
  too_long.insert(too_long.end(), {"--twilio-unchecked-until", moment(25h)});
  const Outcome refused = run_ringdown(too_long, account);
  CHECK(refused.status == 1);
  CHECK(refused.err.contains("more than a day ahead"));

  const std::string until = moment(23h);
  RunningRingdown product({"--data", folder / "data", "--twilio-unchecked-until", until}, account);
  CHECK(product.get("/readyz").second.contains("\"callbacks_unchecked_until\":\"" + until + "\""));
  product.end(SIGTERM);
  RunningRingdown past({"--data", folder / "data", "--twilio-unchecked-until", moment(-1h)}, account);
  CHECK_FALSE(past.get("/readyz").second.contains("unchecked"));
}

TEST_CASE("a second process does not get the same data folder, until the first is gone") {
  const TempDir folder;
  RunningRingdown first({"--data", folder / "data"});

  const Outcome second = run_ringdown({"serve", "--listen", "127.0.0.1:0", "--data", folder / "data"});
  CHECK(second.status == 1);
  CHECK(second.err.contains("another ringdown already serves"));

  first.end(SIGKILL);
  CHECK(RunningRingdown({"--data", folder / "data"}).get("/readyz").first == 200);
}

TEST_CASE("on PostgreSQL the owner migrates, the login serves, and an outage shows and passes") {
  PostgresServer server;
  const std::string database = server.new_database();
  const Words owner{"MIGRATE_DATABASE_URL=" + server.owner_url(database)};
  const Words login{"DATABASE_URL=" + server.app_url(database)};
  const TempDir folder;

  const Outcome too_early = run_ringdown({"serve", "--data", folder / "data"}, login);
  CHECK(too_early.status == 1);
  CHECK(too_early.err.contains("ringdown migrate"));

  const Outcome migrated = run_ringdown({"migrate", "--grant-to", "app", "--data", folder / "data"}, owner);
  CHECK(migrated.status == 0);
  CHECK(migrated.out.contains("applied 0001_bones"));
  CHECK(run_ringdown({"migrate", "--data", folder / "data"}, owner).out.contains("up to date"));
  CHECK(run_ringdown({"doctor", "--data", folder / "data", "--listen", "127.0.0.1:0"}, login).out.contains("row-level security binds this login"));

  RunningRingdown product({"--data", folder / "data"}, login);
  CHECK(product.get("/readyz").first == 200);
  server.stop();
  CHECK(product.get("/readyz").first == 503);
  CHECK(product.get("/healthz").first == 200);
  server.start();
  // Store threads look for the server again after a third of a second; the first one that finds it answers.
  while (product.get("/readyz").first != 200) {
  }
  CHECK(product.end(SIGINT) == 0);
}

TEST_CASE("a login that row-level security does not bind is refused with what to do") {
  PostgresServer& server = PostgresServer::shared();
  const std::string database = server.new_database();
  const TempDir folder;
  const Words owner{"MIGRATE_DATABASE_URL=" + server.owner_url(database)};
  REQUIRE(run_ringdown({"migrate", "--grant-to", "app", "--data", folder / "data"}, owner).status == 0);

  for (const std::string& url : {server.boss_url(database), server.owner_url(database)}) {
    const Outcome refused = run_ringdown({"serve", "--data", folder / "data"}, {"DATABASE_URL=" + url});
    CHECK(refused.status == 1);
    CHECK(refused.err.contains("row-level security"));
    CHECK(refused.err.contains("CREATE ROLE ringdown_app"));
  }
}
