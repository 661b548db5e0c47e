#include "tests/jwt/vectors.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/paths.h"
#include "tests/support/skip.h"

namespace ringdown::test {
namespace {

using namespace crypto;
namespace fs = std::filesystem;

const fs::path source = RINGDOWN_SOURCE "/tests/jwt";
const fs::path folder = RINGDOWN_BUILD "/jwt_vectors";

// Several test programs may want them at the same moment.
class FolderLock {
 public:
  FolderLock() {
    fs::create_directories(folder);
    file_ = ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    REQUIRE(::flock(file_, LOCK_EX) == 0);
  }
  ~FolderLock() { ::close(file_); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int file_;
};

bool succeeds(const std::string& command) {
  return std::system(command.c_str()) == 0;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string in_folder(const std::string& command) {
  return "cd '" + folder.string() + "' && " + command;
}

bool is_installed() {
  return fs::exists(folder / "node_modules/jose") &&
         text_of(folder / "installed-lock.json") == text_of(source / "package-lock.json");
}

bool install() {
  if (is_installed()) return true;

  for (const char* name : {"package.json", "package-lock.json"}) {
    fs::copy_file(source / name, folder / name, fs::copy_options::overwrite_existing);
  }
  if (!succeeds(in_folder("npm ci --prefer-offline --ignore-scripts --no-audit --no-fund >npm.log 2>&1"))) {
    return false;
  }
  fs::copy_file(source / "package-lock.json", folder / "installed-lock.json",
                fs::copy_options::overwrite_existing);
  return true;
}

Vectors make_vectors() {
  const FolderLock alone;
  if (!succeeds("node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' >/dev/null 2>&1")) {
    return {.missing = "the JWT suite needs node 20 or newer on PATH", .all = {}};
  }
  if (!succeeds("npm --version >/dev/null 2>&1")) {
    return {.missing = "the JWT suite needs npm on PATH", .all = {}};
  }
  if (!install()) {
    return {.missing =
                "npm cannot install jose (offline with an empty cache?); see jwt_vectors/npm.log in the "
                "build folder",
            .all = {}};
  }

  fs::copy_file(source / "sign.mjs", folder / "sign.mjs", fs::copy_options::overwrite_existing);
  REQUIRE(succeeds(in_folder("node sign.mjs " + std::to_string(vectors_seconds) + " >vectors.json")));
  Vectors vectors{.missing = {}, .all = boost::json::parse(text_of(folder / "vectors.json"))};
  fs::remove(folder / "vectors.json");
  return vectors;
}

}  // namespace

const Vectors* vectors() {
  static const Vectors made = make_vectors();
  if (made.missing.empty()) return &made;

  test::skip(made.missing.c_str());
  return nullptr;
}

Issuer supabase(const Vectors& given) {
  return {.name = "supabase",
          .kind = IssuerKind::supabase,
          .iss = given.issuer("supabase"),
          .algorithms = {Algorithm::es256, Algorithm::rs256, Algorithm::hs256},
          .audience = "authenticated",
          .authorized_parties = {},
          .hs256_secret = given.text("secret")};
}

Issuer clerk(const Vectors& given) {
  return {.name = "clerk",
          .kind = IssuerKind::clerk,
          .iss = given.issuer("clerk"),
          .algorithms = {Algorithm::rs256},
          .audience = {},
          .authorized_parties = {"https://other.example.com", given.issuer("origin")},
          .hs256_secret = {}};
}

}  // namespace ringdown::test
