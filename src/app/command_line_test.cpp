#include "app/command_line.h"

#include <doctest/doctest.h>

using namespace ringdown;

using Words = std::vector<std::string>;

TEST_CASE("flags become values by key, however they are written") {
  const auto line = read_command_line({"serve", "--listen", "127.0.0.1:1", "--listen=127.0.0.1:2", "--data",
                                       "here", "--database-url=a=b", "--sandbox"});

  REQUIRE(line);
  CHECK(line->command == Command::serve);
  CHECK(line->flags == Flags{{"listen", {"127.0.0.1:1", "127.0.0.1:2"}},
                             {"data", {"here"}},
                             {"database_url", {"a=b"}},
                             {"sandbox", {"true"}}});
}

TEST_CASE("a switch can be switched off, and of a single value the last one counts") {
  const auto line = read_command_line({"doctor", "--sandbox=false", "--data", "one", "--data", "two"});

  REQUIRE(line);
  CHECK(line->command == Command::doctor);
  CHECK(line->flags.at("sandbox") == Words{"false"});
  CHECK(line->flags.at("data").back() == "two");
}

TEST_CASE("migrate may name several roles") {
  const auto line = read_command_line({"migrate", "--grant-to", "app", "--grant-to", "app2"});

  REQUIRE(line);
  CHECK(line->command == Command::migrate);
  CHECK(line->migrate.grant_to == Words{"app", "app2"});
}

TEST_CASE("keys takes one word, and flags beside it") {
  const auto line = read_command_line({"keys", "reseal", "--data", "here"});

  REQUIRE(line);
  CHECK(line->command == Command::keys);
  CHECK(line->keys == KeysAction::reseal);
  CHECK(line->flags == Flags{{"data", {"here"}}});
}

TEST_CASE("sandbox takes flags of its own, and none of the product's") {
  const auto line = read_command_line({"sandbox", "--listen", "127.0.0.1:0", "--speed", "60", "--mishap",
                                       "answer-lost=5", "--mishap", "hook-lost=1", "--personas",
                                       "people.toml"});

  REQUIRE(line);
  CHECK(line->command == Command::sandbox);
  CHECK(line->sandbox.speed == 60);
  CHECK(line->sandbox.mishaps == Words{"answer-lost=5", "hook-lost=1"});
  CHECK(line->sandbox.personas == "people.toml");
  CHECK_FALSE(read_command_line({"sandbox", "--speed", "0"}));
  CHECK_FALSE(read_command_line({"sandbox", "--database-url", "x"}));
}

TEST_CASE("help and version are answers, not errors") {
  for (const Words& words : {Words{"--help"}, Words{"serve", "--help"}, Words{"--version"}}) {
    const auto answer = read_command_line(words);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().status == 0);
  }
}

TEST_CASE("misuse says what was probably meant, and never repeats a value") {
  struct Row {
    Words words;
    std::string says;
  };
  for (const Row& row : {
           Row{{}, "say what to do: ringdown serve | migrate | user | import | places | keys | doctor"},
           Row{{"srve"}, "srve is no command; did you mean serve?"},
           Row{{"--data", "canary", "serve"}, "flags come after the command"},
           Row{{"serve", "--lsten", "canary"},
               "--lsten is no flag of `ringdown serve`; did you mean --listen?"},
           Row{{"serve", "--databse-url=canary"},
               "--databse-url is no flag of `ringdown serve`; did you mean --database-url?"},
           Row{{"serve", "--grant-to", "canary"}, "--grant-to is no flag of `ringdown serve`"},
           Row{{"serve", "canary"}, "takes flags only"},
           Row{{"serve", "--cron-secret", "canary", "canary"}, "takes flags only"},
           Row{{"serve", "--cron-secret"}, "--cron-secret"},
           Row{{"keys"}, "ringdown keys rotate | reseal"},
           Row{{"keys", "canary"}, "ringdown keys rotate | reseal"},
           Row{{"keys", "rotate", "canary"}, "takes flags only"},
           Row{{"serve", "doctor"}, "one command at a time"},
       }) {
    CAPTURE(row.says);
    const auto answer = read_command_line(row.words);

    REQUIRE_FALSE(answer);
    CHECK(answer.error().status == 2);
    CHECK(answer.error().text.contains(row.says));
    CHECK_FALSE(answer.error().text.contains("canary"));
  }
}

TEST_CASE("a user is added with a role, and listed without anything") {
  const auto line =
      read_command_line({"user", "add", "--email", "ann@example.com", "--role", "owner", "--generate"});

  REQUIRE(line);
  CHECK(line->user.action == UserAction::add);
  CHECK(line->user.email == "ann@example.com");
  CHECK(line->user.role == Role::owner);
  CHECK(line->user.generate);
  CHECK(read_command_line({"user", "list"})->user.action == UserAction::list);
}

TEST_CASE("what `ringdown user` lacks is named") {
  for (const auto& [words, says] : std::vector<std::pair<Words, std::string>>{
           {{"user"}, "ringdown user add | list | disable | password | role"},
           {{"user", "remove"}, "ringdown user add | list | disable | password | role"},
           {{"user", "disable"}, "--email"},
           {{"user", "add", "--email", "ann@example.com"}, "--role: rep, admin or owner"},
           {{"user", "role", "--email", "ann@example.com", "--role", "boss"}, "--role: rep, admin or owner"},
       }) {
    CAPTURE(says);
    const auto answer = read_command_line(words);

    REQUIRE_FALSE(answer);
    CHECK(answer.error().status == 2);
    CHECK(answer.error().text.contains(says));
  }
}
