#include "flow/import_leads.h"

#include "base/log.h"
#include "base/text.h"
#include "flow/import_rows.h"
#include "ports/both.h"
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

// Everything a unit of work needs, so that it may outlive whoever waits for it.
struct Stretch {
  Importing with;
  store::Import import;
  NumberDesk desk;
  Time moment;
  std::vector<ReadRow> rows;
  CsvPosition end;
  Json mapping;
  std::shared_ptr<const Rehearsal> rehearsal;
};

Result<ImportedRows> take_in(Tx& tx, const Stretch& stretch) {
  const auto& [with, import, desk, moment, rows, end, mapping, rehearsal] = stretch;
  const Act act{import.created_by, std::nullopt, "import", std::nullopt, moment, with.chance};
  ImportedRows done = import_rows(tx, act, desk, import, rows, *rehearsal);
  const store::ImportStep step{.bytes_from = import.bytes_read,
                               .bytes_to = end.byte,
                               .reader = {write_json(end)},
                               .mapping = mapping,
                               .rows = std::ssize(rows),
                               .created = done.created,
                               .updated = done.updated,
                               .duplicate = done.duplicate,
                               .invalid = done.invalid,
                               .report = std::move(done.report)};
  const Time until = with.clock.now() + with.policy.lease;
  if (!store::advance_import(tx, import.id, step, with.node, until)) {
    return fail(Reason::conflict, "the import was canceled, or another node has it");
  }
  store::add_change(tx, "import", import.id.value, moment);
  return done;
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
    auto rows = co_await read_rows();
    while (rows && !rows->empty()) {
      const auto stretch = stretch_of(*std::move(rows));
      auto [is_ours, next] = co_await both(write(stretch), read_rows());
      if (!is_ours) co_return;
      rows = std::move(next);
    }
    if (!rows) co_return co_await end(store::ImportState::failed, rows.error().text);
    co_await end(store::ImportState::done, std::nullopt);
  }

  Task<void> end(store::ImportState state, std::optional<std::string> problem) {
    auto work = [id = import_.id, state, problem = std::move(problem), now = with_.clock.now()](Tx& tx) {
      if (store::end_import(tx, id, state, problem, now)) store::add_change(tx, "import", id.value, now);
    };
    co_await with_.db.write(workspace_, std::move(work));
  }

 private:
  void open_reader() {
    if (!columns_.settled) return;
    const auto position = stored<CsvPosition>(import_.reader);
    reader_ = CsvReader(position);
    next_byte_ = position.byte;
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
      const CsvRow* row = reader_.next();
      if (row == nullptr && is_whole_) break;
      if (row == nullptr) {
        if (auto more = co_await feed(); !more) co_return std::unexpected(std::move(more.error()));
      } else if (!columns_.settled) {
        if (auto settled = co_await settle(*row); !settled)
          co_return std::unexpected(std::move(settled.error()));
      } else {
        take(*row, rows);
      }
    }
    if (!columns_.settled) {
      co_return fail(Reason::invalid, "the file is empty; its first line names the columns");
    }
    co_return rows;
  }

  Task<Result<void>> feed() {
    if (next_byte_ >= import_.bytes_total) {
      is_whole_ = true;
      co_return reader_.finish();
    }
    const auto size = std::int64_t{store::import_chunk_bytes};
    auto work = [id = import_.id, seq = next_byte_ / size](Tx& tx) {
      return store::import_chunk(tx, id, seq);
    };
    const auto chunk = co_await with_.db.read(workspace_, std::move(work));
    if (!chunk) co_return fail(Reason::not_found, "the rest of the file is gone; upload it again");

    std::string_view bytes(reinterpret_cast<const char*>(chunk->data()), chunk->size());
    bytes.remove_prefix(static_cast<std::size_t>(next_byte_ % size));
    next_byte_ += std::ssize(bytes);
    co_return reader_.push(bytes);
  }

  void take(const CsvRow& row, std::vector<ReadRow>& rows) const {
    if (!row.problem.empty()) {
      rows.push_back({row.line, fail(Reason::invalid, row.problem)});
    } else if (!is_blank_row(row.cells)) {
      rows.push_back({row.line, read_lead_row(row.cells, *columns_.settled, {import_.region})});
      if (row.mended && rows.back().row) {
        rows.back().row->notes.emplace_back("letters that were not UTF-8 were read as Windows-1252");
      }
    }
  }

  // The first row names the columns: what somebody wants of them, or wanted the last time.
  Task<Result<void>> settle(const CsvRow& row) {
    if (!row.problem.empty()) {
      co_return fail(Reason::invalid, "line " + std::to_string(row.line) + ": " + row.problem);
    }
    const std::string key = key_of(row.cells);
    const std::vector<std::string> headers(row.cells.begin(), row.cells.end());
    const bool wanted_now = !columns_.wanted.empty();
    if (!wanted_now) {
      auto work = [key](Tx& tx) { return store::remembered_mapping(tx, key); };
      const auto earlier = co_await with_.db.read(workspace_, std::move(work));
      if (earlier) columns_.wanted = stored<WantedColumns>(*earlier);
    }
    const std::vector<std::string_view> names(headers.begin(), headers.end());
    auto settled = settle_lead_mapping(names, columns_.wanted);
    if (!settled) co_return std::unexpected(std::move(settled.error()));

    columns_.settled = *std::move(settled);
    if (wanted_now) {
      auto work = [key, wanted = Json{write_json(columns_.wanted)}, now = with_.clock.now()](Tx& tx) {
        store::remember_mapping(tx, key, wanted, now);
      };
      co_await with_.db.write(workspace_, std::move(work));
    }
    co_return Result<void>{};
  }

  std::shared_ptr<const Stretch> stretch_of(std::vector<ReadRow> rows) {
    moment_ = std::max(with_.clock.now(), moment_ + 1ms);  // so that ids sort as the rows do
    return std::make_shared<const Stretch>(Stretch{with_,
                                                   import_,
                                                   desk_,
                                                   moment_,
                                                   std::move(rows),
                                                   reader_.position(),
                                                   {write_json(columns_)},
                                                   rehearsal_});
  }

  // False when the file is no longer ours. The next stretch is read meanwhile.
  Task<bool> write(std::shared_ptr<const Stretch> stretch) {
    auto work = [stretch](Tx& tx) { return take_in(tx, *stretch); };
    const auto done = co_await with_.db.write(workspace_, std::move(work), Urgency::bulk);
    if (!done) co_return false;

    import_.bytes_read = stretch->end.byte;
    rehearsal_->remember(*done);
    co_return true;
  }

  const Importing with_;
  const Workspace workspace_;
  store::Import import_;
  ImportColumns columns_;
  NumberDesk desk_;
  CsvReader reader_;
  std::int64_t next_byte_ = 0;  // of the file, to be fed to the reader
  bool is_whole_ = false;
  Time moment_{};
  std::shared_ptr<Rehearsal> rehearsal_ = std::make_shared<Rehearsal>();
};

