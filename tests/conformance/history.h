// What a scenario of the conformance suite saw, line by line, and the scenarios that have a file of their
// own.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>

#include "ports/db.h"

namespace ringdown::test {

inline std::string shown(bool truth) {
  return truth ? "yes" : "no";
}

template <class T>
std::string shown(const std::optional<T>& maybe) {
  return maybe ? to_text(*maybe) : "nothing";
}

class History {
 public:
  template <class... Args>
  void note(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...) + '\n';
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void sign_in(Db&, History&);
void invitations(Db&, History&);
void audit(Db&, History&);
void leads(Db&, History&);
void many_leads(Db&, History&);
void lead_pages(Db&, History&);
void cities_of_leads(Db&, History&);
void pipelines(Db&, History&);
void consents(Db&, History&);
void blocked_numbers(Db&, History&);
void imports(Db&, History&);
void import_races(Db&, History&);
void place_lists(Db&, History&);
void calls(Db&, History&);
void call_records(Db&, History&);
void legs(Db&, History&);
void line(Db&, History&);
void campaigns(Db&, History&);
void engine_rounds(Db&, History&);
void hurried_work(Db&, History&);
void counted_calls(Db&, History&);
void line_figures(Db&, History&);
void recordings(Db&, History&);

}  // namespace ringdown::test
