// Leads as a file that an import reads back.
#include "api/api.h"
#include "api/lead_files.h"
#include "base/csv_writer.h"
#include "domain/lead_rows.h"
#include "ports/db.h"
#include "store/leads.h"

namespace ringdown {
namespace {

constexpr int leads_per_read = 500;

enum class ExportFor { import, spreadsheet };
BOOST_DESCRIBE_ENUM(ExportFor, import, spreadsheet)

struct ExportQuery {
  ExportFor reader = ExportFor::import;
  std::optional<std::string> q;
  std::optional<LeadStatus> status;
  std::optional<PipelineId> pipeline;
  std::optional<Tier> tier;
  std::optional<std::string> tag;
  std::optional<std::string> city;
  std::optional<std::string> state;
  std::optional<std::string> country;
};
BOOST_DESCRIBE_STRUCT(ExportQuery, (), (reader, q, status, pipeline, tier, tag, city, state, country))

}  // namespace

template <>
inline constexpr auto json_rules<ExportQuery> = rules_of<ExportQuery>(
    field(&ExportQuery::reader, accepting("for"), may_be_missing,
          says("spreadsheet makes cells that look like formulas plain text")),
    field(&ExportQuery::q, length(1, 200)), field(&ExportQuery::tag, length(1, 60)),
    field(&ExportQuery::city, length(1, 120)), field(&ExportQuery::state, length(1, 120)),
    field(&ExportQuery::country, length(2, 2)));

namespace {

using PipelineNames = std::map<PipelineId, std::string>;

PipelineNames names_of_pipelines(Tx& tx) {
  PipelineNames names;
  for (PipelineId behind{};;) {
    const auto page = store::pipelines_page(tx, behind, leads_per_read);
    if (page.empty()) return names;
    for (const store::Pipeline& one : page) names[one.id] = one.name;
    behind = page.back().id;
  }
}

struct Export {
  Db& db;
  Workspace workspace;
  store::LeadPage page;
  CsvStyle style;
  PipelineNames pipelines;
};

std::shared_ptr<const std::string> rows_of(const Export& wanted, const std::vector<Lead>& leads) {
  auto text = std::make_shared<std::string>();
  for (const Lead& lead : leads) {
    const auto name = lead.pipeline_id ? wanted.pipelines.find(*lead.pipeline_id) : wanted.pipelines.end();
    const std::string_view pipeline = name == wanted.pipelines.end() ? std::string_view() : name->second;
    append_csv_row(*text, to_cells(lead, pipeline), wanted.style);
  }
  return text;
}

// A page at a time, oldest first, so that no memory and no snapshot is held for the length of a download.
Task<void> write_leads(Export wanted, Stream& out) {
  auto head = std::make_shared<std::string>();
  append_csv_row(*head, export_columns(), wanted.style);
  if (!co_await out.write(std::move(head))) co_return;
  while (true) {
    const auto leads = co_await wanted.db.read(
        wanted.workspace, [page = wanted.page](Tx& tx) { return store::leads_page(tx, page); });
    if (leads.empty() || !co_await out.write(rows_of(wanted, leads))) co_return;
    wanted.page.behind = leads.back().id;
  }
}

Task<Result<Response>> export_leads(Asked& asked, Query<ExportQuery> query) {
  const ExportQuery& in = query.value;
  auto names = co_await asked.api.db.read(asked.workspace(), names_of_pipelines);
  Export wanted{
      .db = asked.api.db,
      .workspace = asked.workspace(),
      .page = {.filter = {in.status, in.pipeline, in.tier, in.tag, in.city, in.state, in.country, in.q},
               .order = store::LeadOrder::oldest,
               .limit = leads_per_read},
      .style = in.reader == ExportFor::spreadsheet ? CsvStyle::spreadsheet : CsvStyle::exact,
      .pipelines = std::move(names)};
  co_return Response{.headers = {{"Content-Type", "text/csv; charset=utf-8"},
                                 {"Content-Disposition", "attachment; filename=\"leads.csv\""}},
                     .stream = [wanted = std::move(wanted)](Stream& out) mutable {
                       return write_leads(std::move(wanted), out);
                     }};
}

}  // namespace

const RouteTable lead_export_routes = {
    route(Verb::get, "/api/leads/export", "Leads as CSV, oldest first", Access::admin, export_leads)
        .answers("text/csv"),
};

}  // namespace ringdown
