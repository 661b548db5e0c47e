// Turns the .sql files of src/store into C++ at build time, so that a misspelt statement name is a compile error and
// no SQL text is ever made while the product runs.
//
//   sql_compile statements OUT.h FILE.sql …            named statements → constants in namespace ringdown::sql
//   sql_compile migrations OUT.h DIALECT FILE.sql …    numbered migrations → one table
//   sql_compile backup OUT.h FILE.tables               what a backup holds → a pair of statements per table
//
// A statement file says its scope once (`-- scope: tenant` or `-- scope: instance`), then per statement
// `-- name: x`, a sentence, and the text: one for both databases, or `-- sqlite:` and `-- postgres:` one under the
// other. `-- order: word = expression, …` makes one statement per word with {order} filled in. `-- fragment: word` is
// text for which later statements of the file say {word}. $1 … $n are bound by the caller, $workspace by the Tx.
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

[[noreturn]] void refuse(const std::string& where, const std::string& what) {
  std::cerr << where << ": " << what << "\n";
  std::exit(1);
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) refuse(path, "cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string trim(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// `-- word: rest` → rest.
bool takes_key(const std::string& line, const std::string& word, std::string& rest) {
  const std::string start = "-- " + word + ":";
  if (line.rfind(start, 0) != 0) return false;
  rest = trim(line.substr(start.size()));
  return true;
}

struct Named {
  std::string where;
  std::string scope;
  std::string name;
  std::vector<std::pair<std::string, std::string>> order;  // word → expression
  std::string both, sqlite, postgres;
};

std::vector<std::pair<std::string, std::string>> parse_order(const std::string& where, const std::string& text) {
  std::vector<std::pair<std::string, std::string>> order;
  std::stringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    const auto equals = part.find('=');
    if (equals == std::string::npos) refuse(where, "an order is written word = expression");
    order.emplace_back(trim(part.substr(0, equals)), trim(part.substr(equals + 1)));
  }
  return order;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

// A fragment that differs by database takes apart a statement that did not.
void fill_in(Named& statement, const std::vector<Named>& fragments) {
  for (const Named& fragment : fragments) {
    const std::string word = "{" + fragment.name + "}";
    const bool differs = fragment.both.find_first_not_of('\n') == std::string::npos;
    if (differs && statement.sqlite.empty() && statement.both.find(word) != std::string::npos) {
      statement.sqlite = statement.postgres = statement.both;
    }
    statement.both = replaced(statement.both, word, trim(fragment.both));
    statement.sqlite = replaced(statement.sqlite, word, trim(differs ? fragment.sqlite : fragment.both));
    statement.postgres = replaced(statement.postgres, word, trim(differs ? fragment.postgres : fragment.both));
  }
}

std::vector<Named> parse_statements(const std::string& path) {
  std::vector<Named> all;
  std::string scope;
  std::vector<Named> fragments;
  std::string* text = nullptr;
  std::istringstream lines(read_file(path));
  int number = 0;
  for (std::string line, rest; std::getline(lines, line);) {
    const std::string where = path + ":" + std::to_string(++number);
    if (takes_key(line, "scope", rest)) {
      if (rest != "tenant" && rest != "instance") refuse(where, "a scope is tenant or instance");
      scope = rest;
    } else if (takes_key(line, "name", rest)) {
      if (scope.empty()) refuse(where, "the file says its scope before the first statement");
      all.push_back({where, scope, rest, {}, "", "", ""});
      text = &all.back().both;
    } else if (takes_key(line, "fragment", rest)) {
      fragments.push_back({where, scope, rest, {}, "", "", ""});
      text = &fragments.back().both;
    } else if (takes_key(line, "order", rest)) {
      if (all.empty()) refuse(where, "an order belongs to a statement");
      all.back().order = parse_order(where, rest);
    } else if (takes_key(line, "sqlite", rest)) {
      text = all.empty() ? &fragments.back().sqlite : &all.back().sqlite;
    } else if (takes_key(line, "postgres", rest)) {
      text = all.empty() ? &fragments.back().postgres : &all.back().postgres;
    } else if (line.rfind("--", 0) != 0 && text) {
      *text += line + "\n";
    }
  }
  for (Named& statement : all) fill_in(statement, fragments);
  return all;
}

int highest_parameter(const std::string& text) {
  int highest = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '$' && std::isdigit(static_cast<unsigned char>(text[i + 1]))) {
      highest = std::max(highest, std::atoi(text.c_str() + i + 1));
    }
  }
  return highest;
}

