#include "ports/migration.h"

#include <doctest/doctest.h>

using namespace ringdown;

namespace {

constexpr Migration first{1, "0001_first", false, "aa", "CREATE …"};
constexpr Migration second{2, "0002_second", false, "bb", "ALTER …"};
const AppliedMigration applied_first{1, "0001_first", false, "aa"};
const AppliedMigration applied_second{2, "0002_second", false, "bb"};

}  // namespace

TEST_CASE("what is not applied yet is pending, in order") {
  const Migration ours[] = {first, second};

  CHECK(pending_migrations(ours, {})->size() == 2);
  CHECK(pending_migrations(ours, {{applied_first}})->front().number == 2);
  CHECK(pending_migrations(ours, {{applied_first, applied_second}})->empty());
}

TEST_CASE("an applied migration that was edited is refused by name") {
  const Migration ours[] = {first, second};
  const AppliedMigration edited{1, "0001_first", false, "a0"};

  const auto pending = pending_migrations(ours, {{edited}});

  REQUIRE_FALSE(pending);
  CHECK(pending.error().text.find("0001_first") != std::string::npos);
  CHECK(pending.error().text.find("never edited") != std::string::npos);
}

TEST_CASE("an older binary works beside a newer schema until something it needs was taken away") {
  const Migration ours[] = {first};
  const AppliedMigration contracting{2, "0002_second", true, "bb"};

  CHECK(pending_migrations(ours, {{applied_first, applied_second}})->empty());
  CHECK_FALSE(pending_migrations(ours, {{applied_first, contracting}}));
}
