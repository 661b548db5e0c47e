#include "app/config.h"

#include <doctest/doctest.h>

#include <fmt/format.h>
#include "tests/support/paths.h"

#include <fstream>
#include <iterator>
#include <ostream>
#include <type_traits>

#include "app/config_options.h"

using namespace ringdown;

namespace {

using Environment = std::map<std::string, std::string>;
using Flags = std::map<std::string, std::vector<std::string>>;

constexpr const char* good_token = "f3b1c09a7de24f5586b0";

Sources from_file(std::string text) {
  return {{}, {}, ConfigFile{"r.toml", std::move(text)}};
}
Sources from_environment(Environment environment) {
  return {{}, std::move(environment), {}};
}
Sources from_flags(Flags flags) {
  return {std::move(flags), {}, {}};
}

std::vector<std::string> complaints_of(const Sources& sources) {
  std::vector<std::string> texts;
  for (const Complaint& complaint : read_config(sources).complaints) texts.push_back(to_text(complaint));
  return texts;
}

Setting setting_of(const Reading& reading, std::string_view key) {
  for (const Setting& setting : reading.settings) {
    if (setting.key == key) return setting;
  }
  return {};
}

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

}  // namespace

static_assert(!Printable<Secret> && !std::is_convertible_v<Secret, std::string> &&
              !std::is_convertible_v<std::string, Secret> && !fmt::is_formattable<Secret>::value);

TEST_CASE("with nothing given, the defaults hold and please") {
  const Reading reading = read_config({});

  CHECK(reading.complaints.empty());
  CHECK(reading.config.listen == std::vector{Endpoint{"127.0.0.1", 8080}});
  CHECK(reading.config.data == "./data");
  CHECK(reading.config.store_threads == 4);
  CHECK_FALSE(reading.config.sandbox);
  CHECK_FALSE(reading.config.database_url);
  CHECK(reading.settings.size() == options().size());
  CHECK(setting_of(reading, "data").origin.name == "default");
}

TEST_CASE("a flag wins over the environment, that over the file, the file over the default") {
  struct Row {
    std::string says;
    bool flag, variable, file;
    const char* data;
    const char* origin;
  };
  for (const Row& row : {
           Row{"all three", true, true, true, "by-flag", "--data"},
           Row{"flag and file", true, false, true, "by-flag", "--data"},
           Row{"variable and file", false, true, true, "by-variable", "RINGDOWN_DATA"},
           Row{"only the file", false, false, true, "by-file", "r.toml line 2"},
           Row{"none", false, false, false, "./data", "default"},
       }) {
    CAPTURE(row.says);
    Sources sources;
    if (row.flag) sources.flags["data"] = {"by-flag"};
    if (row.variable) sources.environment["RINGDOWN_DATA"] = "by-variable";
    if (row.file) sources.file = ConfigFile{"r.toml", "# ours\ndata = 'by-file'\n"};

    const Reading reading = read_config(sources);

    CHECK(reading.config.data == row.data);
    CHECK(setting_of(reading, "data").origin.name == row.origin);
  }
}

TEST_CASE("a wrong value that a better source overrides does not matter") {
  Sources sources = from_environment({{"RINGDOWN_LOG_LEVEL", "loud"}});
  sources.flags["log_level"] = {"warn"};

  const Reading reading = read_config(sources);

  CHECK(reading.complaints.empty());
  CHECK(reading.config.log_level == log::Level::warn);
}

TEST_CASE("every setting can come from the file, in its own type") {
  const Reading reading = read_config(from_file(
      "listen = ['0.0.0.0:80', '[::1]:8080']\npublic_url = 'https://dial.example.com/'\ntls_certificate = "
      "'c.pem'\n"
      "tls_key = 'k.pem'\ntrusted_proxies = ['10.0.0.0/8', 'fd00::1']\ncors_origins = "
      "'https://a.example:8443'\n"
      "database_url = 'postgres://app@db/ringdown'\nstore_threads = 9\nsandbox = true\nlog_level = 'debug'\n"
      "metrics_token = 'f3b1c09a7de24f5586b0'\ndata = '/srv'\n"));

  CHECK(reading.complaints.empty());
  const Config& config = reading.config;
  CHECK(config.listen == std::vector{Endpoint{"0.0.0.0", 80}, Endpoint{"::1", 8080}});
  CHECK(to_text(config.listen[1]) == "[::1]:8080");
  CHECK(config.public_url == "https://dial.example.com");
  CHECK(config.tls_certificate == "c.pem");
  CHECK(config.tls_key == "k.pem");
  CHECK(config.trusted_proxies == std::vector<std::string>{"10.0.0.0/8", "fd00::1"});
  CHECK(config.cors_origins == std::vector<std::string>{"https://a.example:8443"});
  CHECK(config.database_url.value().reveal() == "postgres://app@db/ringdown");
  CHECK(config.store_threads == 9);
  CHECK(config.sandbox);
  CHECK(config.log_level == log::Level::debug);
  CHECK(config.metrics_token.value().reveal() == good_token);
  CHECK(config.data == "/srv");
}

