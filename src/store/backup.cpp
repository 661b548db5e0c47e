#include "store/backup.h"

#include <algorithm>

#include "base/json.h"
#include "store/backup_tables.h"
#include "store/facts.h"
#include "store/schema.h"

namespace ringdown::store {
namespace {

constexpr int format = 1;
constexpr std::size_t rows_at_once = 256;
constexpr JsonLimits line_limits{.depth = 4, .bytes = std::size_t{256} << 20};

struct Head {
  int ringdown_backup;
  std::string schema;
  Time taken_at;
};
BOOST_DESCRIBE_STRUCT(Head, (), (ringdown_backup, schema, taken_at))

struct TableLine {
  std::string table;
  std::optional<WorkspaceId> workspace;
};
BOOST_DESCRIBE_STRUCT(TableLine, (), (table, workspace))

struct EndLine {
  std::int64_t rows;
};
BOOST_DESCRIBE_STRUCT(EndLine, (), (rows))

[[noreturn]] void refuse(const std::string& why) {
  throw Breakage(Reason::invalid, "this is no backup that ringdown can read: " + why);
}

template <class T>
T read_line(std::string_view line) {
  auto value = read_json<T>(line, line_limits);
  if (!value) refuse(value.error().text);
  return *std::move(value);
}

void write_value(JsonWriter& out, const Row& row, std::size_t column, ColumnType type) {
  if (row.is_null(column)) return out.null();
  switch (type) {
    case ColumnType::uuid: return out.text(to_text(row.uuid(column)));
    case ColumnType::text:
    case ColumnType::json: return out.text(row.text(column));
    case ColumnType::integer: return out.integer(row.integer(column));
    case ColumnType::truth: return out.boolean(row.boolean(column));
    case ColumnType::real: return out.real(row.real(column));
    case ColumnType::bytes: return out.text(to_hex(row.bytes(column)));
    case ColumnType::time: return out.integer(to_micros(read_value<Time>(row, column)));
  }
}

Value value_in(JsonReader& in, JsonNode node, ColumnType type) {
  if (node.kind() == JsonKind::null) return Null{};

  std::int64_t number = 0;
  double real = 0;
  bool truth = false;
  std::string_view text;
  const auto read = [&] {
    switch (type) {
      case ColumnType::integer:
      case ColumnType::time: return in.integer(node, INT64_MIN, INT64_MAX, number);
      case ColumnType::real: return in.real(node, real);
      case ColumnType::truth: return in.boolean(node, truth);
      default: return in.text(node, text);
    }
  };
  if (!read()) refuse(in.failure().text);

  switch (type) {
    case ColumnType::integer: return number;
    case ColumnType::time: return from_micros(number);
    case ColumnType::real: return real;
    case ColumnType::truth: return truth;
    case ColumnType::text: return text;
    case ColumnType::json: return Json{std::string(text)};
    case ColumnType::uuid:
      if (const auto uuid = parse_uuid(text)) return *uuid;
      break;
    case ColumnType::bytes:
      if (auto bytes = from_hex(text)) return *std::move(bytes);
      break;
  }
  refuse("a value has another type than its column");
}

// The rows of one table, in one workspace or in the instance; the line before them only where there are some.
std::int64_t dump_table(Tx& tx, const BackupTable& table, std::optional<WorkspaceId> workspace,
                        const TextSink& sink) {
  std::int64_t rows = 0;
  std::string line;
  tx.scan(table.dump, {}, [&](const Row& row) {
    if (rows++ == 0) sink(write_json(TableLine{std::string(table.name), workspace}) + '\n');
    line.clear();
    JsonWriter out(line);
    out.begin_list();
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      write_value(out, row, column, table.columns[column].type);
    }
    out.end_list();
    sink(line += '\n');
  });
  return rows;
}

std::vector<WorkspaceId> every_workspace(Tx& tx) {
  std::vector<WorkspaceId> all;
  tx.scan(dump_workspaces, {}, [&](const Row& row) { all.push_back({row.uuid(0)}); });
  return all;
}

void expect_empty(Tx& tx) {
  for (const BackupTable& table : backup_tables) {
    if (table.scope() == Scope::tenant) continue;  // no workspace, no tenant
    tx.scan(table.dump, {}, [](const Row&) {
      throw Breakage(Reason::conflict, "the database is not empty; a backup is restored into a new one only");
    });
  }
}

}  // namespace

