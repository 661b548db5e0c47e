// The ways in which people and programs write one number.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace ringdown::test {

struct NumberRow {
  std::string region;
  std::string written;  // as at home, with its trunk prefix
  std::string e164;
  std::string kind;
  std::string home;
};

struct NumberForm {
  std::string says;
  std::string text;
  std::string region;
  std::string extension;
};

// Fields of a comma-separated fixture without quotes, header line left out.
std::vector<std::vector<std::string>> fixture(const std::string& name);

using AbroadPrefixes = std::map<std::string, std::string>;  // by region; 00 where there is none

std::vector<NumberForm> forms_of(const NumberRow&, const AbroadPrefixes&);

}  // namespace ringdown::test
