// The main of every test program: doctest, and a count of what passed, failed and was skipped for ./dev test,
// which adds the programs up. The counts go to the file that RINGDOWN_TEST_COUNTS names, under the name that
// CMake gave the test; RINGDOWN_TEST_FILTER picks cases by their sentence.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>

#include "tests/support/skip.h"

namespace ringdown::test {
namespace {

struct Counts {
  int passed = 0;
  int failed = 0;
  int skipped = 0;
};

Counts counts;
bool skip_asked = false;

struct Counter : doctest::IReporter {
  explicit Counter(const doctest::ContextOptions&) {}

  void test_case_start(const doctest::TestCaseData&) override { skip_asked = false; }
  void test_case_end(const doctest::CurrentTestCaseStats& stats) override {
    if (stats.failure_flags != 0) {
      ++counts.failed;
    } else if (skip_asked) {
      ++counts.skipped;
    } else {
      ++counts.passed;
    }
  }
  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}
};

REGISTER_LISTENER("counter", 1, Counter);

}  // namespace

void skip(const char* why) {
  skip_asked = true;
  std::printf("SKIPPED: %s\n", why);
}

}  // namespace ringdown::test

int main(int argc, char** argv) {
  doctest::Context context(argc, argv);
  if (const char* filter = std::getenv("RINGDOWN_TEST_FILTER")) context.addFilter("test-case", filter);
  const int status = context.run();

  const auto& counts = ringdown::test::counts;
  if (const char* path = std::getenv("RINGDOWN_TEST_COUNTS")) {
    if (std::FILE* file = std::fopen(path, "a")) {
      const char* name = std::getenv("RINGDOWN_TEST_NAME");
      std::fprintf(file, "%d %d %d %s\n", counts.passed, counts.failed, counts.skipped,
                   name ? name : argv[0]);
      std::fclose(file);
    }
  }
  return status;
}