BackupSize write_backup(WholeStore& store, Time now, const TextSink& sink) {
  Tx& instance = store.as(std::nullopt);
  BackupSize size;
  sink(write_json(Head{format, newest_migration(instance), now}) + '\n');
  for (const BackupTable& table : backup_tables) {
    if (table.scope() == Scope::instance) size.rows += dump_table(instance, table, std::nullopt, sink);
  }
  for (const WorkspaceId workspace : every_workspace(instance)) {
    Tx& tenant = store.as(Workspace(workspace));
    for (const BackupTable& table : backup_tables) {
      if (table.scope() == Scope::tenant) size.rows += dump_table(tenant, table, workspace, sink);
    }
    ++size.workspaces;
  }
  sink(write_json(EndLine{size.rows}) + '\n');
  return size;
}

void BackupLoader::write(std::string_view piece) {
  for (auto end = piece.find('\n'); end != piece.npos; end = piece.find('\n')) {
    line_.append(piece.substr(0, end));
    take_line(line_);
    line_.clear();
    piece.remove_prefix(end + 1);
  }
  line_.append(piece);
}

void BackupLoader::take_line(std::string_view line) {
  if (announced_rows_) refuse("something follows its end");
  if (taken_at_.empty()) return begin(line);
  if (line.starts_with('[')) return take_row(line);

  flush();
  if (line.starts_with("{\"table\"")) return begin_table(line);
  announced_rows_ = read_line<EndLine>(line).rows;
}

void BackupLoader::begin(std::string_view line) {
  const Head head = read_line<Head>(line);
  Tx& instance = store_.as(std::nullopt);
  const std::string ours = newest_migration(instance);
  if (head.ringdown_backup != format || head.schema != ours) {
    throw Breakage(Reason::conflict, "the backup was made by a version with schema " + head.schema +
                                         ", this one has " + ours +
                                         "; restore it with that version, then upgrade");
  }
  expect_empty(instance);
  taken_at_ = to_text(head.taken_at);
}

void BackupLoader::begin_table(std::string_view line) {
  const auto named = read_line<TableLine>(line);
  const auto found = std::ranges::find(backup_tables, named.table, &BackupTable::name);
  if (found == std::end(backup_tables) || (found->scope() == Scope::tenant) != named.workspace.has_value()) {
    refuse("it has a table that this version does not know");
  }
  table_ = &*found;
  workspace_ = named.workspace ? std::optional(Workspace(*named.workspace)) : std::nullopt;
}

void BackupLoader::take_row(std::string_view line) {
  if (table_ == nullptr) refuse("a row belongs to no table");
  const auto tree = parse_json(line, line_limits);
  if (!tree) refuse(tree.error().text);

  JsonReader in;
  Values values;
  for (const JsonNode node : tree->root()) {
    if (values.size() == table_->columns.size()) refuse("a row is longer than its table");
    values.push_back(value_in(in, node, table_->columns[values.size()].type));
  }
  if (values.size() != table_->columns.size()) refuse("a row is shorter than its table");
  rows_.push_back(std::move(values));
  if (rows_.size() == rows_at_once) flush();
}

void BackupLoader::flush() {
  if (rows_.empty()) return;
  store_.as(workspace_).run_each(table_->load, rows_);
  size_.rows += static_cast<std::int64_t>(rows_.size());
  if (table_->name == "workspaces") size_.workspaces += static_cast<std::int64_t>(rows_.size());
  rows_.clear();
}

BackupSize BackupLoader::finish(Time now) {
  if (!line_.empty() || announced_rows_ != size_.rows) refuse("its end is missing");
  Tx& instance = store_.as(std::nullopt);
  forget_past_changes(instance, now);
  pause_dialing(instance, "restored from the backup of " + taken_at_, now);
  return size_;
}

}  // namespace ringdown::store
