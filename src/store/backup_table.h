// The shape of what backup.tables says; the tables themselves are generated into store/backup_tables.h.
#pragma once

#include <span>
#include <string_view>

#include "base/enums.h"
#include "ports/db.h"

namespace ringdown::store {

enum class ColumnType { uuid, text, integer, truth, real, bytes, time, json };
BOOST_DESCRIBE_ENUM(ColumnType, uuid, text, integer, truth, real, bytes, time, json)

struct BackupColumn {
  std::string_view name;
  ColumnType type;
};

struct BackupTable {
  std::string_view name;
  std::span<const BackupColumn> columns;
  const Statement& dump;
  const Statement& load;

  Scope scope() const { return dump.scope; }
};

}  // namespace ringdown::store
