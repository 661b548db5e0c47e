#include "crypto/file_shelf.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "crypto/hash.h"
#include "crypto/key_file.h"

using namespace ringdown;
using namespace ringdown::crypto;

namespace {

namespace fs = std::filesystem;

const WorkspaceId clinic{Uuid{{1}}};
const WorkspaceId agency{Uuid{{2}}};
const RecordingId first{Uuid{{3}}};
const RecordingId second{Uuid{{4}}};

class Shelf {
 public:
  Shelf() { REQUIRE(read_or_make_key_file(keys())); }
  ~Shelf() { fs::remove_all(folder_); }
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;

  FileShelf& operator*() { return shelf_; }
  FileShelf* operator->() { return &shelf_; }

  fs::path keys() const { return fs::path(folder_) / "ringdown.key"; }
  fs::path file(WorkspaceId workspace, RecordingId id) const {
    return fs::path(folder_) / "recordings" / to_text(workspace) / (to_text(id) + ".sealed");
  }
  std::size_t files() const {
    const fs::path all = fs::path(folder_) / "recordings" / to_text(clinic);
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(all), fs::directory_iterator()));
  }

 private:
  static std::string new_folder() {
    std::string path = (fs::temp_directory_path() / "ringdown-shelf-XXXXXX").string();
    REQUIRE(::mkdtemp(path.data()) != nullptr);
    return path;
  }

  const std::string folder_ = new_folder();
  FileShelf shelf_{fs::path(folder_) / "recordings", keys()};
};

KeptSound keep(Shelf& shelf, RecordingId id, const std::string& sound) {
  const auto writer = shelf->begin(clinic, id).value();
  for (std::size_t at = 0; at < sound.size(); at += 1000) REQUIRE(writer->write(sound.substr(at, 1000)));
  return writer->finish().value();
}

Result<std::string> heard(Shelf& shelf, WorkspaceId workspace, RecordingId id) {
  auto reader = shelf->open(workspace, id);
  if (!reader) return std::unexpected(reader.error());
  std::string all;
  while (true) {
    auto piece = (*reader)->next();
    if (!piece) return std::unexpected(piece.error());
    if (piece->empty()) return all;
    all += *piece;
  }
}

std::string bytes_in(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string a_sound(std::size_t bytes) {
  std::string sound = "RIFF";
  while (sound.size() < bytes) sound += static_cast<char>(sound.size() % 251);
  return sound;
}

}  // namespace

TEST_CASE("a sound comes off the shelf as it was put there, and its size and digest are told") {
  Shelf shelf;
  for (const std::size_t size : {0UL, 1UL, 65'535UL, 65'536UL, 65'537UL, 300'000UL}) {
    CAPTURE(size);
    const std::string sound = a_sound(size).substr(0, size);
    const KeptSound kept = keep(shelf, first, sound);
    const auto back = heard(shelf, clinic, first);
    CAPTURE((back ? "" : back.error().text));
    CHECK(back == sound);
    CHECK(kept.size == static_cast<std::int64_t>(size));
    const Digest digest = sha256(bytes_of(sound));
    CHECK(kept.sha256 == Bytes(digest.begin(), digest.end()));
  }
}

TEST_CASE("what lies on the shelf can be read by nobody else") {
  Shelf shelf;
  keep(shelf, first, "RIFF" + std::string(5000, 'x'));

  const std::string sealed = bytes_in(shelf.file(clinic, first));
  CHECK_FALSE(sealed.contains("RIFF"));
  CHECK_FALSE(sealed.contains("xxxx"));
  CHECK((fs::status(shelf.file(clinic, first)).permissions() &
         (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);
}

TEST_CASE("a sound that was not finished is not there, and the one before stays") {
  Shelf shelf;
  {
    const auto writer = shelf->begin(clinic, first).value();
    REQUIRE(writer->write("half"));
  }
  CHECK(heard(shelf, clinic, first).error().reason == Reason::not_found);

  keep(shelf, first, "whole");
  {
    REQUIRE(shelf->begin(clinic, first).value()->write("half"));
  }
  CHECK(heard(shelf, clinic, first) == "whole");
  CHECK(shelf.files() == 1);
}

TEST_CASE("a file that was changed, cut, lengthened or moved is refused") {
  Shelf shelf;
  keep(shelf, first, a_sound(200'000));
  const std::string sealed = bytes_in(shelf.file(clinic, first));
  std::string changed = sealed;
  changed[100'000] ^= 1;

  for (const std::string& wrong :
       {changed, sealed.substr(0, sealed.size() - 1), sealed.substr(0, 70'000), sealed + "x"}) {
    write(shelf.file(clinic, first), wrong);
    CHECK_FALSE(heard(shelf, clinic, first));
  }
  write(shelf.file(clinic, second), sealed);
  CHECK_FALSE(heard(shelf, clinic, second));
  fs::create_directories(shelf.file(agency, first).parent_path());
  write(shelf.file(agency, first), sealed);
  CHECK_FALSE(heard(shelf, agency, first));
  write(shelf.file(clinic, first), sealed);
  CHECK(heard(shelf, clinic, first) == a_sound(200'000));
}

TEST_CASE("what is dropped is gone, and dropping it again is fine") {
  Shelf shelf;
  keep(shelf, first, "sound");
  CHECK(shelf->drop(clinic, first));
  CHECK_FALSE(fs::exists(shelf.file(clinic, first)));
  CHECK(shelf->drop(clinic, first));
  CHECK(shelf->drop(agency, second));
}

TEST_CASE("a shelf on which nothing can be written says why") {
  Shelf shelf;
  write(shelf.keys().parent_path() / "recordings", "a file where the folder should be");
  CHECK(shelf->begin(clinic, first).error().text.contains("cannot be made"));
}
