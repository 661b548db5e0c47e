#include "app/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "app/config_options.h"
#include "base/text.h"

namespace ringdown {
namespace {

constexpr int misused = 2;

std::string_view summary_of(Command command) {
  switch (command) {
    case Command::serve: return "Runs the product";
    case Command::migrate: return "Brings the database to this version";
    case Command::user: return "Adds, lists, disables people (add, list, disable, password, role)";
    case Command::import: return "Takes in a file of leads, beside a running product or without one";
    case Command::places: return "Takes in a list of places in the layout of GeoNames (import)";
    case Command::keys:
      return "Adds a key and seals all secrets anew (rotate), or seals what is left (reseal)";
    case Command::doctor: return "Says in plain words what is wrong with configuration and machine";
    case Command::backup: return "Writes everything into one sealed file, beside a running product";
    case Command::restore: return "Fills an empty database from a backup";
    case Command::resume_dialing: return "Lets a restored instance call again";
    case Command::simulate:
      return "Lets the engine loose in a world that is out to get it, and says what broke";
    case Command::sandbox: return "Runs a small Twilio of its own, to rehearse and to test with";
  }
  return "";
}

void add_option(CLI::App& command, const Option& option, std::vector<std::string>& texts) {
  const std::string help = fmt::format("{} [{}]", option.help, option.variable());
  if (option.shape == Shape::yes_no) {
    command.add_flag(option.flag(), texts, help);
    return;
  }
  CLI::Option* added = command.add_option(option.flag(), texts, help);
  added->type_name(std::string(option.value_name))->default_str(std::string(option.standard));
  if (option.shape != Shape::list) added->expected(1)->take_last();
  added->allow_extra_args(false);
}

std::vector<std::string> flags_of(const CLI::App& command) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : command.get_options()) flags.push_back(option->get_name());
  return flags;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& words) {
  const std::vector<std::string_view> candidates(words.begin(), words.end());
  const auto meant = closest(word, candidates);
  return meant ? fmt::format("; did you mean {}?", *meant) : "";
}

// Only flags are named: a word without one may be the secret that followed a misspelt flag.
std::string about_unknown(const CLI::App& command, const std::vector<std::string>& unknown) {
  std::string text;
  for (const std::string& word : unknown) {
    if (!word.starts_with('-')) continue;
    const std::string flag = word.substr(0, word.find('='));
    text += fmt::format("{} is no flag of `ringdown {}`{}\n", flag, command.get_name(),
                        did_you_mean(flag, flags_of(command)));
  }
  if (text.empty())
    text =
        fmt::format("`ringdown {}` takes flags only; a word stands there without one\n", command.get_name());
  return text + fmt::format("`ringdown {} --help` lists them\n", command.get_name());
}

std::string about_no_command(const std::vector<std::string>& unknown) {
  const std::vector<std::string> commands = words_of<Command>();
  if (unknown.empty()) return fmt::format("say what to do: ringdown {}\n", fmt::join(commands, " | "));
  if (unknown.front().starts_with('-')) return "flags come after the command: ringdown serve --data DIR\n";

  return fmt::format("{} is no command{}\n`ringdown --help` lists them\n", unknown.front(),
                     did_you_mean(unknown.front(), commands));
}

// CLI11's App and what its callbacks fill.
class Parser {
 public:
  Parser() {
    app_.set_version_flag("--version", "ringdown " RINGDOWN_VERSION);
    app_.allow_extras();
    app_.get_formatter()->column_width(36);
    app_.footer(
        "Every flag is also a variable and a key of the configuration file; a flag wins over a variable,\n"
        "a variable over the file. Secrets are safer in the file or the environment than in flags.");
    for (const std::string& name : words_of<Command>()) add_command(*parse_enum<Command>(name));
  }

  std::expected<CommandLine, Answer> run(std::vector<std::string> words) try {
    std::ranges::reverse(words);  // CLI11 takes them from the back
    app_.parse(std::move(words));

    const auto chosen = app_.get_subcommands();
    if (chosen.empty() || !app_.remaining().empty()) return misuse(about_no_command(app_.remaining()));
    if (chosen.size() > 1) return misuse("one command at a time\n");
    if (const auto unknown = app_.remaining(true); !unknown.empty())
      return misuse(about_unknown(*chosen[0], unknown));

    std::erase_if(line_.flags, [](const auto& flag) { return flag.second.empty(); });
    line_.command = *parse_enum<Command>(chosen[0]->get_name());
    if (line_.command == Command::keys) {
      const auto action = parse_enum<KeysAction>(keys_action_);
      if (!action) return misuse("say what to do with the keys: ringdown keys rotate | reseal\n");
      line_.keys = *action;
    }
    if (line_.command == Command::places && line_.file.empty()) {
      return misuse("say what to do with places: ringdown places import FILE\n");
    }
    if (line_.command == Command::user) {
      if (const std::string wrong = read_user(); !wrong.empty()) return misuse(wrong);
    }
    return line_;
  } catch (const CLI::CallForHelp&) {
    return std::unexpected(Answer{0, app_.help()});
  } catch (const CLI::CallForVersion& version) {
    return std::unexpected(Answer{0, version.what() + std::string("\n")});
  } catch (const CLI::ParseError& error) {
    return misuse(error.what() + std::string("\n"));
  }

 private:
  static std::unexpected<Answer> misuse(std::string text) {
    return std::unexpected(Answer{misused, "ringdown: " + std::move(text)});
  }

