// `ringdown import`: a file of leads by whoever sits at the machine. The file goes into the store as an
// upload does; then this process works at it as a serving one would, unless a serving one was faster.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "app/commands.h"
#include "app/meant_workspace.h"
#include "app/open_atlas.h"
#include "app/open_file.h"
#include "app/open_store.h"
#include "app/system_clock.h"
#include "base/log.h"
#include "base/text.h"
#include "domain/row_outcome.h"
#include "flow/lead_upload.h"
#include "net/loops.h"
#include "ports/await.h"

namespace ringdown {
namespace {

namespace fs = std::filesystem;

constexpr Span nap = std::chrono::milliseconds(300);
constexpr std::size_t piece_bytes = 256 * 1024;
constexpr std::size_t mapping_bytes_max = 64 * 1024;
constexpr std::size_t name_bytes_max = 200;

template <class T>
T value_or_throw(Result<T> result) {
  if (!result) throw Breakage(result.error().reason, result.error().text);
  return std::move(*result);
}

WantedColumns wanted_columns(const std::string& mapping) {
  if (mapping.empty()) return {};
  std::string json = mapping;
  if (!mapping.starts_with('{')) {
    std::ifstream file = open_to_read(mapping);
    json.assign(mapping_bytes_max, '\0');
    file.read(json.data(), std::ssize(json));
    json.resize(static_cast<std::size_t>(file.gcount()));
  }
  auto columns = read_json<WantedColumns>(json);
  if (!columns) throw Breakage(Reason::invalid, "--mapping: " + columns.error().text);
  return *std::move(columns);
}

std::string name_for_people(const std::string& file) {
  const std::string name = fs::path(file).filename();
  return name.size() <= name_bytes_max && is_clean_utf8(name) ? name : "leads.csv";
}

bool is_over(store::ImportState state) {
  using enum store::ImportState;
  return state == done || state == canceled || state == failed;
}

class ImportCommand {
 public:
  ImportCommand(const Config& config, const ImportOptions& options)
      : options_(options), atlas_(open_atlas(config)), db_(open_store(config)) {}

  ~ImportCommand() { engine_.stop(); }
  ImportCommand(const ImportCommand&) = delete;
  ImportCommand& operator=(const ImportCommand&) = delete;

  int run(std::ifstream& file) {
    flow::ImportWish wish{.file_name = name_for_people(options_.file),
                          .pipeline = options_.pipeline,
                          .dry_run = options_.dry_run,
                          .columns = wanted_columns(options_.mapping)};
    std::ofstream report;
    if (!options_.report.empty()) report = open_to_write(options_.report);
    const auto workspace = value_or_throw(
        await(db_->instance_read([&](Tx& tx) { return meant_workspace(tx, options_.workspace); })));
    workspace_.emplace(workspace.id);

    id_ = await(upload(file, std::move(wish)));
    say(fmt::format("{} is in the store of {}; its rows are being read\n", options_.file, workspace.name));
    const store::Import import = work();
    if (report.is_open()) write_report(report);
    return tell(import);
  }

 private:
  Task<store::ImportId> upload(std::ifstream& file, flow::ImportWish wish) {
    flow::LeadUpload upload(*db_, clock_, chance_, *workspace_, std::nullopt);
    std::string piece(piece_bytes, '\0');
    while (file.read(piece.data(), std::ssize(piece)) || file.gcount() > 0) {
      co_await upload.add(std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())));
    }
    if (file.bad()) {
      co_await upload.drop();
      cannot("read", options_.file, "it broke off");
    }
    co_return value_or_throw(co_await upload.finish(std::move(wish)));
  }

  store::Import work() {
    engine_.start();
    engine_.spawn(0, keep_working());
    std::int64_t rows_told = 0;
    while (true) {
      store::Import import = look();
      if (is_over(import.state)) return import;
      if (import.rows_read != rows_told) {
        say(fmt::format("{} rows, {}% of the file\n", import.rows_read,
                        import.bytes_read * 100 / std::max<std::int64_t>(import.bytes_total, 1)));
      }
      rows_told = import.rows_read;
      await(clock_.sleep_until(clock_.now() + nap));
    }
  }

  // Files that came before this one are in front of it.
  Task<void> keep_working() {
    const Uuid node = chance_.id<struct NodeTag>(clock_.now()).value;
    while (true) {
      bool busy = false;
      try {
        busy = co_await flow::import_next({*db_, clock_, chance_, atlas_, node}, *workspace_);
      } catch (const Breakage& breakage) {
        log::warn("the import waits for its next round", {{"reason", breakage.what()}});
      }
      if (!busy) co_await clock_.sleep_until(clock_.now() + nap);
    }
  }

  store::Import look() {
    auto import = await(db_->read(*workspace_, [id = id_](Tx& tx) { return store::find_import(tx, id); }));
    if (!import) throw Breakage(Reason::not_found, "the import is gone from the store");
    return *std::move(import);
  }

  void write_report(std::ofstream& file) {
    file << report_head();
    for (int behind = 0;;) {
      const auto part = await(db_->read(
          *workspace_, [id = id_, behind](Tx& tx) { return store::import_report(tx, id, behind); }));
      if (!part) break;
      behind = part->seq;
      file << part->rows;
    }
    if (!file.flush()) cannot("write", options_.report, "is the disk full?");
  }

  int tell(const store::Import& import) {
    const std::string counts =
        fmt::format("{} rows: {} created, {} updated, {} known already, {} invalid", import.rows_read,
                    import.created, import.updated, import.duplicate, import.invalid);
    const std::string where = options_.report.empty()
                                  ? fmt::format("GET /api/leads/imports/{}/report.csv", to_text(id_))
                                  : options_.report;
    if (import.state == store::ImportState::done) {
      say(fmt::format("{}{}\nwhat came of each row: {}\n", options_.dry_run ? "nothing was changed; of " : "",
                      counts, where));
      return 0;
    }
    const std::string why = import.state == store::ImportState::canceled
                                ? "the import was canceled"
                                : import.problem.value_or("the file was refused");
    std::fprintf(stderr, "ringdown: %s\n%s\n", why.c_str(), counts.c_str());
    return 1;
  }

  static void say(const std::string& text) {
    std::fputs(text.c_str(), stdout);
    std::fflush(stdout);
  }

  const ImportOptions& options_;
  Loops engine_{1};  // outlives the store, whose threads post to it
  SystemClock clock_;
  SystemChance chance_;
  const Atlas atlas_;
  const std::unique_ptr<Db> db_;
  std::optional<Workspace> workspace_;
  store::ImportId id_{};
};

}  // namespace

int import_leads(const Config& config, const ImportOptions& options) {
  std::ifstream file = open_to_read(options.file);
  return ImportCommand(config, options).run(file);
}

}  // namespace ringdown
