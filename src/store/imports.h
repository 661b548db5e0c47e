// Files of leads on their way in: units of the workspace. How far a file is read and what came of its rows
// are written in one unit, and only by the node that has it, so that no row counts twice.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/access.h"
#include "domain/lead.h"
#include "ports/db.h"

namespace ringdown::store {

using ImportId = Id<struct ImportTag>;

enum class ImportState { uploading, waiting, running, done, canceled, failed };
BOOST_DESCRIBE_ENUM(ImportState, uploading, waiting, running, done, canceled, failed)

constexpr std::string_view import_work = "import";  // in `due`
constexpr std::size_t import_chunk_bytes = 128 * 1024;

struct Import {
  ImportId id;
  ImportState state;
  std::string file_name;
  std::optional<PipelineId> pipeline_id;
  bool dry_run;
  Json mapping;  // what was asked for; once it is settled, what every column is
  std::string region;
  std::int64_t bytes_total;
  std::int64_t bytes_read;
  Json reader;  // what reading goes on with: encoding, delimiter, line
  std::int64_t rows_read;
  std::int64_t created;
  std::int64_t updated;
  std::int64_t duplicate;
  std::int64_t invalid;
  std::optional<std::string> problem;
  std::optional<Uuid> runner;
  std::optional<Time> runner_until;
  Time created_at;
  std::optional<UserId> created_by;
  std::optional<Time> finished_at;
};
BOOST_DESCRIBE_STRUCT(Import, (),
                      (id, state, file_name, pipeline_id, dry_run, mapping, region, bytes_total, bytes_read,
                       reader, rows_read, created, updated, duplicate, invalid, problem, runner, runner_until,
                       created_at, created_by, finished_at))

void add_import(Tx&, const Import&);  // still uploading
void add_import_chunk(Tx&, ImportId, int seq, const Bytes&);

// The file is here to its last byte, with what was said beside it: work for whoever looks next.
bool import_is_whole(Tx&, const Import&, Time now);

void drop_upload(Tx&, ImportId);  // that was never whole

std::optional<Import> find_import(Tx&, ImportId);
std::vector<Import> imports_page(Tx&, std::optional<ImportId> behind, int limit);  // newest first

// The oldest one that nobody works at; nothing where there is none now. Where there is none at all the
// workspace is no longer due.
std::optional<Import> take_import(Tx&, const Uuid& runner, Time now, Time until);

struct ImportStep {
  std::int64_t bytes_from;
  std::int64_t bytes_to;
  Json reader;
  Json mapping;
  std::int64_t rows = 0, created = 0, updated = 0, duplicate = 0, invalid = 0;
  std::string report{};
};
// False when somebody else has it by now, or it was canceled: the unit must leave nothing then.
bool advance_import(Tx&, ImportId, const ImportStep&, const Uuid& runner, Time until);

void restart_import(Tx&, ImportId);

bool end_import(Tx&, ImportId, ImportState, const std::optional<std::string>& problem, Time now);

std::optional<Bytes> import_chunk(Tx&, ImportId, std::int64_t seq);

struct ReportPart {
  int seq;
  std::string rows;
};
BOOST_DESCRIBE_STRUCT(ReportPart, (), (seq, rows))
std::optional<ReportPart> import_report(Tx&, ImportId, int behind);

std::vector<ImportId> stale_uploads(Tx&, Time before);

void remember_mapping(Tx&, const std::string& headers, const Json& mapping, Time now);
std::optional<Json> remembered_mapping(Tx&, const std::string& headers);

}  // namespace ringdown::store
