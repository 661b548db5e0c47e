#include "flow/import_leads.h"

#include "base/log.h"
#include "base/text.h"
#include "flow/import_rows.h"
#include "store/changes.h"
#include "store/coordination.h"
#include "store/people.h"

namespace ringdown::flow {
namespace {

constexpr int workspaces_per_round = 16;
constexpr std::size_t headers_key_bytes = 2000;

// By which files of the same kind know each other.
std::string key_of(std::span<const std::string_view> headers) {
  std::string key;
  for (const std::string_view header : headers) key += folded(trimmed(header)) + '\n';
  if (key.size() > headers_key_bytes) key.resize(headers_key_bytes);
  while (!is_clean_utf8(key)) key.pop_back();
  return key;
}

template <class T>
T stored(const Json& json) {
  auto value = read_json<T>(json.text);
  expect(value.has_value(), "what an import goes on with was written by us");
  return *std::move(value);
}

// One file, from where it stands to its end.
class Run {
 public:
  Run(const Importing& with, Workspace workspace, WorkspaceKind kind, store::Import import)
      : with_(with),
        workspace_(workspace),
        import_(std::move(import)),
        columns_(stored<ImportColumns>(import_.mapping)),
        desk_{with.atlas.numbering, kind, import_.region} {}

  Task<void> go() {
    if (import_.dry_run && import_.bytes_read > 0) co_await begin_anew();
    open_reader();
    while (true) {
      const auto rows = co_await read_rows();
      if (!rows) co_return co_await end(store::ImportState::failed, rows.error().text);
      if (!rows->empty() && !co_await write(*rows)) co_return;
      if (rows->empty()) co_return co_await end(store::ImportState::done, std::nullopt);
    }
  }

 private:
  void open_reader() {
    next_byte_ = import_.bytes_read;
    if (columns_.settled) {
      const auto position = stored<CsvPosition>(import_.reader);
      reader_ = CsvReader(position);
      next_byte_ = position.byte;
    }
  }

  Task<void> begin_anew() {
    co_await with_.db.write(workspace_, [id = import_.id](Tx& tx) { store::restart_import(tx, id); });
    import_.bytes_read = 0;
    columns_.settled.reset();
  }

  // The next stretch; empty at the end of the file.
  Task<Result<std::vector<ReadRow>>> read_rows() {
    std::vector<ReadRow> rows;
    rows.reserve(with_.policy.rows_per_unit);
    while (rows.size() < with_.policy.rows_per_unit) {
      if (const CsvRow* row = reader_.next()) {
        if (auto taken = co_await take(*row, rows); !taken) co_return std::unexpected(std::move(taken.error()));
      } else if (is_whole_) {
        break;
      } else if (auto more = co_await feed(); !more) {
        co_return std::unexpected(std::move(more.error()));
      }
    }
    if (is_whole_ && !columns_.settled) {
      co_return fail(Reason::invalid, "the file has no rows; its first line must name the columns");
    }
    co_return rows;
  }

  Task<Result<void>> feed() {
    if (next_byte_ >= import_.bytes_total) {
      is_whole_ = true;
      co_return reader_.finish();
    }
    const auto seq = next_byte_ / std::int64_t{store::import_chunk_bytes};
    const auto chunk = co_await with_.db.read(
        workspace_, [id = import_.id, seq](Tx& tx) { return store::import_chunk(tx, id, seq); });
    if (!chunk) co_return fail(Reason::not_found, "the rest of the file is gone; upload it again");

    std::string_view bytes(reinterpret_cast<const char*>(chunk->data()), chunk->size());
    bytes.remove_prefix(static_cast<std::size_t>(next_byte_ % std::int64_t{store::import_chunk_bytes}));
    next_byte_ += std::ssize(bytes);
    co_return reader_.push(bytes);
  }

  Task<Result<void>> take(const CsvRow& row, std::vector<ReadRow>& rows) {
    if (!columns_.settled) co_return co_await settle(row);
    if (!row.problem.empty()) {
      rows.push_back({row.line, fail(Reason::invalid, row.problem)});
      co_return Result<void>{};
    }
    if (is_blank_row(row.cells)) co_return Result<void>{};
    rows.push_back({row.line, read_lead_row(row.cells, *columns_.settled, {import_.region})});
    co_return Result<void>{};
  }

  // The first row names the columns: what somebody wants of them, or wanted the last time.
  Task<Result<void>> settle(const CsvRow& row) {
    if (!row.problem.empty()) {
      co_return fail(Reason::invalid, "line " + std::to_string(row.line) + ": " + row.problem);
    }
    const std::string key = key_of(row.cells);
    if (columns_.wanted.empty()) {
      const auto earlier = co_await with_.db.read(
          workspace_, [key](Tx& tx) { return store::remembered_mapping(tx, key); });
      if (earlier) columns_.wanted = stored<WantedColumns>(*earlier);
    }
    auto settled = settle_lead_mapping(row.cells, columns_.wanted);
    if (!settled) co_return std::unexpected(std::move(settled.error()));

    columns_.settled = *std::move(settled);
    if (!columns_.wanted.empty()) {
      co_await with_.db.write(workspace_, [key, wanted = Json{write_json(columns_.wanted)},
                                           now = with_.clock.now()](Tx& tx) {
        store::remember_mapping(tx, key, wanted, now);
      });
    }
    co_return Result<void>{};
  }

  // False when the file is no longer ours.
  Task<bool> write(const std::vector<ReadRow>& rows) {
    const CsvPosition position = reader_.position();
    const Json reader{write_json(position)};
    const Json mapping{write_json(columns_)};
    moment_ = std::max(with_.clock.now(), moment_ + 1ms);
    Met before = import_.dry_run ? met_ : Met{};
    Met after;
    const bool ours = co_await with_.db.write(
        workspace_,
        [&](Tx& tx) {
          after = before;
          const Act act{.user = import_.created_by, .role = {}, .via = "import", .address = {},
                        .now = moment_, .chance = with_.chance};
          ImportedRows done = import_rows(tx, act, desk_, import_, rows, import_.dry_run ? &after : nullptr);
          const store::ImportStep step{.bytes_from = import_.bytes_read,
                                       .bytes_to = position.byte,
                                       .reader = reader,
                                       .mapping = mapping,
                                       .rows = std::ssize(rows),
                                       .created = done.created,
                                       .updated = done.updated,
                                       .duplicate = done.duplicate,
                                       .invalid = done.invalid,
                                       .report = std::move(done.report)};
          return advance(tx, step);
        },
        Urgency::bulk).has_value();
    co_return ours;
  }

  const Importing with_;
  const Workspace workspace_;
  store::Import import_;
  ImportColumns columns_;
  NumberDesk desk_;
  CsvReader reader_;
  std::int64_t next_byte_ = 0;
  bool is_whole_ = false;
  Time moment_{};
  Met met_;
};

}  // namespace
}  // namespace ringdown::flow
