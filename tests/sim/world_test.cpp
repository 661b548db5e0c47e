#include "sim/world.h"

#include <doctest/doctest.h>

#include "store/coordination.h"
#include "store/people.h"

namespace ringdown::sim {
namespace {

const Time tuesday = *parse_time("2026-01-06T10:00:00Z");

std::int64_t users(World& world) {
  return world.store().directly([](Tx& tx) { return store::count_users(tx); });
}

// Adds one user a minute, and says what became of each.
struct Sign {
  std::vector<std::string> said;

  Task<void> keep_adding(Node& node) {
    while (true) {
      try {
        const Time now = node.clock().now();
        const UserId id = node.chance().id<UserTag>(now);
        co_await node.db().instance([&](Tx& tx) { store::add_user(tx, {id, to_text(id), "", {}, now, {}}); });
        said.push_back("added");
      } catch (const Breakage& breakage) {
        said.push_back(to_text(breakage.reason()));
      }
      co_await node.clock().sleep_until(node.clock().now() + 1min);
    }
  }
};

World world_of(Sign& sign, WorldOptions options) {
  options.begins = tuesday;
  return {std::move(options),
          {.move_in = [&](Node& node) { node.spawn(sign.keep_adding(node)); },
           .receive = [](Node&, const Report&) -> Task<void> { co_return; }}};
}

// The first unit that writes meets its fate; all others are spared.
class FirstUnit : public KindFate {
 public:
  explicit FirstUnit(UnitFate fate) : fate_(fate) {}

  UnitFate of_unit(NodeId, bool) override { return std::exchange(fate_, UnitFate::done); }

 private:
  UnitFate fate_;
};

WorldOptions first_unit(UnitFate fate) {
  return {.fate = [fate](const Faults&, Dice) { return std::make_unique<FirstUnit>(fate); }};
}

}  // namespace

TEST_CASE("time passes in steps, and only while somebody lets it") {
  Sign sign;
  World world = world_of(sign, {});

  world.run_for(10min);

  CHECK(users(world) == 10);
  CHECK(world.timeline().now() == tuesday + 10min);
}

TEST_CASE("what befalls a unit is what its node learns of it, and what the database keeps") {
  struct Row {
    UnitFate fate;
    std::int64_t users;  // after two units
    std::string said;    // of the first, where somebody lives to tell
  };
  const std::vector<Row> rows = {
      {UnitFate::done, 2, "added"},
      {UnitFate::done_twice, 2, "added"},
      {UnitFate::failed, 1, "unavailable"},
      {UnitFate::lost_done, 2, "commit_unknown"},
      {UnitFate::lost_undone, 1, "commit_unknown"},
  };
  for (const Row& row : rows) {
    CAPTURE(to_text(row.fate));
    Sign sign;
    World world = world_of(sign, first_unit(row.fate));

    world.run_for(90s);

    CHECK(users(world) == row.users);
    CHECK(sign.said == std::vector<std::string>{row.said, "added"});
  }
}

TEST_CASE("a node that dies leaves what it committed, hears of nothing more, and comes back") {
  for (const UnitFate fate : {UnitFate::died_before, UnitFate::died_after}) {
    CAPTURE(to_text(fate));
    Sign sign;
    World world = world_of(sign, first_unit(fate));

    world.run_for(2s);
    CHECK(sign.said.empty());
    CHECK(users(world) == (fate == UnitFate::died_after ? 1 : 0));
    world.run_for(5min);

    CHECK(world.deaths() == 1);
    CHECK(sign.said.size() >= 3);
    CHECK(users(world) == std::ssize(sign.said) + (fate == UnitFate::died_after ? 1 : 0));
  }
}

TEST_CASE("the same seed is the same world, another one is another") {
  const auto hash_of = [](std::uint64_t seed) {
    Sign sign;
    Dice dice(seed);
    World world = world_of(sign, {.seed = seed, .nodes = 3, .faults = Faults::drawn(dice)});
    world.run_for(5h);
    return world.trace().hash();
  };

  CHECK(hash_of(1) == hash_of(1));
  CHECK(hash_of(1) != hash_of(2));
}

TEST_CASE("whoever sleeps by the wall clock wakes when it is set past the moment") {
  Sign sign;
  World world = world_of(sign, {});
  world.run_for(10s);
  REQUIRE(sign.said.size() == 1);

  world.set_clocks_forward(1h);
  world.run_for(59s);

  CHECK(sign.said.size() == 2);
}

TEST_CASE("a world in which time stands still says so") {
  World world({.begins = tuesday, .steps_max = 1000},
              {.move_in =
                   [](Node& node) {
                     node.spawn([](Node& here) -> Task<void> {
                       while (true) co_await here.db().instance([](Tx& tx) { store::count_users(tx); });
                     }(node));
                   },
               .receive = [](Node&, const Report&) -> Task<void> { co_return; }});

  CHECK_THROWS_AS(world.run_for(1min), Breakage);
}

}  // namespace ringdown::sim