TEST_CASE("lists come from commas in a variable and from repeated flags") {
  const std::vector two{Endpoint{"127.0.0.1", 1}, Endpoint{"127.0.0.1", 2}};

  CHECK(read_config(from_environment({{"RINGDOWN_LISTEN", "127.0.0.1:1, localhost:2"}})).config.listen ==
        two);
  CHECK(read_config(from_flags({{"listen", {"127.0.0.1:1", "127.0.0.1:2"}}})).config.listen == two);
}

TEST_CASE("the four variables that other programs know have no prefix of ours") {
  const Reading reading = read_config(from_environment({{"DATABASE_URL", "postgres://a@h/d"},
                                                        {"MIGRATE_DATABASE_URL", "postgresql://o@h/d"},
                                                        {"PUBLIC_URL", "http://x.example"},
                                                        {"CRON_SECRET", good_token}}));

  CHECK(reading.complaints.empty());
  CHECK(reading.config.database_url.value().reveal() == "postgres://a@h/d");
  CHECK(reading.config.migrate_database_url.value().reveal() == "postgresql://o@h/d");
  CHECK(reading.config.public_url == "http://x.example");
  CHECK(reading.config.cron_secret.value().reveal() == good_token);
}

TEST_CASE("a complaint names key, origin, value and what would be right") {
  struct Row {
    Sources sources;
    std::string complaint;
  };
  for (const Row& row : {
           Row{from_environment({{"RINGDOWN_LISTEN", "127.0.0.1:99999"}}),
               "listen (from RINGDOWN_LISTEN): '127.0.0.1:99999' is no address we can listen on; use "
               "HOST:PORT with a "
               "port of 0 to 65535, such as 127.0.0.1:8080"},
           Row{from_flags({{"data", {""}}}),
               "data (from --data): '' is empty; give it a value or leave it out"},
           Row{from_flags({{"log_level", {"loud"}}}),
               "log_level (from --log-level): 'loud' is no log level; use one of debug, info, warn, error"},
           Row{from_file("store_threads = 0"),
               "store_threads (from r.toml line 1): '0' is no number of threads; use 1 to 64"},
           Row{from_file("trusted_proxies = ['10.0.0.1', '10.0.0.0/33']"),
               "trusted_proxies (from r.toml line 1): '10.0.0.0/33' is no address or network; use one such "
               "as 10.0.0.7 "
               "or 10.0.0.0/8"},
           Row{from_file("\nlisten = []"),
               "listen (from r.toml line 2): '' is not enough; name at least one"},
           Row{from_file("listen = [8080]"),
               "listen (from r.toml line 1): must be a list of texts; use listen = [\"…\", \"…\"]"},
           Row{from_file("store_threads = '4'"),
               "store_threads (from r.toml line 1): must be a whole number; use store_threads = 1"},
           Row{from_file("sandbox = 1"),
               "sandbox (from r.toml line 1): must be true or false; use sandbox = true"},
           Row{from_file("data = 5"), "data (from r.toml line 1): must be a text; use data = \"…\""},
           Row{from_file("[data]\nx = 1"), "data (from r.toml line 1): must be a text; use data = \"…\""},
           Row{from_file("databse_url = 'x'"),
               "databse_url (from r.toml line 1): there is no such setting; did you mean database_url?"},
           Row{from_file("config = 'x'"),
               "config (from r.toml line 1): there is no such setting; `ringdown serve --help` "
               "lists what there is"},
           Row{from_environment({{"RINGDOWN_LISTN", "x"}}),
               "RINGDOWN_LISTN (from the environment): there is no such setting; did you mean "
               "RINGDOWN_LISTEN?"},
           Row{from_environment({{"RINGDOWN_DATABASE_URL", "x"}}),
               "RINGDOWN_DATABASE_URL (from the environment): there is no such setting; did you mean "
               "DATABASE_URL?"},
           Row{from_flags({{"tls_key", {"k.pem"}}}),
               "tls_key (from --tls-key): needs tls_certificate beside it; set both or neither"},
           Row{from_flags({{"tls_certificate", {"c.pem"}}}),
               "tls_certificate (from --tls-certificate): needs tls_key beside it; set both or neither"},
           Row{from_file("data = 'x'\nlisten = ["),
               "config (from r.toml line 2 column 11): this is no TOML, or a key that was given before; use "
               "lines such "
               "as log_level = \"info\", each key once"},
           Row{from_file("data = 'x'\ndata = 'y'"),
               "config (from r.toml line 2 column 8): this is no TOML, or a key that was given before; use "
               "lines such "
               "as log_level = \"info\", each key once"},
           Row{{{}, {}, ConfigFile{"gone.toml", std::unexpected("cannot be read")}},
               "config (from gone.toml): cannot be read"},
       }) {
    CAPTURE(row.complaint);
    CHECK(complaints_of(row.sources) == std::vector<std::string>{row.complaint});
  }
}

