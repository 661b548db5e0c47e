#include "store/imports.h"

#include "store/sql.h"

namespace ringdown::store {
namespace {

constexpr ImportId last_of_all = [] {
  ImportId last;
  last.value.bytes.fill(0xff);
  return last;
}();

}  // namespace

void add_import(Tx& tx, const Import& import) {
  tx.run(sql::add_import, {import.id, import.file_name, import.pipeline_id, import.dry_run, import.mapping,
                           import.region, import.created_at, import.created_by});
}

void add_import_chunk(Tx& tx, ImportId id, int seq, const Bytes& bytes) {
  tx.send(sql::add_import_chunk, {id, seq, bytes});
}

bool import_is_whole(Tx& tx, const Import& import, Time now) {
  const Values values{import.id,          import.bytes_total, import.mapping,
                      import.pipeline_id, import.dry_run,     import.file_name};
  if (tx.run(sql::import_is_whole, values) == 0) return false;

  tx.run(sql::make_due, {import_work, now});
  return true;
}

void drop_upload(Tx& tx, ImportId id) {
  tx.run(sql::forget_import_chunks, {id});
  tx.run(sql::drop_upload, {id});
}

std::optional<Import> find_import(Tx& tx, ImportId id) {
  return tx.row<Import>(sql::import_by_id, {id});
}

std::vector<Import> imports_page(Tx& tx, std::optional<ImportId> behind, int limit) {
  return tx.rows<Import>(sql::imports_page, {behind.value_or(last_of_all), limit});
}

std::optional<Import> take_import(Tx& tx, const Uuid& runner, Time now, Time until) {
  auto taken = tx.row<Import>(sql::take_import, {runner, now, until});
  if (!taken && !tx.row<ImportId>(sql::imports_left)) tx.run(sql::not_due, {import_work});
  return taken;
}

bool advance_import(Tx& tx, ImportId id, const ImportStep& step, const Uuid& runner, Time until) {
  const Values values{id,           step.bytes_from, step.bytes_to, step.reader, step.rows, step.created,
                      step.updated, step.duplicate,  step.invalid,  until,       runner,    step.mapping};
  if (tx.run(sql::advance_import, values) == 0) return false;

  if (!step.report.empty()) tx.send(sql::add_import_report, {id, step.report});
  return true;
}

void restart_import(Tx& tx, ImportId id) {
  tx.run(sql::restart_import, {id});
  tx.run(sql::forget_import_reports, {id});
}

bool end_import(Tx& tx, ImportId id, ImportState state, const std::optional<std::string>& problem, Time now) {
  if (tx.run(sql::end_import, {id, state, problem, now}) == 0) return false;

  tx.run(sql::forget_import_chunks, {id});
  return true;
}

std::optional<Bytes> import_chunk(Tx& tx, ImportId id, std::int64_t seq) {
  return tx.row<Bytes>(sql::import_chunk, {id, seq});
}

std::optional<ReportPart> import_report(Tx& tx, ImportId id, int behind) {
  return tx.row<ReportPart>(sql::import_report, {id, behind});
}

std::vector<ImportId> stale_uploads(Tx& tx, Time before) {
  return tx.rows<ImportId>(sql::stale_uploads, {before});
}

void remember_mapping(Tx& tx, const std::string& headers, const Json& mapping, Time now) {
  tx.run(sql::put_mapping, {headers, mapping, now});
}

std::optional<Json> remembered_mapping(Tx& tx, const std::string& headers) {
  return tx.row<Json>(sql::mapping_for, {headers});
}

}  // namespace ringdown::store
