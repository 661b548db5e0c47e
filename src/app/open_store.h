// Which database the configuration means, opened.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "ports/db.h"

namespace ringdown {

// The file that holds everything when no database is configured.
std::string database_file(const Config&);

// Ready for work; throws Breakage with what to do otherwise. SQLite's schema is brought up to date on the way,
// PostgreSQL's only where MIGRATE_DATABASE_URL says as whom.
std::unique_ptr<Db> open_store(const Config&);

// Brings the schema up to date and lets the logins in; answers the names of the migrations it applied.
std::vector<std::string> migrate_store(const Config&, const std::vector<std::string>& grant_to);

}  // namespace ringdown