TEST_CASE("a refused value leaves the default, and all complaints come at once") {
  Sources sources = from_file("sandbx = true\nlog_level = 'loud'\n");
  sources.environment = {{"RINGDOWN_LISTEN", "nowhere"}, {"RINGDOWN_PORT", "1"}};
  sources.flags = {{"store_threads", {"many"}}};

  const Reading reading = read_config(sources);

  CHECK(reading.complaints.size() == 5);
  CHECK(reading.config.listen == std::vector{Endpoint{"127.0.0.1", 8080}});
  CHECK(reading.config.store_threads == 4);
}

TEST_CASE("neither settings nor complaints ever hold a secret") {
  const std::string canary = "canary";
  const Sources sources{{{"metrics_token", {canary}}, {"database_url", {"mysql://u:" + canary + "@h/d"}}},
                        {{"CRON_SECRET", canary},
                         {"MIGRATE_DATABASE_URL", "postgres://u:" + canary + "@h/d"},
                         {"PUBLIC_URL", "postgres://u:" + canary + "@h/d"},
                         {"RINGDOWN_CRON_SECRET", canary}},
                        ConfigFile{"r.toml", "metric_token = '" + canary + "'\n"}};

  const Reading reading = read_config(sources);

  CHECK(reading.complaints.size() == 6);
  for (const Complaint& complaint : reading.complaints) CHECK_FALSE(to_text(complaint).contains(canary));
  for (const Setting& setting : reading.settings) CHECK_FALSE(setting.shown.contains(canary));
  CHECK(setting_of(reading, "migrate_database_url").shown == "set");
  CHECK(setting_of(read_config({}), "migrate_database_url").shown == "not set");
}

TEST_CASE("a secret of the wrong type, or broken TOML around it, is not shown either") {
  for (const std::string text :
       {"cron_secret = 7777777", "cron_secret = ca7777777nary", "cron_secret = 'a' 7777777"}) {
    const auto complaints = complaints_of(from_file(text));

    REQUIRE(complaints.size() == 1);
    CHECK_FALSE(complaints[0].contains("7777777"));
  }
}

TEST_CASE("the sample configuration is complete, and refused for its secrets alone") {
  std::ifstream file(RINGDOWN_SOURCE "/assets/ringdown.sample.toml");
  const std::string sample{std::istreambuf_iterator<char>(file), {}};
  for (const Option& option : options())
    CHECK(sample.contains(std::string(option.key) + " = ") == option.in_file);

  std::vector<std::string> refused;
  for (const Complaint& complaint : read_config(from_file(sample)).complaints)
    refused.push_back(complaint.key);

  CHECK(refused == std::vector<std::string>{"database_url", "migrate_database_url", "metrics_token",
                                            "cron_secret", "supabase_jwt_secret", "twilio_auth_token",
                                            "twilio_old_auth_token", "twilio_api_secret"});
}
