// A store as somebody else sees it: rows read past the Db, over a connection of the test's own.
#pragma once

#include <string>
#include <vector>

#include "tests/support/stores.h"

namespace ringdown::test {

using TextRow = std::vector<std::string>;  // blobs and uuids as hex, NULL as "null"
using TextRows = std::vector<TextRow>;

TextRows look_sqlite(const std::string& path, const std::string& sql);
TextRows look_postgres(const std::string& boss_url, const std::string& sql);

// One look; several statements in one text are allowed, the last one's rows are handed over.
TextRows look(const FreshStore&, const std::string& sql);

// Every row of the product's tables, without what differs from run to run.
std::string all_rows(const FreshStore&);
std::string all_rows_sqlite(const std::string& path);

// Takes every row out again, and leaves the schema.
void empty(const FreshStore&);

}  // namespace ringdown::test
