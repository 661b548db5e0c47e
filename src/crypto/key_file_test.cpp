#include "crypto/key_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>
#include <vector>

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path;

  Folder() {
    std::string name = (fs::temp_directory_path() / "ringdown_keys_XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path keys() const { return path / "keys"; }
};

mode_t mode_of(const fs::path& path) {
  struct stat status{};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

}  // namespace

TEST_CASE("a missing key file is made for its owner alone, and read again as it is") {
  const Folder folder;

  const auto made = read_or_make_key_file(folder.keys());
  const auto read = read_or_make_key_file(folder.keys());

  REQUIRE(made);
  REQUIRE(read);
  CHECK(made->to_text() == read->to_text());
  CHECK(mode_of(folder.keys()) == 0600);
  CHECK(std::distance(fs::directory_iterator(folder.path), {}) == 1);
}

TEST_CASE("only reading never makes a key") {
  const Folder folder;

  CHECK(read_key_file(folder.keys()).error().reason == Reason::not_found);
  CHECK(add_key_to_file(folder.keys()).error().reason == Reason::not_found);
  CHECK_FALSE(fs::exists(folder.keys()));
}

TEST_CASE("a key file that others can read or write is refused") {
  const Folder folder;
  REQUIRE(read_or_make_key_file(folder.keys()));

  for (mode_t mode : {0640, 0604, 0620, 0602, 0610, 0601}) {
    CAPTURE(mode);
    REQUIRE(::chmod(folder.keys().c_str(), mode) == 0);
    CHECK(read_key_file(folder.keys()).error().reason == Reason::forbidden);
    CHECK(read_or_make_key_file(folder.keys()).error().reason == Reason::forbidden);
    CHECK(add_key_to_file(folder.keys()).error().reason == Reason::forbidden);
  }
  REQUIRE(::chmod(folder.keys().c_str(), 0400) == 0);
  CHECK(read_key_file(folder.keys()));
}

TEST_CASE("a folder, a link or a pipe is no key file") {
  const Folder folder;
  REQUIRE(read_or_make_key_file(folder.keys()));
  fs::create_symlink(folder.keys(), folder.path / "link");
  fs::create_directory(folder.path / "folder");
  REQUIRE(::mkfifo((folder.path / "pipe").c_str(), 0600) == 0);

  for (const char* name : {"link", "folder", "pipe"}) {
    CAPTURE(name);
    CHECK_FALSE(read_key_file(folder.path / name));
    CHECK_FALSE(read_or_make_key_file(folder.path / name));
  }
}

TEST_CASE("a spoiled key file is reported and left as it is") {
  const Folder folder;
  REQUIRE(read_or_make_key_file(folder.keys()));
  std::ofstream(folder.keys()) << "spoiled";

  CHECK(read_or_make_key_file(folder.keys()).error().reason == Reason::invalid);
  CHECK(add_key_to_file(folder.keys()).error().reason == Reason::invalid);
  CHECK(fs::file_size(folder.keys()) == 7);
}

TEST_CASE("rotation adds a key to the file, over the rest of a crash as well") {
  const Folder folder;
  const auto before = read_or_make_key_file(folder.keys());
  std::ofstream(folder.path / "keys.new") << "half a";

  const auto after = add_key_to_file(folder.keys());

  REQUIRE(after);
  CHECK(after->size() == 2);
  CHECK(after->to_text().starts_with(before->to_text()));
  CHECK(read_key_file(folder.keys())->to_text() == after->to_text());
  CHECK(mode_of(folder.keys()) == 0600);
  CHECK_FALSE(fs::exists(folder.path / "keys.new"));
}

TEST_CASE("processes that start or rotate at once agree on one ring and lose no key") {
  const Folder folder;
  std::vector<std::string> rings(8);
  {
    std::vector<std::jthread> starters;
    for (auto& ring : rings) {
      starters.emplace_back([&] { ring = read_or_make_key_file(folder.keys()).value().to_text(); });
    }
  }
  for (const auto& ring : rings) CHECK(ring == rings.front());

  {
    std::vector<std::jthread> rotators;
    for (int i = 0; i < 8; ++i) rotators.emplace_back([&] { (void)add_key_to_file(folder.keys()); });
  }
  CHECK(read_key_file(folder.keys())->size() == 9);
}
