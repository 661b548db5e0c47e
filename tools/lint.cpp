// lint ROOT: reads the sources under ROOT and reports what the compiler cannot: includes that run outward,
// vendor headers outside the layer that wraps them, clocks and chance in the core, SQL beside the store,
// loose ends, sleeping tests. The tables below are the rules of ARCHITECTURE.md, word for word.
#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "source_lines.h"

namespace lint {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string_view>;

struct Layer {
  std::string_view name;
  Words may_include;  // besides itself
};

const std::vector<Layer> layers = {
    {"base", {}},
    {"domain", {"base"}},
    {"ports", {"domain", "base"}},
    {"store", {"ports", "domain", "base"}},
    {"flow", {"store", "ports", "domain", "base"}},
    {"net", {"base"}},
    {"api", {"flow", "store", "ports", "domain", "net", "crypto", "base"}},
    {"db", {"ports", "domain", "net", "base"}},
    {"crypto", {"ports", "domain", "net", "base"}},
    {"carrier", {"ports", "domain", "net", "crypto", "base"}},
    {"voice", {"ports", "domain", "net", "base"}},
    {"calendar", {"ports", "domain", "net", "base"}},
    {"mail", {"ports", "domain", "net", "base"}},
    {"text", {"ports", "domain", "net", "base"}},
    {"sandbox", {"net", "base"}},
    {"sim", {"flow", "store", "db", "ports", "domain", "base"}},
    {"app",
     {"api", "flow", "store", "ports", "domain", "net", "base", "db", "crypto", "carrier", "voice",
      "calendar", "mail", "text", "sandbox", "sim"}},
};

struct Vendor {
  std::string_view header;  // how the include begins
  Words places;             // folders and files below src/
};

const Words sockets = {"net/",       "db/",           "crypto/",      "carrier/",
                       "voice/",     "calendar/",     "mail/",        "text/",
                       "sandbox/",   "sim/",          "app/",         "ports/task.h",
                       "ports/db.h", "ports/await.h", "ports/both.h", "ports/start.h"};

const std::vector<Vendor> vendors = {
    {"boost/asio", sockets},
    {"boost/beast", sockets},
    {"boost/json", {"base/", "crypto/"}},
    {"sqlite3.h", {"db/"}},
    {"libpq-fe.h", {"db/"}},
    {"sodium", {"crypto/", "net/"}},
    {"openssl/", {"crypto/", "net/", "sandbox/"}},
    {"CLI/", {"app/"}},
    {"toml++/", {"base/toml.cpp"}},
    {"flite/", {"sandbox/voice.cpp"}},
    {"spdlog/", {"base/"}},
    {"cctz/", {"base/"}},
    {"phonenumbers/", {"domain/phone.cpp"}},
    {"absl/", {"domain/phone.cpp"}},
    {"google/protobuf/", {"domain/phone.cpp"}},
};

// How words are judged: in which files, which words, and what to do instead.
struct WordRule {
  std::string_view name;
  bool (*covers)(std::string_view path);
  Words words;
  std::string_view advice;
};

bool is_test(std::string_view path) {
  return path.starts_with("tests/") || path.ends_with("_test.cpp");
}
bool is_core(std::string_view path) {
  return !is_test(path) && (path.starts_with("src/domain/") || path.starts_with("src/flow/") ||
                            path.starts_with("src/store/") || path.starts_with("src/sim/"));
}
bool is_beside_db(std::string_view path) {
  return !is_test(path) && path.starts_with("src/") && !path.starts_with("src/db/");
}

const std::vector<WordRule> word_rules = {
    {"clock",
     is_core,
     {"system_clock", "steady_clock", "high_resolution_clock", "steady_timer", "system_timer", "gettimeofday",
      "clock_gettime", "time("},
     "the core gets the time as a value; take `now`, or wait with ports.clock.sleep_until"},
    {"chance",
     is_core,
     {"random_device", "mt19937*", "rand(", "srand(", "getrandom"},
     "the core gets its chance from outside; take a number, or use ports/chance"},
    {"sql",
     is_beside_db,
     {"sqlite3_prepare*", "sqlite3_exec", "sqlite3_get_table", "PQprepare", "PQsendPrepare", "PQexec*",
      "PQsendQuery*"},
     "SQL runs in src/db only; write a named statement in a .sql file and run it through Tx"},
    {"sleep",
     is_test,
     {"sleep_for", "sleep(", "usleep", "nanosleep"},
     "a test waits for what it expects, not for time; use the virtual clock or an event"},
};

struct Finding {
  std::string path;
  std::size_t line;
  std::string rule;
  std::string advice;
};

class Lint {
 public:
  explicit Lint(fs::path root) : root_(std::move(root)) {}

  std::vector<Finding> run() {
    for (const char* folder : {"src", "tests", "tools", "web/src"}) read_folder(folder);
    return std::move(findings_);
  }

