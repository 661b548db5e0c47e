#include "api/passwords.h"

#include <doctest/doctest.h>

#include "api/common_passwords.h"
#include "ports/await.h"

using namespace ringdown;

namespace {

constexpr crypto::PasswordCost cheap{.memory_bytes = 8192, .passes = 1};

}  // namespace

TEST_CASE("the common passwords are inside the program") {
  CHECK(common_passwords().contains("\npassword\n"));
  CHECK(common_passwords().ends_with('\n'));
  CHECK_FALSE(PasswordPool().judge("password", "ann@example.com"));
  CHECK(PasswordPool().judge("orbit velvet canyon", "ann@example.com"));
}

TEST_CASE("a password fits its own hash only, and nobody's fits nothing") {
  PasswordPool pool({.cost = cheap});
  const auto stored = await(pool.hash("orbit velvet canyon"));
  REQUIRE(stored);

  CHECK(await(pool.check("orbit velvet canyon", *stored))->fits);
  CHECK_FALSE(await(pool.check("orbit velvet canyom", *stored))->fits);
  CHECK_FALSE(await(pool.check("orbit velvet canyon", std::nullopt))->fits);
}

TEST_CASE("a hash made with another cost is outdated, but only for who knows the password") {
  PasswordPool old({.cost = cheap});
  PasswordPool now({.cost = {.memory_bytes = 16384, .passes = 1}});
  const auto stored = await(old.hash("orbit velvet canyon"));

  CHECK(await(now.check("orbit velvet canyon", *stored))->outdated);
  CHECK_FALSE(await(now.check("something else", *stored))->outdated);
  CHECK_FALSE(await(old.check("orbit velvet canyon", *stored))->outdated);
}

TEST_CASE("where no place is left, a sign-in is asked to come again") {
  PasswordPool full({.threads = 0, .waiting_max = 0, .cost = cheap});

  const auto refused = await(full.check("orbit velvet canyon", std::nullopt));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == Reason::unavailable);
  CHECK(refused.error().text.contains("try again"));
}
