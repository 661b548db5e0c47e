// A backup as text, the same from both databases: a line of JSON per row, a line before the rows of a table,
// one at the beginning and one at the end. Whoever writes it down seals it: it holds everything.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "ports/whole_store.h"

namespace ringdown::store {

struct BackupTable;

using TextSink = std::function<void(std::string_view)>;

struct BackupSize {
  std::int64_t workspaces = 0;
  std::int64_t rows = 0;

  bool operator==(const BackupSize&) const = default;
};

BackupSize write_backup(WholeStore&, Time now, const TextSink&);

// Fills an empty database from the pieces of a backup's text, however they are cut. Throws Breakage: conflict
// when the database holds something or the backup belongs to another version, invalid when the text is none
// of ours.
class BackupLoader {
 public:
  explicit BackupLoader(WholeStore& store) : store_(store) {}

  void write(std::string_view piece);

  // After the last piece. Nobody is signed in afterwards, and dialing is paused.
  BackupSize finish(Time now);

 private:
  void take_line(std::string_view line);
  void begin(std::string_view line);
  void begin_table(std::string_view line);
  void take_row(std::string_view line);
  void flush();

  WholeStore& store_;
  std::string line_;
  const BackupTable* table_ = nullptr;
  std::optional<Workspace> workspace_;
  std::vector<Values> rows_;  // of the table, not yet written
  std::string taken_at_;
  std::optional<std::int64_t> announced_rows_;  // by the last line
  BackupSize size_;
};

}  // namespace ringdown::store
