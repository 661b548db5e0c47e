#include "crypto/file_shelf.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "crypto/hash.h"
#include "crypto/key_file.h"
#include "crypto/seal_stream.h"

namespace ringdown::crypto {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_bytes = 64 * 1024;

std::unexpected<Failure> broken(const char* what, int error) {
  return fail(Reason::unavailable, std::string(what) + ": " + std::strerror(error));
}

Place place_of(WorkspaceId workspace, RecordingId id) {
  return {workspace.value, "recording " + to_text(id)};
}

// Written beside its name, so that a crash leaves nothing that looks whole.
class Writer : public SoundWriter {
 public:
  Writer(int file, fs::path beside, fs::path path, const KeyRing& keys, const Place& place)
      : file_(file),
        beside_(std::move(beside)),
        path_(std::move(path)),
        seal_(keys, Purpose::recordings, place, [this](auto bytes) { put(bytes); }) {}

  ~Writer() override {
    ::close(file_);
    std::error_code ignored;  // it has its name by now, or was never whole
    fs::remove(beside_, ignored);
  }

  Result<void> write(std::string_view piece) override {
    seal_.write(bytes_of(piece));
    hash_.add(bytes_of(piece));
    size_ += static_cast<std::int64_t>(piece.size());
    return state();
  }

  Result<KeptSound> finish() override {
    seal_.finish();
    if (error_ == 0 && ::fsync(file_) != 0) error_ = errno;
    if (error_ == 0 && ::rename(beside_.c_str(), path_.c_str()) != 0) error_ = errno;
    if (error_ == 0) sync_folder();
    if (const auto whole = state(); !whole) return std::unexpected(whole.error());
    const Digest digest = hash_.digest();
    return KeptSound{size_, Bytes(digest.begin(), digest.end())};
  }

 private:
  void put(std::span<const std::uint8_t> bytes) {
    while (error_ == 0 && !bytes.empty()) {
      const auto written = ::write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        error_ = errno;
      } else {
        bytes = bytes.subspan(static_cast<std::size_t>(written));
      }
    }
  }

  void sync_folder() {
    const int folder = ::open(path_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 || ::fsync(folder) != 0) error_ = errno;
    if (folder >= 0) ::close(folder);
  }

  Result<void> state() const {
    if (error_ != 0) return broken("a recording cannot be written", error_);
    return {};
  }

  const int file_;
  int error_ = 0;  // before what begins to write at once
  const fs::path beside_;
  const fs::path path_;
  SealStream seal_;
  Sha256 hash_;
  std::int64_t size_ = 0;
};

class Reader : public SoundReader {
 public:
  Reader(std::ifstream file, const KeyRing& keys, const Place& place)
      : file_(std::move(file)), stream_(keys, Purpose::recordings, place, [this](auto plain) {
          ready_.append(reinterpret_cast<const char*>(plain.data()), plain.size());
        }) {}

  Result<std::string> next() override {
    ready_.clear();
    std::string sealed(piece_bytes, '\0');
    while (ready_.empty() && !at_end_) {
      file_.read(sealed.data(), static_cast<std::streamsize>(sealed.size()));
      if (file_.bad()) return fail(Reason::unavailable, "a recording cannot be read");
      at_end_ = file_.eof();
      const auto got = static_cast<std::size_t>(file_.gcount());
      auto opened = stream_.write(bytes_of(std::string_view(sealed).substr(0, got)));
      if (opened && at_end_) opened = stream_.finish();
      if (!opened) return std::unexpected(opened.error());
    }
    return std::move(ready_);
  }

 private:
  std::ifstream file_;
  std::string ready_;
  OpenStream stream_;
  bool at_end_ = false;
};

}  // namespace

fs::path FileShelf::file_of(WorkspaceId workspace, RecordingId id) const {
  return folder_ / to_text(workspace) / (to_text(id) + ".sealed");
}

Result<std::unique_ptr<SoundWriter>> FileShelf::begin(WorkspaceId workspace, RecordingId id) {
  const auto keys = read_key_file(key_file_);
  if (!keys) return std::unexpected(keys.error());
  const fs::path path = file_of(workspace, id);
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return broken("the folder of recordings cannot be made", error.value());

  const std::string beside = path.string() + ".new";
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return broken("a recording cannot be written", errno);
  return std::make_unique<Writer>(file, beside, path, *keys, place_of(workspace, id));
}

Result<std::unique_ptr<SoundReader>> FileShelf::open(WorkspaceId workspace, RecordingId id) const {
  const auto keys = read_key_file(key_file_);
  if (!keys) return std::unexpected(keys.error());
  std::ifstream file(file_of(workspace, id), std::ios::binary);
  if (!file) return fail(Reason::not_found, "the recording is not on this machine's shelf");
  return std::make_unique<Reader>(std::move(file), *keys, place_of(workspace, id));
}

Result<void> FileShelf::drop(WorkspaceId workspace, RecordingId id) {
  std::error_code error;
  fs::remove(file_of(workspace, id), error);
  if (error) return broken("a recording cannot be deleted", error.value());
  return {};
}

}  // namespace ringdown::crypto
