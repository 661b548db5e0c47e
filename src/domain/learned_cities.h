// Cities that the list of places does not know, as the leads of one workspace tell where they lie. Found out
// whenever somebody asks, so that a lead that is erased leaves nothing behind. They are for finding leads:
// nobody's time zone follows from what is said about somebody else.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/places.h"

namespace ringdown {

struct CitySaid {
  std::string city;
  std::optional<std::string> state;
  std::optional<std::string> country;
  double latitude;
  double longitude;
};
BOOST_DESCRIBE_STRUCT(CitySaid, (), (city, state, country, latitude, longitude))

struct LearnedCity {
  std::string name;
  std::string region;   // a state's code, or what was written; empty where nothing was
  std::string country;  // likewise
  GeoPoint at;          // to a kilometre: a city is nobody's address
  int leads;            // that say so

  bool operator==(const LearnedCity&) const = default;
};

// One for each region in which most leads agree where it lies, that of the most leads first. All that is said
// is about cities of one name, of which the first way to write it is taken.
std::vector<LearnedCity> learned_cities(std::span<const CitySaid>, const Places&);

}  // namespace ringdown
