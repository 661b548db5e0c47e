#include "tests/import/desk.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "tests/support/atlas.h"

namespace ringdown::test {
namespace {

const Uuid node = nth<struct NodeTag>(900).value;

std::string word_in(const std::string& body, const std::string& name) {
  const std::string start = "\"" + name + "\":\"";
  const auto at = body.find(start);
  if (at == std::string::npos) return "";
  const auto begin = at + start.size();
  return body.substr(begin, body.find('"', begin) - begin);
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Counts& counts) {
  return out << counts.rows << " rows: " << counts.created << " created, " << counts.updated << " updated, "
             << counts.duplicate << " duplicate, " << counts.invalid << " invalid";
}

std::string difference(const std::string& one, const std::string& other) {
  if (one == other) return "";
  const auto ones = split(one, '\n');
  const auto others = split(other, '\n');
  std::size_t line = 0;
  while (line < ones.size() && line < others.size() && ones[line] == others[line]) ++line;
  const auto at = [line](const auto& lines) {
    return line < lines.size() ? std::string(lines[line]) : "the end";
  };
  return "line " + std::to_string(line + 1) + ":\n" + at(ones) + "\n" + at(others);
}

std::int64_t number_in(const std::string& body, const std::string& name) {
  const std::string start = "\"" + name + "\":";
  const auto at = body.find(start);
  REQUIRE_MESSAGE(at != std::string::npos, name, " is not in ", body);
  return std::stoll(body.substr(at + start.size(), 20));
}

std::string form_of(const std::vector<Part>& parts) {
  std::string form;
  for (const Part& part : parts) {
    form += "--frontier\r\nContent-Disposition: form-data; name=\"" + part.name + "\"";
    if (!part.file_name.empty()) form += "; filename=\"" + part.file_name + "\"";
    form += "\r\n\r\n" + part.value + "\r\n";
  }
  return form + "--frontier--\r\n";
}

std::vector<std::vector<std::string>> cells_of(const std::string& csv) {
  CsvReader reader;
  std::vector<std::vector<std::string>> rows;
  const auto take = [&] {
    while (const CsvRow* row = reader.next()) rows.emplace_back(row->cells.begin(), row->cells.end());
  };
  REQUIRE(reader.push(csv).has_value());
  take();
  REQUIRE(reader.finish().has_value());
  take();
  return rows;
}

Desk::Desk(StoreKind store) : house_(store), owner_(first_owner(house_)) {
  workspace_ = {*parse_uuid(text_in(owner_.get("/api/auth/me"), "workspace"))};
}

flow::Importing Desk::importing() {
  Api& api = house_.api().api();
  return {api.db, api.clock, chance_, atlas(), node, policy};
}

ApiAnswer Desk::upload(const std::vector<Part>& parts, int status) {
  return owner_.send("POST /api/leads/import", form_of(parts), status, {{"Content-Type", form_type}});
}

std::string Desk::upload(const std::vector<Part>& parts) {
  return text_in(upload(parts, 202), "import_id");
}

void Desk::run() {
  while (await(flow::import_next(importing(), workspace()))) {
  }
  house_.clock().advance(1s);
}

Progress Desk::import(const std::string& csv, const std::vector<Part>& more) {
  std::vector<Part> parts{{"file", csv, "leads.csv"}};
  parts.insert(parts.end(), more.begin(), more.end());
  const std::string id = upload(parts);
  run();
  return progress(id);
}

Progress Desk::progress(const std::string& id) {
  const std::string body = owner_.get("/api/leads/imports/" + id).body;
  const auto count = [&](const char* name) { return number_in(body, name); };
  return {id,
          word_in(body, "state"),
          {count("rows"), count("created"), count("updated"), count("duplicate"), count("invalid")},
          word_in(body, "problem")};
}

std::vector<RowOutcome> Desk::report(const std::string& id) {
  const auto rows = cells_of(owner_.get("/api/leads/imports/" + id + "/report.csv").body);
  REQUIRE_FALSE(rows.empty());
  CHECK(rows.front() == std::vector<std::string>{"line", "result", "reason"});

  std::vector<RowOutcome> outcomes;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::vector<std::string_view> cells(rows[i].begin(), rows[i].end());
    outcomes.push_back(read_report_line(cells).value());
  }
  return outcomes;
}

std::string Desk::export_all(const std::string& query) {
  return owner_.get("/api/leads/export" + query).body;
}

std::string Desk::leads(const std::string& query) {
  return owner_.get("/api/leads" + query).body;
}

}  // namespace ringdown::test