// Numbers $workspace behind the caller's parameters and, for SQLite, writes ?n for $n.
std::string in_dialect(const std::string& text, int parameters, bool sqlite) {
  const std::string numbered = replaced(text, "$workspace", "$" + std::to_string(parameters + 1));
  return sqlite ? replaced(numbered, "$", "?") : numbered;
}

void check(const Named& statement, const std::string& text) {
  if (text.empty()) refuse(statement.where, statement.name + " has no text for one of the databases");
  if (text.back() != ';' || std::count(text.begin(), text.end(), ';') != 1) {
    refuse(statement.where, statement.name + " is one statement, closed by one semicolon");
  }
  if (text.find("SELECT *") != std::string::npos || text.find("RETURNING *") != std::string::npos) {
    refuse(statement.where, statement.name + " names its columns: * changes when a newer version adds one");
  }
  const bool takes_workspace = text.find("$workspace") != std::string::npos;
  if (statement.scope == "tenant" && !takes_workspace) {
    refuse(statement.where, statement.name + " reaches a tenant's table, so it says $workspace");
  }
  if (statement.scope == "instance" && takes_workspace) {
    refuse(statement.where, statement.name + " is of the instance, so it cannot say $workspace");
  }
  if (statement.order.empty() != (text.find("{order}") == std::string::npos)) {
    refuse(statement.where, statement.name + " has {order} in its text if and only if it declares an order");
  }
  const int parameters = highest_parameter(text);
  for (int i = 1; i <= parameters; ++i) {
    if (text.find("$" + std::to_string(i)) == std::string::npos) {
      refuse(statement.where, statement.name + " leaves out $" + std::to_string(i));
    }
  }
}

std::string constant(const Named& statement, const std::string& name, const std::string& sqlite,
                     const std::string& postgres) {
  const int parameters = highest_parameter(sqlite);
  if (parameters != highest_parameter(postgres)) {
    refuse(statement.where, statement.name + " takes the same parameters on both databases");
  }
  const bool workspace = statement.scope == "tenant";
  return "Statement(\"" + name + "\", Scope::" + statement.scope + ",\n    R\"sql(" +
         in_dialect(sqlite, parameters, true) + ")sql\",\n    R\"sql(" + in_dialect(postgres, parameters, false) +
         ")sql\",\n    " + std::to_string(parameters) + ", " + (workspace ? "true" : "false") + ")";
}

void write_statement(std::ostream& out, const Named& statement, std::vector<std::string>& all) {
  const std::string sqlite = trim(statement.sqlite.empty() ? statement.both : statement.sqlite);
  const std::string postgres = trim(statement.postgres.empty() ? statement.both : statement.postgres);
  check(statement, sqlite);
  check(statement, postgres);
  if (statement.order.empty()) {
    out << "inline constexpr Statement " << statement.name << " = " << constant(statement, statement.name, sqlite, postgres)
        << ";\n\n";
    all.push_back("&" + statement.name);
    return;
  }
  const std::string words = statement.name + "_order";
  std::string list;
  for (const auto& [word, expression] : statement.order) list += (list.empty() ? "" : ", ") + word;
  out << "enum class " << words << " { " << list << " };\nBOOST_DESCRIBE_ENUM(" << words << ", " << list << ")\n";
  out << "inline constexpr Statement " << statement.name << "_by[] = {\n";
  for (const auto& [word, expression] : statement.order) {
    out << "  " << constant(statement, statement.name + "_by_" + word, replaced(sqlite, "{order}", expression),
                            replaced(postgres, "{order}", expression)) << ",\n";
  }
  for (std::size_t i = 0; i < statement.order.size(); ++i) {
    all.push_back("&" + statement.name + "_by[" + std::to_string(i) + "]");
  }
  out << "};\nconstexpr const Statement& " << statement.name << "(" << words << " order) {\n  return "
      << statement.name << "_by[static_cast<std::size_t>(order)];\n}\n\n";
}

void compile_statements(std::ostream& out, const std::vector<std::string>& files) {
  out << "#pragma once\n\n#include \"ports/db.h\"\n\nnamespace ringdown::sql {\n\n";
  std::map<std::string, std::string> seen;
  std::vector<std::string> all;
  for (const std::string& file : files) {
    for (const Named& statement : parse_statements(file)) {
      const auto [before, fresh] = seen.emplace(statement.name, statement.where);
      if (!fresh) refuse(statement.where, statement.name + " is already a statement at " + before->second);
      write_statement(out, statement, all);
    }
  }
  out << "inline constexpr const Statement* every_statement[] = {\n";
  for (const std::string& one : all) out << "  " << one << ",\n";
  out << "};\n\n}  // namespace ringdown::sql\n";
}

