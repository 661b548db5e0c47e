// The real binary from outside: what it prints, where, and with which exit status.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/paths.h"
#include "tests/support/ringdown_process.h"

using namespace ringdown::test;

namespace {

namespace fs = std::filesystem;

// A folder with files in it.
class Folder {
 public:
  std::string file(const std::string& name) const { return dir_ / name; }
  std::string path() const { return dir_.path().string(); }

  std::string write(const std::string& name, const std::string& text, fs::perms perms) const {
    std::ofstream(file(name)) << text;
    fs::permissions(file(name), perms);
    return file(name);
  }

 private:
  TempDir dir_;
};

constexpr fs::perms for_me = fs::perms::owner_read | fs::perms::owner_write;
constexpr fs::perms for_all = for_me | fs::perms::group_read | fs::perms::others_read;

}  // namespace

TEST_CASE("--help lists the commands, and a command's help its flags with their variables") {
  const Outcome help = run_ringdown({"--help"});
  CHECK(help.status == 0);
  for (const std::string command : {"serve", "migrate", "user", "doctor"}) CHECK(help.out.contains(command));

  const Outcome serve = run_ringdown({"serve", "--help"});
  CHECK(serve.status == 0);
  for (const std::string part :
       {"--listen", "--data", "--database-url", "--sandbox", "DATABASE_URL", "RINGDOWN_LISTEN"}) {
    CAPTURE(part);
    CHECK(serve.out.contains(part));
  }
}

TEST_CASE("--version is one line") {
  CHECK(run_ringdown({"--version"}).out.starts_with("ringdown "));
}

TEST_CASE("an unknown flag ends with status 2 and a suggestion, on stderr") {
  const Outcome outcome = run_ringdown({"serve", "--lisen", "127.0.0.1:0"});

  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.contains("did you mean --listen?"));
}

TEST_CASE("a wrong configuration ends with status 1 and every complaint on stderr") {
  const Folder folder;
  const std::string file = folder.write("r.toml", "sandbx = true\nlog_level = \"loud\"\n", for_me);

  const Outcome outcome =
      run_ringdown({"serve", "--config", file, "--listen", "127.0.0.1:99999"}, {"RINGDOWN_STORE_THREADS=0"});

  CHECK(outcome.status == 1);
  CHECK(outcome.out.empty());
  for (const std::string& part :
       {"sandbx (from " + file + " line 1)", "log_level (from " + file + " line 2): 'loud'",
        std::string("listen (from --listen): '127.0.0.1:99999'"),
        std::string("store_threads (from RINGDOWN_STORE_THREADS)")}) {
    CAPTURE(part);
    CHECK(outcome.err.contains(part));
  }
}

TEST_CASE("the file in the data folder is read unless another is named") {
  const Folder folder;
  folder.write("ringdown.toml", "log_level = \"loud\"\n", for_me);
  const std::string other = folder.write("other.toml", "log_level = \"warn\"\n", for_me);

  CHECK(run_ringdown({"doctor", "--data", folder.path()}).out.contains("ringdown.toml line 1): 'loud'"));
  CHECK(run_ringdown({"doctor"}, {"RINGDOWN_DATA=" + folder.path()}).out.contains("ringdown.toml line 1): 'loud'"));
  CHECK(run_ringdown({"doctor", "--data", folder.path()}, {"RINGDOWN_CONFIG=" + other})
            .out.contains("from " + other + " line 1"));
}

TEST_CASE("a named configuration file that is not there is an error") {
  const Folder folder;

  const Outcome outcome = run_ringdown({"serve", "--config", folder.file("gone.toml")});

  CHECK(outcome.status == 1);
  CHECK(outcome.err.contains("gone.toml): cannot be read: No such file or directory"));
}

TEST_CASE("doctor goes on past a wrong configuration and finds the rest as well") {
  const Folder folder;
  const std::string file = folder.write("a-file", "", for_me);

  const Outcome outcome = run_ringdown({"doctor", "--data", file, "--log-level", "loud", "--listen", "127.0.0.1:0"});

  CHECK(outcome.status == 1);
  CHECK(outcome.out.contains("wrong    configuration: log_level (from --log-level): 'loud' is no log level"));
  CHECK(outcome.out.contains("wrong    data folder: " + file + " is a file"));
  CHECK(outcome.out.contains("ok       addresses: 127.0.0.1:0 is free"));
  CHECK(outcome.out.contains(" clock: "));
}

