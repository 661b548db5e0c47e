// Backup and restore: their one transaction on a connection of their own. On PostgreSQL the same login and
// row-level security as ever: one REPEATABLE READ transaction that takes the instance's role, then the
// tenant's role for one workspace after the other, all on its one snapshot.
#pragma once

#include <span>
#include <string>

#include "ports/migration.h"
#include "ports/whole_store.h"

namespace ringdown {

// Throws Breakage{conflict} when the schema is not this binary's.
void read_whole_sqlite(const std::string& path, std::span<const Migration>, const WholeWork&);
void write_whole_sqlite(const std::string& path, std::span<const Migration>,
                        const WholeWork&);  // makes the schema

void read_whole_postgres(const std::string& url, std::span<const Migration>, const WholeWork&);
void write_whole_postgres(const std::string& url, std::span<const Migration>, const WholeWork&);

}  // namespace ringdown
