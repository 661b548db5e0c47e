// Promises that the compiler keeps: what breaks them must not compile, and for the reason we think.
#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "tests/support/paths.h"
#include "tests/support/temp_dir.h"

namespace {

// What the compiler says of a function body; empty when it has no objection.
std::string objection_to(const std::string& body) {
  const ringdown::test::TempDir folder;
  std::ofstream(folder / "try.cpp") << "#include \"ports/db.h\"\n#include \"domain/access.h\"\n"
                                    << "using namespace ringdown;\nvoid tried(Tx& tx, std::string name) {\n  (void)tx; (void)name;\n  "
                                    << body << "\n}\n";
  const std::string command = "clang++-19 -std=c++23 -fsyntax-only -I" RINGDOWN_SOURCE "/src " + (folder / "try.cpp") + " 2>&1";
  std::FILE* compiler = popen(command.c_str(), "r");
  REQUIRE(compiler != nullptr);
  std::string said;
  std::array<char, 4096> piece{};
  while (const auto got = std::fread(piece.data(), 1, piece.size(), compiler)) said.append(piece.data(), got);
  pclose(compiler);
  return said;
}

}  // namespace

TEST_CASE("SQL that is a constant of the program compiles, SQL put together at run time does not") {
  CHECK(objection_to("static constexpr Statement ok(\"a\", Scope::instance, \"SELECT 1;\", \"SELECT 1;\", 0, false); tx.run(ok);").empty());
  CHECK(objection_to("tx.run(Statement(\"a\", Scope::instance, name, name, 0, false));").contains("not a constant expression"));
}

TEST_CASE("a workspace is never made out of nothing, and ids of different things never mix") {
  CHECK(objection_to("Workspace workspace(WorkspaceId{}); (void)workspace;").empty());
  CHECK(objection_to("Workspace workspace; (void)workspace;").contains("no matching constructor"));
  CHECK(objection_to("Workspace workspace(UserId{}); (void)workspace;").contains("no matching constructor"));
}
