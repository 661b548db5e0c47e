// Reads a list of places in the layout of GeoNames: a line each, 19 columns between tabs, no header, no
// quotes. Used are, counted from 1: 2 name, 5 latitude, 6 longitude, 7 and 8 feature class and code, 9
// country, 11 first administrative division, 15 population, 18 time zone. Of the features only P, populated
// places, and of those not the abandoned ones.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "domain/place_rows.h"

namespace ringdown {

class GazetteerReader {
 public:
  struct Sink {
    std::function<void(const PlaceRow&)> place;  // its texts are gone after the call
    std::function<void(const std::string&)>
        complaint;  // "cities.txt line 7: latitude …"; the line is left out
  };

  GazetteerReader(std::string file, Sink sink) : file_(std::move(file)), sink_(std::move(sink)) {}

  // The file in pieces of any size, then finish(); no more than one line is kept.
  void feed(std::string_view piece);
  void finish();

  static constexpr std::size_t line_size_max = 64 * 1024;  // of names in all languages some have ten thousand

 private:
  void keep(std::string_view part);
  void end_line(std::string_view line);

  std::string file_;
  Sink sink_;
  std::string kept_;  // the beginning of a line
  bool too_long_ = false;
  std::size_t line_ = 0;
};

}  // namespace ringdown
