// Every rule of the gate, asked about one call. The rules about hours come as windows, since only all clocks
// together give a moment; each of the others answers for itself.
#pragma once

#include <vector>

#include "domain/dial_facts.h"
#include "domain/lawful_hours.h"
#include "domain/verdict.h"

namespace ringdown {

class DialHearing {
 public:
  // Both must outlive it.
  DialHearing(const DialFacts&, const Rulebook&);

  std::vector<RuleAnswer> ask(Time at);             // all but the windows
  std::vector<RuleAnswer> ask_windows(Time) const;  // each alone
  const std::vector<Window>& windows() const { return windows_; }

 private:
  void open_windows();
  void add_window(const ZoneCandidate&, const Zone&);

  void ask_number();
  void ask_country();
  void ask_places();
  void ask_clocks();
  void ask_blocked();
  void ask_scrub();
  void ask_consent();
  void ask_ring();
  void ask_lead();
  void ask_history();
  void ask_live_call(const NumberHistory&);
  void ask_gap(const NumberHistory&);
  void ask_caps(const NumberHistory&);
  void ask_cap(const NumberHistory&, std::string_view rule, std::string_view says, int calls, Span within);

  bool binds_now(const Rule&) const;
  bool has_lawful_hours() const;
  Purpose purpose() const { return facts_.purpose.value_or(Purpose::marketing); }

  void allow(std::string_view rule);
  void refuse(std::string_view rule, std::string says);
  void allow_from(std::string_view rule, std::optional<Time> from, std::string_view says);

  const DialFacts& facts_;
  const Rulebook& book_;
  std::vector<Jurisdiction> places_;
  std::vector<Window> windows_;
  std::vector<Zone> clocks_;
  Time at_;
  std::vector<RuleAnswer> answers_;
};

}  // namespace ringdown
