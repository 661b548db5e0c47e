// SQL that makes rows by the million, written once for both databases. What it leaves is as if the product
// had written it: no pragma, no missing index, no statistics that a store in use would lack.
#pragma once

#include <memory>

#include "domain/line.h"
#include "domain/workspace.h"
#include "tests/support/stores.h"

namespace ringdown::bench {

// Who stands in line: `leads` of a workspace, in one lane.
struct ReadyLeads {
  Workspace workspace;
  LaneId lane;
  std::uint64_t leads;
};

class Bulk {
 public:
  virtual ~Bulk() = default;

  // What stands in braces is filled in: {schema}, {workspace}, {lane}, {epoch}, {clustered}, and {numbered},
  // a table of (n, phone) from 1 on. `id_of(n)` makes ids that sort alike.
  void run(std::string_view text, const ReadyLeads&);

  virtual std::string ask(const std::string& sql) = 0;  // the first column of the first row, if any
  virtual std::string indexes_of_leads_and_line() = 0;  // as SQL that makes them
  virtual std::string without_indexes() = 0;            // as SQL that drops the same
  virtual void settle() = 0;                            // onto the disk, as a store in use has it

 protected:
  virtual std::string schema() const = 0;
  virtual std::string clustered() const = 0;  // what makes a table lie in the order of its key, where it can
  virtual std::string literal(const Uuid&) const = 0;
  virtual std::string literal(Time) const = 0;
  virtual std::string numbers(std::uint64_t count) const = 0;  // a table of (n)
};

// Of a database that nobody has open.
std::unique_ptr<Bulk> sqlite_bulk(const std::string& path);
std::unique_ptr<Bulk> postgres_bulk(const test::PostgresServer&, const std::string& database);

// As many ready leads, each with its place in the line, a consent and a number of its own; numbers lie
// scattered, so that whoever is next in line is nobody's neighbour elsewhere.
void fill_line(Bulk&, const ReadyLeads&);

}  // namespace ringdown::bench
