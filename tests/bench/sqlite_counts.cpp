#include "tests/bench/sqlite_counts.h"

#include <sqlite3.h>

#include <atomic>
#include <map>
#include <mutex>

namespace ringdown::bench {
namespace {

std::atomic<std::uint64_t> fsyncs = 0;
std::atomic<std::uint64_t> commits = 0;

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs counting_vfs;

// The real VFS has a table of methods per kind of file and one xSync in all of them.
int (*real_sync)(sqlite3_file*, int) = nullptr;
std::mutex tables_mutex;
std::map<const sqlite3_io_methods*, sqlite3_io_methods> tables;

int count_sync(sqlite3_file* file, int flags) {
  ++fsyncs;
  return real_sync(file, flags);
}

int open_counted(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  const int code = real_vfs->xOpen(real_vfs, name, file, flags, flags_out);
  if (code != SQLITE_OK) return code;

  const std::lock_guard lock(tables_mutex);
  const auto [table, is_new] = tables.try_emplace(file->pMethods, *file->pMethods);
  if (is_new) {
    real_sync = file->pMethods->xSync;
    table->second.xSync = count_sync;
  }
  file->pMethods = &table->second;
  return code;
}

int count_commit(void* /*context*/) {
  ++commits;
  return 0;
}

int hook_commits(sqlite3* connection, char** /*problem*/, const sqlite3_api_routines* /*api*/) {
  sqlite3_commit_hook(connection, count_commit, nullptr);
  return SQLITE_OK;
}

}  // namespace

void count_sqlite() {
  real_vfs = sqlite3_vfs_find(nullptr);
  counting_vfs = *real_vfs;
  counting_vfs.zName = "counting";
  counting_vfs.xOpen = open_counted;
  sqlite3_vfs_register(&counting_vfs, 1);
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(hook_commits));
}

SqliteCounts sqlite_counts() {
  return {fsyncs, commits};
}

}  // namespace ringdown::bench
