// All recordings of the twin: begun with a call or during it, over with it at the latest, and then told.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sandbox/hooks.h"
#include "sandbox/recording.h"

namespace ringdown::sandbox {

struct RecordingsSetup {
  std::string account_sid;
  const std::string& base_url;  // known once somebody listens
  double speed = 1;
  std::uint64_t seed = 1;
};

class Recordings {
 public:
  Recordings(RecordingsSetup, Hooks&, Ledger&);

  const Recording& begin(const Call&, RecordingPlan, std::string source);
  void pause(Recording&);
  void go_on(Recording&);
  void stop(Recording&);
  void call_ended(const Call&);

  Recording* find(const std::string& sid);
  std::vector<const Recording*> of_call(const std::string& call_sid) const;
  void erase(std::string sid);

  std::string url_of(const Recording&) const;

  // At the twin's speed, as the callee counts.
  int seconds_of(const Recording&) const;

 private:
  void take_length(Recording&);
  void report(const Recording&, std::string_view status);

  RecordingsSetup setup_;
  Chance sids_;
  Hooks& hooks_;
  Ledger& ledger_;
  std::map<std::string, Recording> by_sid_;
  std::multimap<std::string, std::string> by_call_;
};

}  // namespace ringdown::sandbox