std::string checksum(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a: it guards against slips, not against malice
  for (unsigned char c : text) hash = (hash ^ c) * 0x100000001b3u;
  char hex[17];
  std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(hash));
  return hex;
}

void compile_migrations(std::ostream& out, const std::string& dialect, std::vector<std::string> files) {
  std::sort(files.begin(), files.end());
  out << "#pragma once\n\n#include \"ports/migration.h\"\n\nnamespace ringdown {\n\n"
      << "inline constexpr Migration " << dialect << "_migrations[] = {\n";
  int expected = 1;
  for (const std::string& path : files) {
    const std::string name = std::filesystem::path(path).stem().string();
    const std::string text = read_file(path);
    if (std::atoi(name.c_str()) != expected) refuse(path, "migrations are numbered without gaps; expected " + std::to_string(expected));
    const bool expand = text.rfind("-- expand", 0) == 0;
    if (!expand && text.rfind("-- contract", 0) != 0) refuse(path, "the first line is `-- expand` or `-- contract`");
    out << "  {" << expected++ << ", \"" << name << "\", " << (expand ? "false" : "true") << ", \"" << checksum(text)
        << "\",\n   R\"sql(" << text << ")sql\"},\n";
  }
  out << "};\n\n}  // namespace ringdown\n";
}

struct Column {
  std::string name, type;
};

// name type, name type, …
std::vector<Column> parse_columns(const std::string& where, const std::string& text) {
  std::vector<Column> columns;
  std::stringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    std::istringstream words(part);
    Column column;
    if (!(words >> column.name >> column.type)) refuse(where, "a column is written name type");
    columns.push_back(column);
  }
  return columns;
}

void write_backup_table(std::ostream& out, const std::string& scope, const std::string& table,
                        const std::vector<Column>& columns) {
  const bool tenant = scope == "tenant";
  std::string names, places, listed;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    names += (i > 0 ? ", " : "") + columns[i].name;
    places += (i > 0 ? ", $" : "$") + std::to_string(i + 1);
    listed += "  {\"" + columns[i].name + "\", ColumnType::" + columns[i].type + "},\n";
  }
  const std::string dump = "SELECT " + names + " FROM " + table + (tenant ? " WHERE workspace_id = $workspace;" : ";");
  const std::string load = "INSERT INTO " + table + " (" + names + (tenant ? ", workspace_id" : "") + ") VALUES (" +
                           places + (tenant ? ", $workspace);" : ");");
  const Named named{"", scope, table, {}, "", "", ""};
  out << "inline constexpr BackupColumn columns_of_" << table << "[] = {\n" << listed << "};\n";
  out << "inline constexpr Statement dump_" << table << " = " << constant(named, "dump_" + table, dump, dump) << ";\n";
  out << "inline constexpr Statement load_" << table << " = " << constant(named, "load_" + table, load, load) << ";\n\n";
}

void compile_backup(std::ostream& out, const std::string& path) {
  out << "#pragma once\n\n#include \"store/backup_table.h\"\n\nnamespace ringdown::store {\n\n";
  std::string scope, tables, left_out;
  std::istringstream lines(read_file(path));
  for (std::string line; std::getline(lines, line);) {
    const auto colon = line.find(':');
    if (line.starts_with('#') || colon == std::string::npos) continue;
    const std::string name = line.substr(0, colon);
    const std::string rest = trim(line.substr(colon + 1));
    if (name == "scope") {
      scope = rest;
    } else if (name == "left out") {
      left_out = "\"" + replaced(rest, ", ", "\", \"") + "\"";
    } else {
      write_backup_table(out, scope, name, parse_columns(path, rest));
      tables += "  {\"" + name + "\", columns_of_" + name + ", dump_" + name + ", load_" + name + "},\n";
    }
  }
  out << "inline constexpr BackupTable backup_tables[] = {\n" << tables << "};\n\n";
  out << "inline constexpr std::string_view left_out_of_backups[] = {" << left_out << "};\n\n";
  out << "}  // namespace ringdown::store\n";
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() < 3) refuse("sql_compile", "see the head of tools/sql_compile.cpp for how it is called");

  std::ofstream out(words[1]);
  if (words[0] == "statements") {
    compile_statements(out, {words.begin() + 2, words.end()});
  } else if (words[0] == "backup") {
    compile_backup(out, words[2]);
  } else {
    compile_migrations(out, words[2], {words.begin() + 3, words.end()});
  }
  if (!out.flush()) refuse(words[1], "cannot be written");
}
