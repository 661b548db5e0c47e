// A line whose product hands out scripts of a test's own, and calls that follow them.
#pragma once

#include "tests/carrier/line.h"

namespace ringdown::test {

class Stage : public Line {
 public:
  using Line::Line;

  // The sid of a call that follows the script there.
  std::string call(std::string_view to, std::string_view script, const std::string& more = "");

  void update(const std::string& sid, std::string form);
  HttpAnswer get(const std::string& target);  // below the account

  // In the order in which the twin sent them, for callbacks may overtake each other.
  std::vector<Heard> in_order(std::size_t count, std::string_view word);

  std::vector<sandbox::Entry> entries(std::string_view what) const;

 private:
  HttpCall to_account(const std::string& target);
};

}  // namespace ringdown::test
