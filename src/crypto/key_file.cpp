#include "crypto/key_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "crypto/sodium.h"

namespace ringdown::crypto {
namespace {

namespace fs = std::filesystem;

constexpr off_t file_bytes_max = 16 * 1024;
constexpr mode_t others = S_IRWXG | S_IRWXO;

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  explicit operator bool() const { return descriptor_ >= 0; }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

std::unexpected<Failure> cannot(const char* what, const fs::path& path, const char* advice) {
  const int error = errno;
  return fail(error == ENOENT ? Reason::not_found : Reason::unavailable,
              std::string("cannot ") + what + " key file " + path.string() + ": " + std::strerror(error) +
                  "; " + advice);
}

Result<void> judge_access(const struct stat& status, const fs::path& path) {
  const std::string file = "key file " + path.string();
  if (!S_ISREG(status.st_mode)) return fail(Reason::forbidden, file + " is not a plain file; name one");
  if (status.st_uid != ::geteuid()) {
    return fail(Reason::forbidden, file + " belongs to another user; chown it to the product's");
  }
  if ((status.st_mode & others) != 0) {
    return fail(Reason::forbidden, file + " is open to other users; chmod 600 it");
  }
  if (status.st_size > file_bytes_max) {
    return fail(Reason::too_large, file + " is larger than 16 KiB; name the right file");
  }
  return {};
}

// The folder stands for the file in locking and syncing, since the file itself is replaced.
fs::path folder_of(const fs::path& path) {
  const fs::path folder = path.parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool write_synced(const fs::path& path, std::string_view text) {
  const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  return file && write_all(file.get(), text) && ::fsync(file.get()) == 0;
}

// The caller holds the folder's lock, so a .new that lies here is what a crash left behind.
Result<void> replace_file(const fs::path& path, const File& folder, const KeyRing& ring) {
  const fs::path fresh = path.string() + ".new";
  std::string text = ring.to_text();
  ::unlink(fresh.c_str());
  const bool done =
      write_synced(fresh, text) && ::rename(fresh.c_str(), path.c_str()) == 0 && ::fsync(folder.get()) == 0;
  sodium_memzero(text.data(), text.size());
  if (!done) return cannot("write", path, "free space or allow writing in its folder");
  return {};
}

template <class Work>
Result<KeyRing> locked(const fs::path& path, Work work) {
  const File folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) return cannot("reach the folder of", path, "make it");
  if (::flock(folder.get(), LOCK_EX) != 0) return cannot("lock the folder of", path, "try again");
  return work(folder);
}

Result<KeyRing> written(const fs::path& path, const File& folder, KeyRing ring) {
  if (auto done = replace_file(path, folder, ring); !done) return std::unexpected(done.error());
  return ring;
}

}  // namespace

Result<KeyRing> read_key_file(const fs::path& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status;
  if (!file || ::fstat(file.get(), &status) != 0) {
    return cannot("open", path, "put it there or set another path");
  }
  if (auto judged = judge_access(status, path); !judged) return std::unexpected(judged.error());

  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  const ssize_t length = ::read(file.get(), text.data(), text.size());
  if (length != status.st_size) return cannot("read", path, "check the disk");

  auto ring = KeyRing::parse(text);
  sodium_memzero(text.data(), text.size());
  return ring;
}

Result<KeyRing> read_or_make_key_file(const fs::path& path) {
  return locked(path, [&](const File& folder) -> Result<KeyRing> {
    auto ring = read_key_file(path);
    if (ring || ring.error().reason != Reason::not_found) return ring;
    return written(path, folder, KeyRing::fresh());
  });
}

Result<KeyRing> add_key_to_file(const fs::path& path) {
  return locked(path, [&](const File& folder) -> Result<KeyRing> {
    auto ring = read_key_file(path);
    if (!ring) return ring;
    ring->add_key();
    return written(path, folder, std::move(*ring));
  });
}

}  // namespace ringdown::crypto
