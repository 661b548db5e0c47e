#include "tests/kills/ledger.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <fstream>
#include <map>

namespace ringdown::test {
namespace {

std::string member(const boost::json::object& line, const char* name) {
  const auto* value = line.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

}  // namespace

std::vector<LedgerEntry> read_ledger(const std::string& path) {
  std::vector<LedgerEntry> entries;
  std::ifstream file(path);
  for (std::string text; std::getline(file, text) && !file.eof();) {
    const auto line = boost::json::parse(text).as_object();
    entries.push_back({member(line, "what"), member(line, "sid"), member(line, "to"), member(line, "url")});
  }
  return entries;
}

int LedgerWatch::calls_made() {
  file_.clear();  // the end of before
  for (std::string text; std::getline(file_, text);) {
    unfinished_ += text;
    if (file_.eof()) break;
    if (unfinished_.contains(R"("what":"created")")) ++made_;
    unfinished_.clear();
  }
  return made_;
}

std::set<std::string> judged_calls(const std::vector<LedgerEntry>& ledger) {
  std::map<std::string, std::string> out;  // number → sid
  std::set<std::string> attempts;
  std::set<std::string> sids;
  for (const LedgerEntry& entry : ledger) {
    if (entry.what == "created") {
      CHECK_MESSAGE(attempts.insert(entry.url).second, "one request per attempt: ", entry.url);
      CHECK_MESSAGE(!out.contains(entry.to), "one live call per number: ", entry.sid);
      out[entry.to] = entry.sid;
      sids.insert(entry.sid);
    } else if (entry.what == "end" && out[entry.to] == entry.sid) {
      out.erase(entry.to);
    }
  }
  return sids;
}

}  // namespace ringdown::test
