#include "app/config.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/config_file.h"
#include "app/config_options.h"
#include "app/config_values.h"
#include "app/token_issuers.h"
#include "base/text.h"

namespace ringdown {
namespace {

using Entries = std::vector<FileEntry>;

struct Given {
  std::vector<std::string> values;
  Origin origin;
};

std::string line_name(const ConfigFile& file, int line) {
  return fmt::format("{} line {}", file.path, line);
}

std::string meant(std::optional<std::string_view> word) {
  return word ? fmt::format("; did you mean {}?", *word) : "; `ringdown serve --help` lists what there is";
}

std::optional<std::string_view> closest_key(std::string_view word, bool in_file) {
  std::vector<std::string_view> keys;
  for (const Option& option : options()) {
    if (option.in_file || !in_file) keys.push_back(option.key);
  }
  return closest(word, keys);
}

std::string_view right_form(Shape shape) {
  switch (shape) {
    case Shape::text: return "a text; use {} = \"…\"";
    case Shape::list: return "a list of texts; use {} = [\"…\", \"…\"]";
    case Shape::number: return "a whole number; use {} = 1";
    case Shape::yes_no: return "true or false; use {} = true";
  }
  return "";
}

bool fits(FileEntry::Type type, Shape shape) {
  switch (type) {
    case FileEntry::Type::text: return shape == Shape::text || shape == Shape::list;
    case FileEntry::Type::number: return shape == Shape::number;
    case FileEntry::Type::yes_no: return shape == Shape::yes_no;
    case FileEntry::Type::list: return shape == Shape::list;
    case FileEntry::Type::other: return false;
  }
  return false;
}

// One reading, from the sources to what doctor prints.
class Reader {
 public:
  explicit Reader(const Sources& sources) : sources_(sources) {}

  Reading run() {
    open_file();
    refuse_unknown_keys();
    refuse_unknown_variables();
    for (const Option& option : options()) settle(option);
    check_pair("tls_certificate", "tls_key");
    check_pair("clerk_issuer", "clerk_authorized_parties");
    check_needs("supabase_jwt_secret", "supabase_issuer");
    check_needs("supabase_jwks_url", "supabase_issuer");
    check_needs("clerk_jwks_url", "clerk_issuer");
    check_pair("twilio_account_sid", "twilio_auth_token");
    check_pair("twilio_api_key", "twilio_api_secret");
    check_needs("twilio_api_key", "twilio_account_sid");
    check_needs("twilio_old_auth_token", "twilio_auth_token");
    check_needs("twilio_from", "twilio_account_sid");
    if (reading_.complaints.empty()) check_issuers();
    return std::move(reading_);
  }

 private:
  void complain(std::string_view key, std::string origin, std::string text) {
    reading_.complaints.push_back({std::string(key), std::move(origin), std::move(text)});
  }

  void open_file() {
    if (!sources_.file) return;

    reading_.file = sources_.file->path;
    if (!sources_.file->text) return complain("config", sources_.file->path, sources_.file->text.error());
    auto entries = read_entries(*sources_.file->text);
    if (entries) {
      entries_ = *std::move(entries);
      return;
    }
    complain(
        "config",
        fmt::format("{} column {}", line_name(*sources_.file, entries.error().line), entries.error().column),
        "this is no TOML, or a key that was given before; use lines such as log_level = \"info\", each key "
        "once");
  }

  void refuse_unknown_keys() {
    for (const FileEntry& entry : entries_) {
      const Option* option = option_of(entry.key);
      if (option && option->in_file) continue;
      complain(entry.key, line_name(*sources_.file, entry.line),
               "there is no such setting" + meant(closest_key(lowered(entry.key), true)));
    }
  }

  // Variables without the prefix are other programs' as well, so only ours can be called unknown.
  void refuse_unknown_variables() {
    constexpr std::string_view prefix = "RINGDOWN_";
    for (const auto& [name, value] : sources_.environment) {
      const auto is_this = [&](const Option& option) { return option.variable() == name; };
      if (!name.starts_with(prefix) || std::ranges::any_of(options(), is_this)) continue;

      const auto key = closest_key(lowered(name.substr(prefix.size())), false);
      const std::string variable = key ? option_of(*key)->variable() : "";
      complain(
          name, "the environment",
          "there is no such setting" + meant(key ? std::optional<std::string_view>(variable) : std::nullopt));
    }
  }

