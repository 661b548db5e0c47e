#include "forms.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "base/text.h"
#include "tests/support/paths.h"

namespace ringdown::test {
namespace {

std::string with_gaps(const std::string& text, const std::string& gap) {
  std::string changed;
  for (const char c : text) {
    if (c == ' ' || c == '-')
      changed += gap;
    else
      changed += c;
  }
  return changed;
}

std::string digits_only(const std::string& text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

// As a Japanese keyboard types them.
std::string full_width(const std::string& text) {
  std::string wide;
  for (const char c : text) {
    if (c >= '0' && c <= '9')
      wide += std::string("\xef\xbc") + static_cast<char>(0x90 + (c - '0'));
    else if (c == '+')
      wide += "\uff0b";
    else
      wide += c;
  }
  return wide;
}

std::string in_threes(const std::string& e164, const std::string& gap) {
  std::string grouped = e164.substr(0, 4);
  for (std::size_t at = 4; at < e164.size(); at += 3) grouped += gap + e164.substr(at, 3);
  return grouped;
}

std::vector<NumberForm> forms_at_home(const NumberRow& row) {
  return {
      {"as written", row.written, row.region, ""},
      {"dots", with_gaps(row.written, "."), row.region, ""},
      {"dashes", with_gaps(row.written, "-"), row.region, ""},
      {"no-break spaces", with_gaps(row.written, "\u00a0"), row.region, ""},
      {"digits only", digits_only(row.written), row.region, ""},
      {"full width", full_width(row.written), row.region, ""},
      {"blanks around", " \t" + row.written + "  ", row.region, ""},
      {"ext.", row.written + " ext. 42", row.region, "42"},
      {"x", row.written + " x4321", row.region, "4321"},
  };
}

std::vector<NumberForm> forms_anywhere(const NumberRow& row) {
  return {
      {"+", row.e164, "", ""},
      {"+ elsewhere", row.e164, row.region == "FR" ? "US" : "FR", ""},
      {"+ in threes", in_threes(row.e164, " "), row.region, ""},
      {"+ in dashed threes", in_threes(row.e164, "\u2011"), row.region, ""},
      {"+ full width", full_width(row.e164), row.region, ""},
      {"tel:", "tel:" + row.e164, row.region, ""},
      {"tel: with extension", "tel:" + row.e164 + ";ext=7", row.region, "7"},
      {"+ with extension", row.e164 + " x123", row.region, "123"},
  };
}

}  // namespace

std::vector<std::vector<std::string>> fixture(const std::string& name) {
  const std::string path = std::string(RINGDOWN_SOURCE) + "/tests/fixtures/numbers/" + name;
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot open " + path);

  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const auto fields = split(line, ',');
    rows.emplace_back(fields.begin(), fields.end());
  }
  return rows;
}

std::vector<NumberForm> forms_of(const NumberRow& row, const AbroadPrefixes& prefixes) {
  std::vector<NumberForm> forms = forms_at_home(row);
  for (NumberForm& form : forms_anywhere(row)) forms.push_back(std::move(form));

  const std::string digits = row.e164.substr(1);
  const auto prefix = prefixes.find(row.region);
  forms.push_back({"from home as if abroad",
                   (prefix == prefixes.end() ? "00" : prefix->second) + " " + digits, row.region, ""});
  forms.push_back({"from Germany", "00" + digits, "DE", ""});
  if (row.region != "US") forms.push_back({"from America", "011 " + digits, "US", ""});
  return forms;
}

}  // namespace ringdown::test
