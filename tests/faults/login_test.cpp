// Logins and databases that the product refuses to work with, and what it says to mend it.
#include <doctest/doctest.h>

#include "tests/support/stores.h"

using namespace ringdown;
using namespace ringdown::test;

namespace {

struct Refusal {
  std::string says;
  std::string prepare;  // as the superuser
  std::string login;
  std::vector<std::string> message_has;
};

const Refusal refusals[] = {
    {"a superuser",
     "",
     "boss",
     {"'boss' is a superuser", "CREATE ROLE ringdown_app LOGIN NOINHERIT", "DATABASE_URL"}},
    {"the owner", "", "owner", {"'owner' has BYPASSRLS", "ringdown migrate --grant-to ringdown_app"}},
    {"an owner that row-level security binds",
     "ALTER ROLE owner NOBYPASSRLS",
     "owner",
     {"'owner' owns the schema", "plain login"}},
    {"a member of the owner",
     "CREATE ROLE deputy LOGIN IN ROLE owner",
     "deputy",
     {"'deputy' owns the schema", "plain login"}},
    {"a login with BYPASSRLS",
     "CREATE ROLE bypasser LOGIN BYPASSRLS; GRANT ringdown_tenant, ringdown_instance TO bypasser",
     "bypasser",
     {"'bypasser' has BYPASSRLS", "plain login"}},
    {"a stranger", "CREATE ROLE stranger LOGIN", "stranger", {"'stranger' is not a member", "--grant-to"}},
    {"half a member",
     "CREATE ROLE halfway LOGIN IN ROLE ringdown_tenant",
     "halfway",
     {"'halfway' is not a member", "--grant-to"}},
};

std::string refusal_of(const std::string& url, std::span<const Migration> migrations) {
  try {
    const PostgresDb db({.url = url, .threads = 1}, migrations);
    return "";
  } catch (const Breakage& breakage) {
    CHECK(breakage.reason() == Reason::conflict);
    return breakage.what();
  }
}

void check_says(const std::string& message, const std::vector<std::string>& parts) {
  CAPTURE(message);
  for (const std::string& part : parts) {
    CAPTURE(part);
    CHECK(message.contains(part));
  }
}

}  // namespace

TEST_CASE("a login with powers it must not have is refused, with words on how to mend it") {
  PostgresServer server;
  const FreshStore store(StoreKind::postgres, &server);
  CHECK(refusal_of(server.app_url(store.database()), postgres_migrations) == "");

  for (const auto& [says, prepare, login, message_has] : refusals) {
    CAPTURE(says);
    if (!prepare.empty()) server.as_boss(store.database(), prepare);
    std::string url = server.app_url(store.database());
    url.replace(url.find("app@"), 4, login + "@");
    check_says(refusal_of(url, postgres_migrations), message_has);
  }
}

TEST_CASE("a database that is not ours yet, or behind, is refused, with words on how to mend it") {
  PostgresServer& server = PostgresServer::shared();
  const FreshStore store(StoreKind::postgres);
  const std::string bare = server.new_database();
  const std::string schema_only = server.new_database();
  server.as_boss(schema_only, "CREATE SCHEMA ringdown AUTHORIZATION owner");

  check_says(refusal_of(server.app_url(bare), postgres_migrations),
             {"no tables of ours in a schema 'ringdown'", "run `ringdown migrate`"});
  check_says(refusal_of(server.app_url(schema_only), postgres_migrations),
             {"no tables of ours", "run `ringdown migrate`"});

  std::vector<Migration> newer(std::begin(postgres_migrations), std::end(postgres_migrations));
  newer.push_back({static_cast<int>(newer.size()) + 1, "9999_more", false, "abc", "SELECT 1"});
  check_says(refusal_of(server.app_url(store.database()), newer),
             {"lacks 1 of", "9999_more", "run `ringdown migrate`"});
}