  void settle(const Option& option) {
    if (!option.standard.empty()) option.take(reading_.config, values_of(option, option.standard));

    const std::optional<Given> given = given_for(option);
    if (given) {
      if (const auto refusal = option.take(reading_.config, given->values)) {
        complain(option.key, given->origin.name,
                 option.secret ? "its value " + refusal->why
                               : fmt::format("'{}' {}", without_credentials(refusal->value), refusal->why));
      }
    }
    reading_.settings.push_back(
        {std::string(option.key), shown(option, given), given ? given->origin : Origin{}, option.secret});
  }

  std::optional<Given> given_for(const Option& option) {
    if (const auto flag = sources_.flags.find(std::string(option.key)); flag != sources_.flags.end()) {
      Given given{{}, {Origin::Kind::flag, option.flag()}};
      for (const std::string& text : flag->second)
        std::ranges::move(values_of(option, text), std::back_inserter(given.values));
      return given;
    }
    if (const auto variable = sources_.environment.find(option.variable());
        variable != sources_.environment.end()) {
      return Given{values_of(option, variable->second), {Origin::Kind::environment, option.variable()}};
    }
    return given_in_file(option);
  }

  std::optional<Given> given_in_file(const Option& option) {
    const auto entry = std::ranges::find(entries_, option.key, &FileEntry::key);
    if (entry == entries_.end() || !option.in_file) return std::nullopt;

    const Origin origin{Origin::Kind::file, line_name(*sources_.file, entry->line)};
    if (fits(entry->type, option.shape)) {
      const bool text = entry->type == FileEntry::Type::text;
      return Given{text ? values_of(option, entry->values.front()) : entry->values, origin};
    }
    complain(option.key, origin.name,
             "must be " + fmt::format(fmt::runtime(right_form(option.shape)), option.key));
    return std::nullopt;
  }

  static std::string shown(const Option& option, const std::optional<Given>& given) {
    if (!given && option.standard.empty()) return "not set";
    if (!given) return std::string(option.standard);
    if (option.secret) return "set";
    return without_credentials(fmt::format("{}", fmt::join(given->values, ", ")));
  }

  const Setting& setting(std::string_view key) const {
    return *std::ranges::find(reading_.settings, key, &Setting::key);
  }

  void check_pair(std::string_view one, std::string_view other) {
    for (const auto& [here, there] :
         {std::pair{setting(one), setting(other)}, std::pair{setting(other), setting(one)}}) {
      if (here.shown == "not set" || there.shown != "not set") continue;
      complain(here.key, here.origin.name, fmt::format("needs {} beside it; set both or neither", there.key));
    }
  }

  void check_needs(std::string_view key, std::string_view needed) {
    if (setting(key).shown == "not set" || setting(needed).shown != "not set") return;
    complain(key, setting(key).origin.name, fmt::format("says nothing without {}; set that too", needed));
  }

  // What only all parts of an issuer together can show.
  void check_issuers() {
    for (const IssuerProblem& problem : problems_of_issuers(reading_.config)) {
      complain(problem.key, setting(problem.key).origin.name, problem.text);
    }
  }

  const Sources& sources_;
  Entries entries_;
  Reading reading_;
};

}  // namespace

std::string to_text(const Endpoint& endpoint) {
  const bool bracketed = endpoint.host.find(':') != std::string::npos;
  return fmt::format(fmt::runtime(bracketed ? "[{}]:{}" : "{}:{}"), endpoint.host, endpoint.port);
}

std::string to_text(const Complaint& complaint) {
  return fmt::format("{} (from {}): {}", complaint.key, complaint.origin, complaint.text);
}

Reading read_config(const Sources& sources) {
  return Reader(sources).run();
}

}  // namespace ringdown
