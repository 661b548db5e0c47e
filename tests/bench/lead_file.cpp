#include "tests/bench/lead_file.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>
#include <string_view>

#include "base/csv_writer.h"

namespace ringdown::bench {
namespace {

constexpr std::array<std::string_view, 10> columns = {
    "Phone", "First Name", "Last Name", "Company", "E-Mail", "City", "State", "Zip", "Tags", "External ID"};
using Cells = std::array<std::string, columns.size()>;

constexpr std::array first_names = {"Ann",  "Bob",   "Carla", "Dmitri", "Elena", "Farid", "Grace", "Hugo",
                                    "Inés", "Jamal", "Karin", "Luis",   "Maya",  "Noor",  "Olga",  "Pavel"};
constexpr std::array last_names = {"Abbott", "Bianchi", "Castillo", "Dunn",   "Ekström",  "Fischer",
                                   "Garcia", "Hughes",  "Ito",      "Jensen", "Kowalski", "Lopez",
                                   "Miller", "Nguyen",  "O'Hara",   "Petrov"};
constexpr std::array companies = {"Lakeside Dental",  "Smith, Jones & Co",    "Blue Door Spa",
                                  "Northern Roofing", "Acme \"West\" Supply", "Corner Bakery",
                                  "Harbor Legal",     "Sunrise Fitness"};
constexpr std::array places = {"Dallas,TX,752", "Austin,TX,787",  "Phoenix,AZ,850", "Denver,CO,802",
                               "Boston,MA,021", "Chicago,IL,606", "Seattle,WA,981", "Miami,FL,331"};
constexpr std::array tags = {"", "vip", "spa;botox", "dental", "newsletter;2026", "roof", "", "vip;renewal"};
constexpr std::array no_phones = {"", "n/a", "12345", "call the office", "(000) 000"};
constexpr std::array area_codes = {271, 273, 275, 282, 285, 286, 287, 288};

std::uint64_t scattered(std::uint64_t n) {
  n = (n + 1) * 0x9e3779b97f4a7c15;
  n = (n ^ (n >> 30)) * 0xbf58476d1ce4e5b9;
  n = (n ^ (n >> 27)) * 0x94d049bb133111eb;
  return n ^ (n >> 31);
}

// Takes one of the words and leaves chance for the next ones.
template <std::size_t count>
std::string_view one_of(const std::array<const char*, count>& words, std::uint64_t& chance) {
  const std::uint64_t which = chance % count;
  chance /= count;
  return words[which];
}

std::string phone(std::uint64_t row, std::uint64_t chance) {
  const auto area = area_codes[row % area_codes.size()];
  const auto within = row / area_codes.size() * 7'919 % 750'000;  // each of them once: 7919 is a prime
  const auto exchange = 620 + within / 10'000;
  const auto line = within % 10'000;
  if (chance % 100 == 2) return fmt::format("{}-{}-{:04} x{}", area, exchange, line, 100 + chance % 900);
  switch (chance / 100 % 6) {
    case 0: return fmt::format("+1{}{}{:04}", area, exchange, line);
    case 1: return fmt::format("({}) {}-{:04}", area, exchange, line);
    case 2: return fmt::format("{}-{}-{:04}", area, exchange, line);
    case 3: return fmt::format("{}.{}.{:04}", area, exchange, line);
    case 4: return fmt::format("1-{}-{}-{:04}", area, exchange, line);
    default: return fmt::format("{}{}{:04}", area, exchange, line);
  }
}

Cells cells_of(std::uint64_t row) {
  std::uint64_t chance = scattered(row);
  const std::uint64_t sort = chance % 100;
  if (sort == 1 && row > 0) return cells_of(chance / 100 % row);

  Cells cells;
  cells[0] = sort == 0 ? no_phones[chance / 100 % no_phones.size()] : phone(row, chance);
  chance /= 100;
  cells[1] = one_of(first_names, chance);
  cells[2] = one_of(last_names, chance);
  cells[3] = one_of(companies, chance);
  cells[4] = fmt::format("{}{}@example.com", cells[1] == "Inés" ? "ines" : cells[1], row);
  const std::string_view place = one_of(places, chance);
  const auto state = place.find(',');
  cells[5] = place.substr(0, state);
  cells[6] = place.substr(state + 1, 2);
  cells[7] = fmt::format("{}{:02}", place.substr(state + 4), chance % 100);
  cells[8] = one_of(tags, chance);
  if (row % 3 == 0) cells[9] = fmt::format("crm-{}", row);
  return cells;
}

}  // namespace

std::string lead_file(std::uint64_t rows) {
  if (rows > leads_max) throw std::runtime_error(fmt::format("there are numbers for {} rows", leads_max));

  std::string file;
  file.reserve(rows * 112);
  append_csv_row(file, columns);
  for (std::uint64_t row = 0; row < rows; ++row) append_csv_row(file, cells_of(row));
  return file;
}

}  // namespace ringdown::bench