TEST_CASE("doctor is content with a sound machine, shows origins and leaves nothing behind") {
  const Folder folder;

  const Outcome outcome =
      run_ringdown({"doctor", "--data", folder.path(), "--listen", "127.0.0.1:0"}, {"RINGDOWN_LOG_LEVEL=warn"});

  CAPTURE(outcome.out);
  CHECK(outcome.status == 0);
  CHECK(outcome.out.contains("from RINGDOWN_LOG_LEVEL"));
  CHECK(outcome.out.contains("from --listen"));
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("doctor warns of a secret in a file that others may read, and of no other file") {
  const Folder folder;
  const std::string secret = "cron_secret = \"f3b1c09a7de24f5586b0\"\n";
  const auto warned = [&](const std::string& text, fs::perms perms) {
    return run_ringdown({"doctor", "--config", folder.write("r.toml", text, perms), "--data", folder.path()})
        .out.contains("holds a secret and other users of this machine may read it; chmod 600");
  };

  CHECK(warned(secret, for_all));
  CHECK_FALSE(warned(secret, for_me));
  CHECK_FALSE(warned("log_level = \"info\"\n", for_all));
}

TEST_CASE("a planted secret is in no output, wherever it came from and whatever is wrong with it") {
  const std::string canary = "c4n4rybird";
  const std::string good = canary + "-f3b1c09a7de24f5586b0";
  const std::string url = "postgres://app:" + good + "@127.0.0.1:1/ringdown";
  const Folder folder;
  const std::string right = folder.write(
      "right.toml", "metrics_token = \"" + good + "\"\ndatabase_url = \"" + url + "\"\n", for_me);
  const std::string wrong = folder.write(
      "wrong.toml", "metrics_tokn = \"" + good + "\"\ncron_secret = [\"" + good + "\"]\n", for_me);
  const std::string broken = folder.write("broken.toml", "cron_secret = " + good + "\n", for_me);

  const std::vector<std::pair<Words, Words>> runs = {
      {{"doctor", "--config", right}, {"CRON_SECRET=" + good, "MIGRATE_DATABASE_URL=" + url}},
      {{"doctor", "--cron-secret", good, "--database-url", url}, {}},
      {{"doctor", "--config", wrong}, {"RINGDOWN_METRICS_TOKEN=" + canary}},
      {{"serve", "--config", wrong}, {"CRON_SECRET=" + canary, "RINGDOWN_CRON_SECRET=" + good}},
      {{"serve", "--config", broken, "--public-url", url}, {"DATABASE_URL=" + good}},
      {{"migrate", "--migrate-database-url", good, "--metrics-token", canary}, {}},
      {{"serve", "--databse-url", url}, {}},
      {{"serve", "--databse-url=" + url}, {}},
      {{"serve", "--cron-secret", good, good}, {}},
      {{"--database-url", url, "serve"}, {}},
      {{"serve", "--help"}, {"DATABASE_URL=" + url, "CRON_SECRET=" + good}},
  };
  for (const auto& [words, environment] : runs) {
    const Outcome outcome = run_ringdown(words, environment);
    CAPTURE(outcome.out);
    CAPTURE(outcome.err);
    CHECK_FALSE((outcome.out + outcome.err).empty());
    CHECK_FALSE((outcome.out + outcome.err).contains(canary));
  }
  CHECK(run_ringdown(runs[0].first, runs[0].second).out.contains("cron_secret              set "));
}

TEST_CASE("the sample configuration is refused for its sample secrets") {
  const Outcome outcome = run_ringdown({"serve", "--config", RINGDOWN_SOURCE "/assets/ringdown.sample.toml"});

  CHECK(outcome.status == 1);
  for (const std::string key : {"database_url", "migrate_database_url", "metrics_token", "cron_secret"}) {
    CAPTURE(key);
    CHECK(outcome.err.contains("ringdown: " + key + " (from "));
  }
  CHECK(outcome.err.contains("openssl rand -hex 32"));
}

TEST_CASE("people are added, listed, moved and shut out from the command line") {
  const Folder folder;
  const auto user = [&](Words words, const std::string& input = {}) {
    words.insert(words.begin(), "user");
    words.insert(words.end(), {"--data", folder.path()});
    return run_ringdown(std::move(words), {}, input);
  };

  const Outcome ann = user({"add", "--email", "Ann@Example.com", "--role", "owner", "--workspace", "Clinic"},
                           "orbit velvet canyon\n");
  CAPTURE(ann.err);
  REQUIRE(ann.status == 0);
  const Outcome zoe = user({"add", "--email", "zoe@example.com", "--role", "rep", "--generate"});
  CHECK(zoe.status == 0);
  CHECK(zoe.out.starts_with("password: "));
  const std::string list = user({"list"}).out;
  CHECK(list.contains("ann@example.com  owner of Clinic (rehearsal"));
  CHECK(list.contains("zoe@example.com  rep of Clinic"));

  CHECK(user({"role", "--email", "ann@example.com", "--role", "rep"}).err.contains("last owner"));
  CHECK(user({"role", "--email", "zoe@example.com", "--role", "owner"}).status == 0);
  CHECK(user({"disable", "--email", "ann@example.com"}).status == 0);
  CHECK(user({"list"}).out.contains("ann@example.com  disabled"));
  CHECK(user({"password", "--email", "zoe@example.com"}, "12345678\n").err.contains("attacker"));
  CHECK(user({"password", "--email", "zoe@example.com"}).err.contains("--generate"));
  CHECK(user({"password", "--email", "max@example.com", "--generate"}).err.contains("nobody has this address"));
  CHECK(user({"add", "--email", "zoe@example.com", "--role", "rep"}).err.contains("a member already"));
}

TEST_CASE("people for the sandbox that are written wrong keep it from starting, and are told by line and key") {
  const Folder folder;
  const std::string people = "[[personas]]\nid = \"ann\"\nshare = -1\nline = \"busy\"\n";
  const std::string file = folder.write("personas.toml", people, for_all);
  const std::string data = folder.file("data");

  const Outcome alone = run_ringdown({"sandbox", "--listen", "127.0.0.1:0", "--personas", file});
  const Outcome beside = run_ringdown(
      {"serve", "--listen", "127.0.0.1:0", "--data", data, "--sandbox", "--assets", folder.path()});

  for (const Outcome& outcome : {alone, beside}) {
    CHECK(outcome.status != 0);
    CHECK(outcome.err.contains("line 3: personas[0].share must be from 0 to 1000000; got -1"));
  }
}
