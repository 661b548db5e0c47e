#include "domain/us_postal.h"

#include <algorithm>

#include "base/text.h"

namespace ringdown {
namespace {

struct ZipRange {
  int first;
  int last;
  std::string_view state;
};

// 090-098, 340 and 962-966 follow soldiers; 969 is shared by islands of several countries and zones.
constexpr ZipRange ranges[] = {
    {5, 5, "NY"},     {6, 7, "PR"},     {8, 8, "VI"},     {9, 9, "PR"},     {10, 27, "MA"},
    {28, 29, "RI"},   {30, 38, "NH"},   {39, 49, "ME"},   {50, 54, "VT"},   {55, 55, "MA"},
    {56, 59, "VT"},   {60, 69, "CT"},   {70, 89, "NJ"},   {100, 149, "NY"}, {150, 196, "PA"},
    {197, 199, "DE"}, {200, 200, "DC"}, {201, 201, "VA"}, {202, 205, "DC"}, {206, 219, "MD"},
    {220, 246, "VA"}, {247, 268, "WV"}, {270, 289, "NC"}, {290, 299, "SC"}, {300, 319, "GA"},
    {320, 339, "FL"}, {341, 349, "FL"}, {350, 369, "AL"}, {370, 385, "TN"}, {386, 397, "MS"},
    {398, 399, "GA"}, {400, 427, "KY"}, {430, 459, "OH"}, {460, 479, "IN"}, {480, 499, "MI"},
    {500, 528, "IA"}, {530, 549, "WI"}, {550, 567, "MN"}, {570, 577, "SD"}, {580, 588, "ND"},
    {590, 599, "MT"}, {600, 629, "IL"}, {630, 658, "MO"}, {660, 679, "KS"}, {680, 693, "NE"},
    {700, 714, "LA"}, {716, 729, "AR"}, {730, 732, "OK"}, {733, 733, "TX"}, {734, 749, "OK"},
    {750, 799, "TX"}, {800, 816, "CO"}, {820, 831, "WY"}, {832, 838, "ID"}, {840, 847, "UT"},
    {850, 865, "AZ"}, {870, 884, "NM"}, {885, 885, "TX"}, {889, 898, "NV"}, {900, 961, "CA"},
    {967, 968, "HI"}, {970, 979, "OR"}, {980, 994, "WA"}, {995, 999, "AK"},
};

bool is_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_zip(std::string_view text) {
  if (text.size() == 5) return is_digits(text);
  return text.size() == 10 && text[5] == '-' && is_digits(text.substr(0, 5)) && is_digits(text.substr(6));
}

}  // namespace

std::string_view state_of_zip(std::string_view postal_code) {
  const std::string_view zip = trimmed(postal_code);
  if (!is_zip(zip)) return {};

  const int prefix = (zip[0] - '0') * 100 + (zip[1] - '0') * 10 + (zip[2] - '0');
  const auto range = std::ranges::find_if(
      ranges, [&](const ZipRange& each) { return each.first <= prefix && prefix <= each.last; });
  return range == std::end(ranges) ? std::string_view() : range->state;
}

}  // namespace ringdown
