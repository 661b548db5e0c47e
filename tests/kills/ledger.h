// What `ringdown sandbox --ledger FILE` wrote of the calls it was asked for, read as an oracle: shares no
// code with who dials.
#pragma once

#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace ringdown::test {

struct LedgerEntry {
  std::string what;  // created, end, …
  std::string sid;
  std::string to;
  std::string url;  // where the call's TwiML is asked for: names the attempt
};

// In the order of the file. A last line that is still being written is left out.
std::vector<LedgerEntry> read_ledger(const std::string& path);

// Follows the file while it is written.
class LedgerWatch {
 public:
  explicit LedgerWatch(const std::string& path) : file_(path) {}

  int calls_made();  // so far; cheap, for whoever wants to know at once

 private:
  std::ifstream file_;
  std::string unfinished_;
  int made_ = 0;
};

// Checks that every call is another attempt, that no number has two at a time; the SIDs of all calls.
std::set<std::string> judged_calls(const std::vector<LedgerEntry>&);

}  // namespace ringdown::test