  void add_command(Command name) {
    CLI::App& command = *app_.add_subcommand(to_text(name), std::string(summary_of(name)));
    command.allow_extras();
    if (name == Command::sandbox) return add_sandbox_options(command);
    for (const Option& option : options()) add_option(command, option, line_.flags[std::string(option.key)]);
    if (name == Command::keys) command.add_option("action", keys_action_, "rotate or reseal");
    if (name == Command::backup || name == Command::restore) {
      command.add_option("FILE", line_.file, "the backup")->required();
    }
    if (name == Command::user) add_user_options(command);
    if (name == Command::places) add_places_import(command);
    if (name == Command::import) add_import_options(command);
    if (name == Command::simulate) add_simulate_options(command);
    if (name != Command::migrate) return;
    command
        .add_option("--grant-to", line_.migrate.grant_to,
                    "a role of the database that may run the product; repeatable")
        ->type_name("ROLE")
        ->allow_extra_args(false);
  }

  // A command below the command: as a mere word it would be taken for `ringdown import`.
  void add_places_import(CLI::App& places) {
    CLI::App& import = *places.add_subcommand("import", "Takes in a list, in place of the one before");
    import.fallthrough();
    import.add_option("FILE", line_.file, "the places: 19 columns between tabs, no header")->required();
  }

  static void add_text(CLI::App& command, const char* flag, std::string& into, const char* help,
                       const char* type) {
    command.add_option(flag, into, help)->type_name(type)->allow_extra_args(false);
  }

  void add_import_options(CLI::App& command) {
    ImportOptions& import = line_.import;
    command.add_option("FILE", import.file, "the leads; the first line names the columns")->required();
    add_text(command, "--workspace", import.workspace, "its name or id, where there are several",
             "WORKSPACE");
    add_text(command, "--pipeline", import.pipeline,
             "the name or id of one for all of them, instead of what rows say", "PIPELINE");
    add_text(command, "--mapping", import.mapping,
             "which header is which column, as JSON or a file of it, where the guess is wrong: "
             "{\"Tel\":\"phone\"}",
             "JSON|FILE");
    add_text(command, "--report", import.report, "writes what came of each row", "FILE");
    command.add_flag("--dry-run", import.dry_run, "says what would come of it and changes nothing");
  }

  void add_sandbox_options(CLI::App& command) {
    SandboxOptions& sandbox = line_.sandbox;
    add_text(command, "--listen", sandbox.listen, "where; port 0 takes a free one", "HOST:PORT");
    command.add_option("--speed", sandbox.speed, "how much faster than life")
        ->check(CLI::Range(0.1, 10'000.0));
    command.add_option("--seed", sandbox.seed, "what account, callees and mishaps are drawn from");
    command.add_option("--cps", sandbox.calls_per_second, "calls dialed per second, at that speed")
        ->check(CLI::Range(0.01, 10'000.0));
    add_text(command, "--ledger", sandbox.ledger, "appends everything that happened, a line each", "FILE");
    add_text(command, "--personas", sandbox.personas, "who is called, in place of assets/personas.toml", "FILE");
    command.add_option("--callee", sandbox.callees, "how a number answers: human, busy, …; repeatable")
        ->type_name("NUMBER=FATE")
        ->allow_extra_args(false);
    command.add_option("--mishap", sandbox.mishaps, "what goes wrong, how often in a hundred; repeatable")
        ->type_name("NAME=PERCENT")
        ->allow_extra_args(false);
  }

  template <class Number>
  static void add_number(CLI::App& command, const char* flag, Number& into, const char* help) {
    command.add_option(flag, into, help)->capture_default_str()->allow_extra_args(false);
  }

  void add_simulate_options(CLI::App& command) {
    SimulateOptions& simulate = line_.simulate;
    add_number(command, "--seed", simulate.seed, "what happens follows from it");
    add_number(command, "--leads", simulate.leads, "how many people there are");
    add_number(command, "--days", simulate.days, "how long it goes on");
    add_text(command, "--faults", simulate.faults,
             "all (about half of them, as the seed will), none, or names", "NAME,…");
    command.add_flag("--trace", simulate.trace, "writes everything that happens to stderr");
  }

  void add_user_options(CLI::App& command) {
    UserOptions& user = line_.user;
    command.add_option("action", user_action_, "add, list, disable, password or role");
    add_text(command, "--email", user.email, "whose account", "ADDRESS");
    add_text(command, "--name", user.name, "what they are called; add", "NAME");
    add_text(command, "--workspace", user.workspace, "its name or id, where there are several; add, role",
             "WORKSPACE");
    add_text(command, "--role", user_role_, "rep, admin or owner; add, role", "ROLE");
    command.add_flag("--generate", user.generate,
                     "makes a password and prints it once, instead of reading one from stdin; add, password");
    command.add_flag("--reset-totp", user.reset_totp, "takes the second factor away as well; password");
  }

  // What is wrong with the words about a user; empty where nothing is.
  std::string read_user() {
    const auto action = parse_enum<UserAction>(user_action_);
    if (!action) return "say what to do: ringdown user add | list | disable | password | role\n";
    line_.user.action = *action;
    if (*action == UserAction::list) return "";
    if (line_.user.email.empty()) return "say whose account is meant with --email\n";
    if (*action != UserAction::add && *action != UserAction::role) return "";

    const auto role = parse_enum<Role>(user_role_);
    if (!role) return "say which role with --role: rep, admin or owner\n";
    line_.user.role = *role;
    return "";
  }

  CLI::App app_{"Ringdown, a dialer of your own", "ringdown"};
  CommandLine line_{};
  std::string keys_action_;
  std::string user_action_;
  std::string user_role_;
};

}  // namespace

std::expected<CommandLine, Answer> read_command_line(std::vector<std::string> words) {
  return Parser().run(std::move(words));
}

}  // namespace ringdown
