// Plants one violation of each kind in a small tree and sees the lint find exactly that.
#include <doctest/doctest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/paths.h"

namespace fs = std::filesystem;

namespace {

class Tree {
 public:
  Tree() { REQUIRE(::mkdtemp(root_.data()) != nullptr); }
  ~Tree() { fs::remove_all(root_); }

  void write(const fs::path& path, const std::string& text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  // What the lint prints about the tree, line by line, and whether it was content.
  bool lint(std::vector<std::string>& lines) const {
    std::FILE* pipe = ::popen((RINGDOWN_BUILD "/lint " + root_).c_str(), "r");
    REQUIRE(pipe != nullptr);
    char line[1000];
    while (std::fgets(line, sizeof line, pipe) != nullptr) lines.emplace_back(line);
    return ::pclose(pipe) == 0;
  }

 private:
  std::string root_ = (fs::temp_directory_path() / "ringdown-lint-XXXXXX").string();
};

struct Plant {
  const char* says;
  const char* path;
  const char* text;
  const char* finding;  // how the one line begins; null when the lint is to be content
};

const std::vector<Plant> plants = {
    // layers
    {"domain knows base", "src/domain/a.h", "#include \"base/text.h\"\n", nullptr},
    {"the simulator knows a store and its database", "src/sim/a.h", "#include \"db/sqlite/x.h\"\n", nullptr},
    {"app knows everything", "src/app/a.h", "#include \"api/x.h\"\n#include \"sandbox/y.h\"\n", nullptr},
    {"an edge knows itself", "src/mail/a.cpp", "#include \"mail/b.h\"\n", nullptr},
    {"a test is free", "src/base/a_test.cpp", "#include \"app/x.h\"\n#include <sqlite3.h>\n", nullptr},
    {"base must not know domain", "src/base/a.h", "#include \"domain/x.h\"\n",
     "src/base/a.h:1: layers: base must not know domain"},
    {"domain must not know ports", "src/domain/a.h", "\n#include \"ports/x.h\"\n",
     "src/domain/a.h:2: layers: "},
    {"ports must not know store", "src/ports/a.h", "#include \"store/x.h\"\n", "src/ports/a.h:1: layers: "},
    {"store must not know flow", "src/store/a.cpp", "#include \"flow/x.h\"\n", "src/store/a.cpp:1: layers: "},
    {"flow must not know api", "src/flow/a.cpp", "#include \"api/x.h\"\n", "src/flow/a.cpp:1: layers: "},
    {"flow must not know sockets", "src/flow/a.cpp", "#include \"net/x.h\"\n", "src/flow/a.cpp:1: layers: "},
    {"api must not know an edge", "src/api/a.cpp", "#include \"carrier/x.h\"\n", "src/api/a.cpp:1: layers: "},
    {"net must not know ports", "src/net/a.cpp", "#include \"ports/x.h\"\n", "src/net/a.cpp:1: layers: "},
    {"an edge must not know store", "src/voice/a.cpp", "#include \"store/x.h\"\n",
     "src/voice/a.cpp:1: layers: "},
    {"the carrier checks signatures", "src/carrier/twilio/a.cpp", "#include \"crypto/x.h\"\n", nullptr},
    {"an edge must not know another", "src/carrier/twilio/a.cpp", "#include \"voice/x.h\"\n",
     "src/carrier/twilio/a.cpp:1: layers: carrier must not know voice"},
    {"the twins must not know our domain", "src/sandbox/a.cpp", "#include \"domain/x.h\"\n",
     "src/sandbox/a.cpp:1: layers: "},
    {"the simulator must not know api", "src/sim/a.cpp", "#include \"api/x.h\"\n",
     "src/sim/a.cpp:1: layers: "},
    {"nobody knows app", "src/api/a.cpp", "#include \"app/x.h\"\n", "src/api/a.cpp:1: layers: "},
    {"product code knows no tests", "src/app/a.cpp", "#include \"tests/support/skip.h\"\n",
     "src/app/a.cpp:1: layers: "},
    {"an include names its layer", "src/base/a.cpp", "#include \"text.h\"\n", "src/base/a.cpp:1: layers: "},
    {"a folder is a layer", "src/misc/a.cpp", "#include \"base/text.h\"\n",
     "src/misc/a.cpp:1: layers: src/misc is no layer"},

    // vendor headers
    {"ports/task.h has the Asio header", "src/ports/task.h", "#include <boost/asio/awaitable.hpp>\n",
     nullptr},
    {"describe and mp11 go anywhere", "src/store/a.h",
     "#include <boost/describe.hpp>\n#include <boost/mp11.hpp>\n", nullptr},
    {"Asio stays out of flow", "src/flow/a.h", "#include <boost/asio.hpp>\n",
     "src/flow/a.h:1: vendor: <boost/asio.hpp>"},
    {"Asio stays out of other ports", "src/ports/a.h", "#include <boost/asio.hpp>\n",
     "src/ports/a.h:1: vendor: "},
    {"Beast stays out of api", "src/api/a.cpp", "#include <boost/beast/http.hpp>\n",
     "src/api/a.cpp:1: vendor: "},
    {"JSON is read in base", "src/api/a.cpp", "#include <boost/json.hpp>\n", "src/api/a.cpp:1: vendor: "},
    {"SQLite stays in db", "src/store/a.cpp", "#include <sqlite3.h>\n", "src/store/a.cpp:1: vendor: "},
    {"libpq stays in db", "src/app/a.cpp", "#include <libpq-fe.h>\n", "src/app/a.cpp:1: vendor: "},
    {"sodium stays in crypto", "src/base/a.cpp", "#include <sodium.h>\n", "src/base/a.cpp:1: vendor: "},
    {"OpenSSL stays in crypto and net", "src/carrier/a.cpp", "#include <openssl/hmac.h>\n",
     "src/carrier/a.cpp:1: vendor: "},
    {"flags are read in app", "src/base/a.cpp", "#include <CLI/CLI.hpp>\n", "src/base/a.cpp:1: vendor: "},
    {"TOML is read in base/toml", "src/domain/a.cpp", "#include <toml++/toml.h>\n",
     "src/domain/a.cpp:1: vendor: "},
    {"flite speaks in one file", "src/sandbox/talk.cpp", "#include <flite/flite.h>\n",
     "src/sandbox/talk.cpp:1: vendor: "},
    {"phone numbers are read in one file", "src/domain/a.cpp", "#include <phonenumbers/phonenumberutil.h>\n",
     "src/domain/a.cpp:1: vendor: "},

    // clock, chance and order in the core
    {"an edge may wait", "src/mail/a.cpp", "boost::asio::steady_timer timer;\n", nullptr},
    {"a comment may name a clock", "src/flow/a.cpp", "int a;  // not a steady_clock\n/* rand()\n rand() */\n",
     nullptr},
    {"a text may name a clock", "src/flow/a.cpp", "auto a = \"rand()\"; auto b = R\"x(\nrand()\n)x\";\n",
     nullptr},
    {"another word may end like one", "src/domain/a.cpp", "int operand(int);\nint x = operand(1'000);\n",
     nullptr},
    {"the core reads no clock", "src/domain/a.cpp", "auto n = std::chrono::system_clock::now();\n",
     "src/domain/a.cpp:1: clock: "},
    {"the core reads no steady clock", "src/flow/a.cpp", "std::chrono::steady_clock c;\n",
     "src/flow/a.cpp:1: clock: "},
    {"the core sets no timer", "src/flow/a.cpp", "asio::steady_timer t;\n", "src/flow/a.cpp:1: clock: "},
    {"the core throws no dice", "src/store/a.cpp", "std::random_device d;\n", "src/store/a.cpp:1: chance: "},
    {"nor C's", "src/domain/a.cpp", "/* a */ int x = rand ();\n", "src/domain/a.cpp:1: chance: "},
    {"nor the kernel's", "src/flow/a.cpp", "getrandom(p, n, 0);\n", "src/flow/a.cpp:1: chance: "},
    {"the core walks in order", "src/flow/a.cpp", "std::unordered_map<int, int> m;\n",
     "src/flow/a.cpp:1: order: "},
    {"unless it only looks up", "src/flow/a.cpp",
     "#include <unordered_map>\n// lookup only\nstd::unordered_map<int, int> m;\n", nullptr},

    // SQL
    {"a driver runs SQL", "src/db/sqlite/a.cpp", "sqlite3_prepare_v2(db, s, n, &p, nullptr);\n", nullptr},
    {"a test may", "tests/a_test.cpp", "PQexec(c, s);\n", nullptr},
    {"others do not prepare", "src/store/a.cpp", "sqlite3_prepare_v3(db);\n",
     "src/store/a.cpp:1: sql: sqlite3_prepare: "},
    {"nor execute", "src/app/a.cpp", "sqlite3_exec(db);\n", "src/app/a.cpp:1: sql: "},
    {"nor ask PostgreSQL", "src/api/a.cpp", "PQexecParams(c);\n", "src/api/a.cpp:1: sql: "},
    {"nor send it anything", "src/app/a.cpp", "PQsendQueryPrepared(c);\n", "src/app/a.cpp:1: sql: "},

    // loose ends and sleep
    {"an empty mktemp pattern is no loose end", "src/base/a.cpp", "auto p = \"a-XXXXXX\";\n", nullptr},
    {"no loose end in code", "src/base/a.cpp",
     "int a;  // TO"
     "DO: later\n",
     "src/base/a.cpp:1: loose-end: "},
    {"nor in SQL", "src/store/sql/a.sql",
     "-- FIX"
     "ME\n",
     "src/store/sql/a.sql:1: loose-end: "},
    {"nor in a test", "tests/a.cpp",
     "\n\n// X"
     "XX\n",
     "tests/a.cpp:3: loose-end: "},
    {"product code may sleep", "src/app/a.cpp", "std::this_thread::sleep_for(1s);\n", nullptr},
    {"the virtual clock is not asleep", "tests/a.cpp", "clock.sleep_until(t);\n", nullptr},
    {"a test does not sleep", "tests/a.cpp", "std::this_thread::sleep_for(1s);\n", "tests/a.cpp:1: sleep: "},
    {"beside the source neither", "src/base/a_test.cpp", "usleep(1);\n", "src/base/a_test.cpp:1: sleep: "},
};

}  // namespace

TEST_CASE("the lint finds each planted violation, that alone, and leaves the rest in peace") {
  for (const Plant& plant : plants) {
    CAPTURE(std::string(plant.says));
    const Tree tree;
    tree.write("src/base/clean.h", "#pragma once\n#include <string>\n");
    tree.write(plant.path, plant.text);

    std::vector<std::string> lines;
    const bool content = tree.lint(lines);

    CAPTURE(lines);
    CHECK(content == (plant.finding == nullptr));
    REQUIRE(lines.size() == (plant.finding == nullptr ? 0 : 1));
    if (plant.finding != nullptr) CHECK(lines[0].starts_with(plant.finding));
  }
}

TEST_CASE("a finding says file, line, rule and what to do") {
  const Tree tree;
  tree.write("src/flow/a.cpp", "#include \"flow/a.h\"\n\nint n = rand();\n");

  std::vector<std::string> lines;
  tree.lint(lines);

  REQUIRE(lines.size() == 1);
  CHECK(lines[0] ==
        "src/flow/a.cpp:3: chance: rand(: the core gets its chance from outside; take a number, or use "
        "ports/chance\n");
}

TEST_CASE("the lint of a folder that is not there is an error of its own") {
  const int status = std::system(RINGDOWN_BUILD "/lint /nowhere/at/all 2>/dev/null");

  CHECK(WEXITSTATUS(status) == 2);
}
