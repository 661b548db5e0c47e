// A rehearsing clinic in New York that is about to call: its owner, a carrier account, and an engine that the
// test turns.
#pragma once

#include <string>
#include <vector>

#include "tests/api/house.h"
#include "tests/support/hand_engine.h"

namespace ringdown::test {

struct DialDesk {
  House house;
  Browser ann;
  Workspace clinic;
  HandEngine engine;

  explicit DialDesk(StoreKind = StoreKind::sqlite_memory);

  struct Row {
    std::string says;
    std::string request;
    std::string body{};
    int status = 200;
    std::vector<std::string> has{};
    std::vector<std::string> lacks{};
  };
  std::string expect(const Row&);
  void expect_all(const std::vector<Row>&);

  std::string account(const std::string& more = "");                         // its id
  std::string lead(const std::string& phone, const std::string& more = "");  // likewise
  std::string campaign(const std::string& more = "");                        // likewise; for information
  void consent(const std::string& phone, const std::string& method = "form");

  // What came of a call, as a webhook would tell it.
  void tell(const std::string& call, CallEvent);
  std::string call_of(const std::string& lead);  // the id of its latest
  Time calling_now();
};

}  // namespace ringdown::test
