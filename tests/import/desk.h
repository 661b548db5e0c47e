// Somebody who brings files of leads: what they upload goes through the real HTTP API, and the import runs
// when the test says so.
#pragma once

#include <iosfwd>

#include "domain/row_outcome.h"
#include "flow/import_leads.h"
#include "tests/api/house.h"

namespace ringdown::test {

struct Counts {
  std::int64_t rows = 0, created = 0, updated = 0, duplicate = 0, invalid = 0;

  bool operator==(const Counts&) const = default;
};
std::ostream& operator<<(std::ostream&, const Counts&);

// What the API says of an import.
struct Progress {
  std::string id;
  std::string state;
  Counts counts;
  std::string problem;  // empty: none
};

// A field of the form, or a file where it has a file's name.
struct Part {
  std::string name;
  std::string value;
  std::string file_name{};
};
std::string form_of(const std::vector<Part>&);
inline const std::string form_type = "multipart/form-data; boundary=frontier";

class Desk {
 public:
  explicit Desk(StoreKind = StoreKind::sqlite_memory);

  // Uploads and lets the import run to its end.
  Progress import(const std::string& csv, const std::vector<Part>& more = {});

  std::string upload(const std::vector<Part>&);            // the import's id
  ApiAnswer upload(const std::vector<Part>&, int status);  // whatever comes of it
  void run();
  Progress progress(const std::string& id);
  std::vector<RowOutcome> report(const std::string& id);

  std::string export_all(const std::string& query = "");
  std::string leads(const std::string& query = "");  // the body of a page

  House& house() { return house_; }
  Browser& owner() { return owner_; }
  Workspace workspace() const { return Workspace(workspace_); }
  flow::Importing importing();

  flow::ImportPolicy policy{};

 private:
  House house_;
  Browser owner_;
  WorkspaceId workspace_;
  SystemChance chance_;
};

// Where two texts begin to differ, line by line; empty: they are the same.
std::string difference(const std::string& one, const std::string& other);

std::vector<std::vector<std::string>> cells_of(const std::string& csv);

// The first whole number of that name in the answer.
std::int64_t number_in(const std::string& body, const std::string& name);

}  // namespace ringdown::test
