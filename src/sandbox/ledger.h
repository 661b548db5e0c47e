// The twin's own account of what happened, which nothing it did wrong on purpose touches: the oracle of
// tests.
#pragma once

#include <cstdint>
#include <cstdio>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/time.h"

namespace ringdown::sandbox {

// What happened: request, created, ring, answer, says (the callee), heard (by the callee), key, beep, record,
// stream, end, hook, script, fault; join and leave (a call and the conference's name), talk (a conference that
// begins).
struct Entry {
  std::uint64_t n = 0;
  Time at{};
  std::string what{};
  std::string sid{};
  std::string to{};
  std::string from{};
  std::string url{};     // of a request its target, else where the product wants to hear of it
  std::string detail{};  // of a request its body, of speech the words
  int status = 0;        // what was answered; 0: nothing was
};
BOOST_DESCRIBE_STRUCT(Entry, (), (n, at, what, sid, to, from, url, detail, status))

class Ledger {
 public:
  explicit Ledger(const std::string& file);  // throws where it cannot be opened

  void write(Entry);

  // One line of JSON per entry after the nth, as far as they are kept.
  std::string lines_after(std::uint64_t n) const;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  std::uint64_t count_ = 0;
  std::deque<std::string> kept_;
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace ringdown::sandbox
