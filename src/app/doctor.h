// The checks of `ringdown doctor`: each looks at one thing and says in plain words what it found.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "app/config.h"
#include "base/time.h"

namespace ringdown {

enum class Grade { ok, warning, wrong };
BOOST_DESCRIBE_ENUM(Grade, ok, warning, wrong)

struct Finding {
  Grade grade;
  std::string text;

  bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

struct Check {
  std::string name;
  std::function<Findings()> run;  // a throw is a finding too
};

// Configuration, data folder, addresses, TLS files and clock. The reading must outlive them.
std::vector<Check> machine_checks(const Reading&);

// Every setting with its value and where it comes from; of a secret, whether it is set.
void print_settings(const Reading&, std::ostream&);

// Runs and prints all of them. Is nothing wrong?
bool run_checks(const std::vector<Check>&, std::ostream&);

struct ClockFacts {
  Time now;
  bool runs_forward;
  enum class Sync { yes, no, unknown } sync;
};

Findings judge_clock(const ClockFacts&);
Findings judge_free_space(std::uint64_t bytes, const std::string& folder);
Findings judge_exposure(const Config&);

}  // namespace ringdown
