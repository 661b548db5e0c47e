#include "tests/faults/faulty_files.h"

#include <sqlite3.h>

#include <mutex>
#include <new>
#include <optional>
#include <vector>

namespace ringdown::test {
namespace {

std::mutex mutex;
std::optional<FilePlan> plan;
int calls = 0;
int met = 0;

// Zero, or the error that this call is to end with.
int fault_in(FileCall call) {
  const std::lock_guard lock(mutex);
  if (!plan || (plan->call != FileCall::any && plan->call != call)) return 0;
  ++calls;
  if (calls != plan->nth && !(plan->lasting && calls > plan->nth)) return 0;
  ++met;
  return plan->code;
}

sqlite3_vfs* system_files() {
  static sqlite3_vfs* const real = sqlite3_vfs_find("unix");
  return real;
}

// SQLite reserves room for this and, behind it, for the real file.
struct File {
  sqlite3_file base;

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<File*>(file)->real();
}

int close(sqlite3_file* file) {
  return real(file)->pMethods ? real(file)->pMethods->xClose(real(file)) : SQLITE_OK;
}
int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  return real(file)->pMethods->xRead(real(file), to, size, at);
}
// A write that fails leaves its first half, and behind it something else than was meant.
int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  const int fault = fault_in(FileCall::write);
  if (fault == 0) return real(file)->pMethods->xWrite(real(file), from, size, at);

  std::vector<char> torn(static_cast<const char*>(from), static_cast<const char*>(from) + size);
  for (std::size_t i = torn.size() / 2; i < torn.size(); ++i) torn[i] = static_cast<char>(~torn[i]);
  real(file)->pMethods->xWrite(real(file), torn.data(), size, at);
  return fault;
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (const int fault = fault_in(FileCall::truncate)) return fault;
  return real(file)->pMethods->xTruncate(real(file), size);
}
int sync(sqlite3_file*, int) {
  return fault_in(FileCall::sync);
}  // nobody pulls the plug of a test
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int kind) {
  return real(file)->pMethods->xLock(real(file), kind);
}
int unlock(sqlite3_file* file, int kind) {
  return real(file)->pMethods->xUnlock(real(file), kind);
}
int check_lock(sqlite3_file* file, int* held) {
  return real(file)->pMethods->xCheckReservedLock(real(file), held);
}
int control(sqlite3_file* file, int what, void* with) {
  return real(file)->pMethods->xFileControl(real(file), what, with);
}
int sector_size(sqlite3_file* file) {
  return real(file)->pMethods->xSectorSize(real(file));
}
int characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** at) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, at);
}
int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void shm_barrier(sqlite3_file* file) {
  real(file)->pMethods->xShmBarrier(real(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}
int fetch(sqlite3_file* file, sqlite3_int64 at, int size, void** to) {
  return real(file)->pMethods->xFetch(real(file), at, size, to);
}
int unfetch(sqlite3_file* file, sqlite3_int64 at, void* from) {
  return real(file)->pMethods->xUnfetch(real(file), at, from);
}

constexpr sqlite3_io_methods methods{
    3,         close,      read,    write,       truncate,        sync,    file_size, lock,
    unlock,    check_lock, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap, fetch,      unfetch};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* opened) {
  file->pMethods = nullptr;
  real(file)->pMethods = nullptr;
  if (const int fault = fault_in(FileCall::open)) return fault;
  const int code = system_files()->xOpen(system_files(), name, real(file), flags, opened);
  if (real(file)->pMethods) file->pMethods = &methods;
  return code;
}

// Everything that is not about an open file is the system's business.
const struct Registered {
  Registered() {
    sqlite3_initialize();
    vfs = *system_files();
    vfs.zName = "faulty";
    vfs.szOsFile += static_cast<int>(sizeof(File));
    vfs.xOpen = open;
    sqlite3_vfs_register(&vfs, 1);
  }
  sqlite3_vfs vfs{};
} registered;

}  // namespace

void plan_faults(FilePlan wanted) {
  const std::lock_guard lock(mutex);
  plan = wanted;
  calls = 0;
  met = 0;
}

void no_more_faults() {
  const std::lock_guard lock(mutex);
  plan.reset();
}

int faults_met() {
  const std::lock_guard lock(mutex);
  return met;
}

}  // namespace ringdown::test
