// Which tables a statement reaches, as SQLite sees it while it compiles, and whether a tenant's statement
// asks for the workspace at every one of them.
#pragma once

#include <sqlite3.h>

#include <cctype>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "ports/db.h"

namespace ringdown::test {

using Tables = std::set<std::string>;

// A database file with the product's schema, opened beside the product. Foreign keys are not enforced on it,
// so that only what the statement itself says is reached.
class Compiler {
 public:
  explicit Compiler(const std::string& path) {
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("cannot open " + path);
    sqlite3_set_authorizer(handle_, note, this);
  }
  ~Compiler() { sqlite3_close(handle_); }

  Compiler(const Compiler&) = delete;
  Compiler& operator=(const Compiler&) = delete;

  Tables reach(const Statement& statement) {
    reached_.clear();
    sqlite3_stmt* compiled = nullptr;
    sqlite3_prepare_v2(handle_, statement.sqlite.data(), static_cast<int>(statement.sqlite.size()), &compiled,
                       nullptr);
    if (!compiled) throw std::runtime_error(std::string(statement.name) + ": " + sqlite3_errmsg(handle_));
    sqlite3_finalize(compiled);
    return reached_;
  }

 private:
  // SQLite's own books, and the items of a JSON text.
  static bool is_nobodys(std::string_view table) {
    return table.starts_with("sqlite_") || table == "json_each";
  }

  static int note(void* self, int action, const char* table, const char*, const char*, const char*) {
    const bool of_table = action == SQLITE_READ || action == SQLITE_INSERT || action == SQLITE_UPDATE ||
                          action == SQLITE_DELETE;
    if (of_table && !is_nobodys(table)) static_cast<Compiler*>(self)->reached_.insert(table);
    return SQLITE_OK;
  }

  sqlite3* handle_ = nullptr;
  Tables reached_;
};

// Words of SQL: names with their dots, parameters, and every other sign by itself.
inline std::vector<std::string> words_of_sql(std::string_view text) {
  std::vector<std::string> words;
  bool open = false;
  for (const char c : text) {
    const bool joins =
        std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '?' || c == '$';
    if (joins) {
      if (!open) words.emplace_back();
      words.back() += c;
    } else if (!std::isspace(static_cast<unsigned char>(c))) {
      words.emplace_back(1, c);
    }
    open = joins;
  }
  return words;
}

// What a SELECT that starts there answers in its first column, behind DISTINCT ON (…).
inline std::string first_of_select(const std::vector<std::string>& words, std::size_t select) {
  std::size_t first = select + 1;
  if (first < words.size() && words[first] == "DISTINCT") {
    while (first < words.size() && words[first] != ")") ++first;
    ++first;
  }
  return first < words.size() ? words[first] : "";
}

// How often a tenant's statement names a table without asking for the workspace: `workspace_id = ?n` for a
// table that is read or changed, the workspace as the first value of a row that is added.
inline int unconfined(std::string_view sql, const std::string& workspace, const Tables& tables) {
  const auto words = words_of_sql(sql);
  const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string(); };
  int open = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (tables.contains(word(i + 1)) && (word(i) == "FROM" || word(i) == "JOIN" || word(i) == "UPDATE"))
      ++open;
    if (tables.contains(word(i + 1)) && word(i) == "INTO") {
      ++open;
      if (word(i + 3) != "workspace_id") ++open;
    }
    if (word(i).ends_with("workspace_id") && word(i + 1) == "=" && word(i + 2) == workspace) --open;
    if (word(i) == "VALUES" && word(i + 2) == workspace) --open;
    if (word(i) == "SELECT" && first_of_select(words, i) == workspace) --open;
  }
  return open;
}

}  // namespace ringdown::test
