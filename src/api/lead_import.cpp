// Leads from a file: the upload, how far it is, and what came of each row.
#include "api/api.h"
#include "api/lead_files.h"
#include "api/sign_in.h"
#include "api/upload_form.h"
#include "domain/row_outcome.h"
#include "flow/lead_upload.h"
#include "ports/clock.h"
#include "store/changes.h"

namespace ringdown {
namespace {

struct ImportMade {
  store::ImportId import_id;
};
BOOST_DESCRIBE_STRUCT(ImportMade, (), (import_id))

struct ImportShown {
  store::ImportId import_id;
  store::ImportState state;
  std::string file_name;
  std::optional<PipelineId> pipeline_id;
  bool dry_run;
  std::int64_t rows;
  std::int64_t created;
  std::int64_t updated;
  std::int64_t duplicate;
  std::int64_t invalid;
  std::int64_t bytes_total;
  std::int64_t bytes_read;
  std::optional<std::string> problem;
  std::vector<MappedColumn> columns;
  Time created_at;
  std::optional<Time> finished_at;
};
BOOST_DESCRIBE_STRUCT(ImportShown, (),
                      (import_id, state, file_name, pipeline_id, dry_run, rows, created, updated, duplicate,
                       invalid, bytes_total, bytes_read, problem, columns, created_at, finished_at))

struct ImportQuery {
  int limit = 50;
  std::optional<store::ImportId> after;
};
BOOST_DESCRIBE_STRUCT(ImportQuery, (), (limit, after))

}  // namespace

template <>
inline constexpr auto json_rules<ImportShown> = rules_of<ImportShown>(
    field(&ImportShown::problem, says("why the whole file was refused")),
    field(&ImportShown::columns, says("what each column of the file is, once its first line was read")));

template <>
inline constexpr auto json_rules<ImportQuery> =
    rules_of<ImportQuery>(field(&ImportQuery::limit, range(1, 200), may_be_missing),
                          field(&ImportQuery::after, says("the last one of the page before")));

namespace {

std::unexpected<Failure> no_such_import() {
  return fail(Reason::not_found, "there is no such import");
}

ImportShown shown(const store::Import& import) {
  const auto columns = read_json<flow::ImportColumns>(import.mapping.text);
  expect(columns.has_value(), "an import's columns were written by us");
  ImportShown answer{.import_id = import.id,
                     .state = import.state,
                     .file_name = import.file_name,
                     .pipeline_id = import.pipeline_id,
                     .dry_run = import.dry_run,
                     .rows = import.rows_read,
                     .created = import.created,
                     .updated = import.updated,
                     .duplicate = import.duplicate,
                     .invalid = import.invalid,
                     .bytes_total = import.bytes_total,
                     .bytes_read = import.bytes_read,
                     .problem = import.problem,
                     .columns = {},
                     .created_at = import.created_at,
                     .finished_at = import.finished_at};
  if (columns->settled) answer.columns = columns->settled->columns;
  return answer;
}

Result<bool> truth_in(const std::string& text) {
  if (text.empty() || text == "false" || text == "0") return false;
  if (text == "true" || text == "1") return true;
  return fail(Reason::invalid, "true or false is expected", "dry_run");
}

// A name for people to see; browsers send no more than that, others may send a path.
std::string name_for_people(std::string name) {
  if (const auto slash = name.find_last_of("/\\"); slash != std::string::npos) name.erase(0, slash + 1);
  std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < ' '; });
  if (name.empty() || name.size() > 200 || !is_clean_utf8(name)) return "leads.csv";
  return name;
}

Result<flow::ImportWish> wish_in(UploadForm form) {
  flow::ImportWish wish{.file_name = name_for_people(std::move(form.file_name))};
  for (auto& [name, text] : form.fields) {
    if (name == "pipeline") {
      if (!is_clean_utf8(text) || text.contains('\0')) {
        return fail(Reason::invalid, "an id or a name is expected, in UTF-8", "pipeline");
      }
      wish.pipeline = text;
    } else if (name == "dry_run") {
      const auto truth = truth_in(text);
      if (!truth) return std::unexpected(truth.error());
      wish.dry_run = *truth;
    } else if (name == "mapping") {
      auto columns = read_json<WantedColumns>(text);
      if (!columns) return fail(Reason::invalid, columns.error().text, "mapping");
      wish.columns = *std::move(columns);
    } else {
      return fail(Reason::invalid, "the form has file, mapping, pipeline and dry_run, and nothing else",
                  "form");
    }
  }
  return wish;
}

