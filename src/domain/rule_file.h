// Reads the text of one of assets/rules/*.toml; every complaint names the file, the line and the key.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/toml.h"
#include "domain/rules.h"

namespace ringdown {

class RuleFile {
 public:
  // `taken` are the ids and names of other files by now; this one's are added.
  RuleFile(std::string_view toml, std::string file_name, std::set<std::string>& taken)
      : reader_(toml, std::move(file_name)), taken_(taken) {}

  Result<RulePack> read();

 private:
  void read_head();
  void read_holidays();
  void read_holiday_list(const TomlNode& named);
  void read_hours(const TomlNode&);
  void read_cap(const TomlNode&);
  void read_consent(const TomlNode&);
  void read_ring(const TomlNode&);
  void read_scrub(const TomlNode&);

  std::span<const TomlNode> rules(std::string_view key);
  void take_rule(const TomlNode&, Rule& into);
  void take_places(const TomlNode&, Rule& into);
  void take_dates(const TomlNode&, Rule& into);
  void take_closed_days(const TomlNode&, HoursRule& into);
  void refuse_second_hours(const TomlNode&, const HoursRule&);

  std::string text_of(const TomlNode&, std::string_view key);
  std::optional<DayHours> day_hours(const TomlNode&, std::string_view key);
  int count(const TomlNode&, std::string_view key, int most);
  template <class Word>
  std::optional<Word> word(const TomlNode&, std::string_view key);

  TomlReader reader_;
  std::set<std::string>& taken_;
  std::map<std::string, std::vector<Holiday>, std::less<>> holidays_;
  RulePack pack_;
};

}  // namespace ringdown