Task<std::vector<WorkspaceId>> workspaces_with_files(const Importing& with) {
  co_return co_await with.db.instance_read([now = with.clock.now()](Tx& tx) {
    return store::due_now(tx, std::string(store::import_work), now, workspaces_per_round);
  });
}

}  // namespace

Task<bool> import_next(Importing with, Workspace workspace) {
  auto import = co_await with.db.write(workspace, [with](Tx& tx) {
    const Time now = with.clock.now();
    return store::take_import(tx, with.node, now, now + with.policy.lease);
  });
  if (!import) co_return false;
  const auto record =
      co_await with.db.instance_read([id = workspace.id()](Tx& tx) { return store::find_workspace(tx, id); });
  expect(record.has_value(), "a workspace with files exists");

  Run run(with, workspace, record->kind, *std::move(import));
  bool broke = false;
  try {
    co_await run.go();
  } catch (const Breakage& breakage) {
    if (breakage.reason() != Reason::internal) throw;
    log::error("an import broke", {{"reason", breakage.what()}});
    broke = true;
  }
  // It would break again, and those behind it would wait for ever.
  if (broke) co_await run.end(store::ImportState::failed, "something broke on our side; the log says what");
  co_return true;
}

Task<void> keep_importing(Importing with) {
  while (true) {
    bool busy = false;
    try {
      for (const WorkspaceId id : co_await workspaces_with_files(with)) {
        busy |= co_await import_next(with, Workspace(id));
      }
    } catch (const Breakage& breakage) {
      log::warn("an import waits for its next round", {{"reason", breakage.what()}});
    }
    if (!busy) co_await with.clock.sleep_until(with.clock.now() + with.policy.nap);
  }
}

}  // namespace ringdown::flow