Task<Result<flow::ImportWish>> take_form(Request& request, flow::LeadUpload& upload) {
  auto form = co_await read_form(request, [&upload](std::string_view bytes) -> Task<Result<void>> {
    co_await upload.add(bytes);
    co_return Result<void>{};
  });
  if (!form) co_return std::unexpected(std::move(form.error()));
  co_return wish_in(*std::move(form));
}

Task<Result<Accepted<ImportMade>>> import_leads(Asked& asked) {
  flow::LeadUpload upload(asked.api.db, asked.api.clock, asked.api.chance, asked.workspace(), asked.user());
  auto wish = co_await take_form(asked.request, upload);
  if (!wish) {
    co_await upload.drop();
    co_return std::unexpected(wish.error());
  }
  const auto id = co_await upload.finish(*std::move(wish));
  if (!id) co_return std::unexpected(id.error());
  co_return Accepted<ImportMade>{{*id}};
}

Task<Result<std::vector<ImportShown>>> list_imports(Asked& asked, Query<ImportQuery> query) {
  const auto imports = co_await asked.api.db.read(asked.workspace(), [query = query.value](Tx& tx) {
    return store::imports_page(tx, query.after, query.limit);
  });
  std::vector<ImportShown> all;
  for (const store::Import& one : imports) all.push_back(shown(one));
  co_return all;
}

Task<Result<ImportShown>> get_import(Asked& asked, Path<store::ImportId> id) {
  const auto import = co_await asked.api.db.read(
      asked.workspace(), [id = id.value](Tx& tx) { return store::find_import(tx, id); });
  if (!import) co_return no_such_import();
  co_return shown(*import);
}

Task<Result<ImportShown>> cancel_import(Asked& asked, Path<store::ImportId> id) {
  auto work = [act = act_of(asked, asked.api.clock.now()), id = id.value](Tx& tx) -> Result<ImportShown> {
    if (store::end_import(tx, id, store::ImportState::canceled, std::nullopt, act.now)) {
      flow::note_here(tx, act, "import canceled", to_text(id));
      store::add_change(tx, "import", id.value, act.now);
    }
    const auto import = store::find_import(tx, id);
    if (!import) return no_such_import();
    return shown(*import);
  };
  co_return co_await asked.api.db.write(asked.workspace(), std::move(work));
}

Task<void> write_report(Db& db, Workspace workspace, store::ImportId id, Stream& out) {
  if (!co_await out.write(std::make_shared<const std::string>(report_head()))) co_return;
  for (int behind = 0;;) {
    auto part =
        co_await db.read(workspace, [id, behind](Tx& tx) { return store::import_report(tx, id, behind); });
    if (!part) co_return;
    behind = part->seq;
    if (!co_await out.write(std::make_shared<const std::string>(std::move(part->rows)))) co_return;
  }
}

Task<Result<Response>> get_report(Asked& asked, Path<store::ImportId> id) {
  const auto import = co_await asked.api.db.read(
      asked.workspace(), [id = id.value](Tx& tx) { return store::find_import(tx, id); });
  if (!import) co_return no_such_import();
  co_return Response{.headers = {{"Content-Type", "text/csv; charset=utf-8"},
                                 {"Content-Disposition", "attachment; filename=\"import-report.csv\""}},
                     .stream = [&db = asked.api.db, workspace = asked.workspace(),
                                id = id.value](Stream& out) { return write_report(db, workspace, id, out); }};
}

}  // namespace

const RouteTable lead_import_routes = {
    route(Verb::post, "/api/leads/import", "Leads from a CSV file; accepted once it is on the disk",
          Access::admin, import_leads)
        .key(KeyScope::import)
        .raw_body("multipart/form-data")
        .body(upload_plan)
        .limit("import", 120, 1h),
    route(Verb::get, "/api/leads/imports", "Files of leads, newest first", Access::rep, list_imports),
    route(Verb::get, "/api/leads/imports/{id}", "How far a file is", Access::rep, get_import),
    route(Verb::post, "/api/leads/imports/{id}/cancel", "Stops it where it is; what is in stays",
          Access::admin, cancel_import)
        .key(KeyScope::import),
    route(Verb::get, "/api/leads/imports/{id}/report.csv", "What came of each row, and why", Access::rep,
          get_report)
        .answers("text/csv"),
};

}  // namespace ringdown