 private:
  void read_folder(const fs::path& folder) {
    if (!fs::exists(root_ / folder)) return;

    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / folder)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    for (const fs::path& file : files) read_file(file);
  }

  void read_file(const fs::path& file) {
    static const Words endings = {".h", ".cpp", ".sql", ".ts", ".tsx", ".css", ".S", ""};
    if (std::ranges::find(endings, file.extension().string()) == endings.end()) return;

    path_ = file.lexically_relative(root_).generic_string();
    lines_ = read_lines(file);
    for (at_ = 0; at_ < lines_.size(); ++at_) {
      judge_loose_end();
      if (path_.ends_with(".h") || path_.ends_with(".cpp")) judge_code();
    }
  }

  void judge_code() {
    const std::string included = include_of(lines_[at_].text);
    if (!included.empty()) {
      judge_include(included);
      return;
    }
    for (const WordRule& rule : word_rules) {
      if (rule.covers(path_)) judge_words(rule);
    }
    judge_order();
  }

  static std::string include_of(std::string_view text) {
    if (!text.starts_with("#include")) return {};
    const auto open = text.find_first_of("<\"");
    const auto close = text.find_first_of(">\"", open + 1);
    return open == text.npos || close == text.npos ? std::string()
                                                   : std::string(text.substr(open + 1, close - open - 1));
  }

  void judge_include(const std::string& included) {
    if (!path_.starts_with("src/") || is_test(path_)) return;

    const std::string place = path_.substr(4);
    for (const Vendor& vendor : vendors) {
      if (!included.starts_with(vendor.header)) continue;
      const bool belongs =
          std::ranges::any_of(vendor.places, [&](auto allowed) { return place.starts_with(allowed); });
      if (!belongs)
        report("vendor",
               "<" + included + "> belongs to " + joined(vendor.places) + "; ask what wraps it there");
      return;
    }
    if (lines_[at_].text.find('"') != std::string::npos) judge_layer(included);
  }

  void judge_layer(const std::string& included) {
    const std::string from = path_.substr(4, path_.find('/', 4) - 4);
    const std::string to = included.substr(0, included.find('/'));
    const auto layer = std::ranges::find(layers, from, &Layer::name);
    if (layer == layers.end()) {
      report("layers",
             "src/" + from + " is no layer; put the file into one, or name the new layer in tools/lint.cpp");
    } else if (std::ranges::find(layers, to, &Layer::name) == layers.end() || !included.contains('/')) {
      report("layers", "\"" + included + "\" names no layer; write the path from src/ on");
    } else if (from != to && std::ranges::find(layer->may_include, to) == layer->may_include.end()) {
      report("layers", from + " must not know " + to + "; it may include " +
                           (layer->may_include.empty() ? "nothing of ours" : joined(layer->may_include)));
    }
  }

  void judge_words(const WordRule& rule) {
    for (std::string_view word : rule.words) {
      if (uses(lines_[at_].code, word)) {
        report(rule.name, std::string(word.ends_with("*") ? word.substr(0, word.size() - 1) : word) + ": " +
                              std::string(rule.advice));
        return;
      }
    }
  }

  // What an unordered container holds comes out in another order on another machine, and a run cannot be
  // repeated.
  void judge_order() {
    if (!is_core(path_) || !uses(lines_[at_].code, "unordered_*")) return;
    if (at_ > 0 && lines_[at_ - 1].text.contains("// lookup only")) return;
    report("order",
           "unordered_: use a sorted container, or say `// lookup only` on the line above and never walk "
           "through it");
  }

  void judge_loose_end() {
    for (std::string_view word : {"TO"
                                  "DO",
                                  "FIX"
                                  "ME",
                                  "X"
                                  "XX"}) {
      if (uses(lines_[at_].text, word))
        report("loose-end", std::string(word) + ": do it now or write an issue");
    }
  }

  static std::string joined(const Words& words) {
    std::string text;
    for (std::string_view word : words) text += (text.empty() ? "" : " ") + std::string(word);
    return text;
  }

  void report(std::string_view rule, std::string advice) {
    findings_.push_back({path_, at_ + 1, std::string(rule), std::move(advice)});
  }

  fs::path root_;
  std::string path_;
  std::vector<Line> lines_;
  std::size_t at_ = 0;
  std::vector<Finding> findings_;
};

}  // namespace
}  // namespace lint

int main(int argc, char** argv) {
  if (argc != 2 || !std::filesystem::is_directory(argv[1])) {
    std::fputs("lint: wants one folder, the root of the repository\n", stderr);
    return 2;
  }
  const auto findings = lint::Lint(argv[1]).run();
  for (const auto& finding : findings) {
    std::printf("%s:%zu: %s: %s\n", finding.path.c_str(), finding.line, finding.rule.c_str(),
                finding.advice.c_str());
  }
  return findings.empty() ? 0 : 1;
}
