// Counts what SQLite does in this process, without the product's help: fsyncs through a VFS that passes
// everything on, commits through a hook on every connection.
#pragma once

#include <cstdint>

namespace ringdown::bench {

struct SqliteCounts {
  std::uint64_t fsyncs = 0;
  std::uint64_t commits = 0;
};

void count_sqlite();  // before the first connection is opened
SqliteCounts sqlite_counts();

}  // namespace ringdown::bench
