#include "app/backup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <vector>

#include "app/data_folder.h"
#include "app/open_store.h"
#include "crypto/key_file.h"
#include "crypto/seal_stream.h"
#include "db/whole_store.h"
#include "ports/await.h"
#include "store/backup.h"
#include "store/facts.h"
#include "store/postgres_migrations.h"
#include "store/sqlite_migrations.h"

namespace ringdown {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_bytes = 64 * 1024;
const crypto::Place place{{}, "backup"};

std::string key_file(const Config& config) {
  return config.data + "/ringdown.key";
}

template <class T>
T value_or_throw(Result<T> result) {
  if (!result) throw Breakage(result.error().reason, result.error().text);
  return std::move(*result);
}

[[noreturn]] void cannot(const char* what, const std::string& file) {
  throw Breakage(Reason::unavailable, fmt::format("cannot {} {}: {}", what, file, std::strerror(errno)));
}

Time now() {
  return std::chrono::floor<Span>(std::chrono::system_clock::now());
}

// A file under another name until it is whole and on the disk.
class NewFile {
 public:
  explicit NewFile(const std::string& name) : name_(name), part_(name + ".part") {
    if (fs::exists(name_)) {
      throw Breakage(Reason::conflict, name_ + " exists already; choose another name or take it away");
    }
    file_ = open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file_ < 0) cannot("write", part_);
  }
  ~NewFile() {
    close(file_);
    unlink(part_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR) cannot("write", part_);
      bytes = bytes.subspan(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
  }

  // link(2) replaces nothing, as rename would.
  void finish() {
    if (fsync(file_) != 0) cannot("write", part_);
    if (link(part_.c_str(), name_.c_str()) != 0) cannot("make", name_);
    const std::string folder = fs::absolute(name_).parent_path();
    const int directory = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = directory >= 0 && fsync(directory) == 0;
    close(directory);
    if (!synced) cannot("write", folder);
  }

 private:
  std::string name_;
  std::string part_;
  int file_;
};

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

void read_store(const Config& config, const WholeWork& work) {
  if (config.database_url)
    return read_whole_postgres(config.database_url->reveal(), postgres_migrations, work);
  if (!fs::exists(database_file(config))) {
    throw Breakage(Reason::not_found, database_file(config) + " does not exist; there is nothing to back up");
  }
  read_whole_sqlite(database_file(config), sqlite_migrations, work);
}

void fill_store(const Config& config, const WholeWork& work) {
  if (!config.database_url) return write_whole_sqlite(database_file(config), sqlite_migrations, work);
  if (config.migrate_database_url) migrate_store(config, {});
  write_whole_postgres(config.database_url->reveal(), postgres_migrations, work);
}

struct OpenFile {
  const int descriptor;
  ~OpenFile() { close(descriptor); }
};

// Reads the sealed file to its end and proves all of it; what the sink was given before counts only then.
void open_backup(const crypto::KeyRing& ring, const std::string& name, const crypto::Sink& sink) {
  const OpenFile file{open(name.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.descriptor < 0) cannot("read", name);

  crypto::OpenStream sealed(ring, crypto::Purpose::backups, place, sink);
  const auto proved = [&](const Result<void>& result) {
    if (!result)
      throw Breakage(result.error().reason, fmt::format("cannot restore {}: {}", name, result.error().text));
  };
  std::vector<std::uint8_t> piece(piece_bytes);
  while (true) {
    const ssize_t bytes = read(file.descriptor, piece.data(), piece.size());
    if (bytes < 0) cannot("read", name);
    if (bytes == 0) break;
    proved(sealed.write(std::span(piece).first(static_cast<std::size_t>(bytes))));
  }
  proved(sealed.finish());
}

crypto::KeyRing key_of_backup(const Config& config) {
  if (fs::exists(key_file(config))) return value_or_throw(crypto::read_key_file(key_file(config)));
  throw Breakage(
      Reason::not_found,
      fmt::format("{} does not exist; a backup is opened by the key file of the instance that made it: "
                  "put that one there first",
                  key_file(config)));
}

}  // namespace

int backup(const Config& config, const std::string& file) {
  const crypto::KeyRing ring = value_or_throw(crypto::read_or_make_key_file(key_file(config)));
  NewFile made(file);
  crypto::SealStream seal(ring, crypto::Purpose::backups, place, [&](auto bytes) { made.write(bytes); });

  store::BackupSize size;
  read_store(config, [&](WholeStore& store) {
    size = store::write_backup(store, now(), [&](std::string_view text) { seal.write(bytes_of(text)); });
  });
  seal.finish();
  made.finish();

  std::printf("%lld rows of %lld workspaces are in %s\n", static_cast<long long>(size.rows),
              static_cast<long long>(size.workspaces), file.c_str());
  std::printf("keep %s as well, and elsewhere: nothing opens the backup without it\n",
              key_file(config).c_str());
  return 0;
}

// The whole file is proved before the database is touched, and again while it is read for good.
int restore(const Config& config, const std::string& file) {
  const crypto::KeyRing ring = key_of_backup(config);
  open_backup(ring, file, [](std::span<const std::uint8_t>) {});

  const DataFolder folder(config.data);
  store::BackupSize size;
  fill_store(config, [&](WholeStore& store) {
    store::BackupLoader loader(store);
    open_backup(ring, file, [&](std::span<const std::uint8_t> bytes) {
      loader.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    });
    size = loader.finish(now());
  });

  std::printf("restored %lld rows of %lld workspaces\n", static_cast<long long>(size.rows),
              static_cast<long long>(size.workspaces));
  std::puts("nobody is signed in, and dialing is paused until `ringdown resume-dialing`");
  return 0;
}

int resume_dialing(const Config& config) {
  const auto db = open_store(config);
  const bool was_paused = await(db->instance([](Tx& tx) { return store::resume_dialing(tx); }));
  std::puts(was_paused ? "dialing goes on" : "dialing was not paused");
  return 0;
}

}  // namespace ringdown
