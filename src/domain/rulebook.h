// The law as far as we know it: the packs of assets/rules/, all or none. Made once from the files' texts;
// safe to read from any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/rules.h"

namespace ringdown {

struct RuleText {
  std::string file;  // for complaints
  std::string toml;
};

// A place that a called person may be in.
struct Jurisdiction {
  std::string country;  // "US"
  std::string region;   // "FL"; empty where it is not known or does not matter
  std::string why;      // "area code 850"

  bool operator==(const Jurisdiction&) const = default;
};

bool binds(const Rule&, std::span<const Jurisdiction>, Voice);

class Rulebook {
 public:
  // `digest` is whatever tells this text of the files from another. Fails as a whole: half a law is no law.
  static Result<Rulebook> parse(std::span<const RuleText>, std::string_view digest);

  // Kept with every decision: "generic 2026-11-01, us 2026-11-01 (digest)".
  const std::string& version() const { return version_; }

  const RulePack& all() const { return all_; }  // the rules of every pack, in the order of the files
  bool needs_region(std::string_view country) const;
  const std::vector<std::string>& countries_by_default() const { return all_.allowed_countries; }

 private:
  Rulebook() = default;

  RulePack all_;
  std::vector<std::string> divided_;  // countries whose regions have rules of their own
  std::string version_;
};

}  // namespace ringdown
