// What a name of a place stands for here: in the list of places, and in what the workspace's leads say.
#include "api/api.h"
#include "api/leads.h"
#include "api/sign_in.h"
#include "domain/atlas.h"
#include "domain/learned_cities.h"

namespace ringdown {
namespace {

constexpr int leads_asked_max = 200;  // of a city: enough to say where it lies

struct PlaceQuery {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(PlaceQuery, (), (name))

struct PlaceShown {
  PlaceKind kind = PlaceKind::city;
  std::string name;
  std::optional<std::string> region;
  std::optional<std::string> country;
  std::optional<double> latitude;
  std::optional<double> longitude;
  std::optional<int> leads;
  std::vector<std::string> timezones;
};
BOOST_DESCRIBE_STRUCT(PlaceShown, (), (kind, name, region, country, latitude, longitude, leads, timezones))

}  // namespace

template <>
inline constexpr auto json_rules<PlaceQuery> =
    rules_of<PlaceQuery>(field(&PlaceQuery::name, length(1, 120), says("in capitals or not")));

template <>
inline constexpr auto json_rules<PlaceShown> = rules_of<PlaceShown>(
    field(
        &PlaceShown::leads,
        says("how many leads say that it lies there; missing for a place of the built-in or imported list")),
    field(&PlaceShown::timezones,
          says("none where only leads know the place: nobody's hours follow from what another lead says")));

namespace {

std::optional<std::string> unless_empty(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

PlaceShown shown(const Place& place) {
  PlaceShown answer{place.kind,
                    std::string(place.name),
                    unless_empty(place.region),
                    unless_empty(place.country),
                    {},
                    {},
                    {},
                    {}};
  if (place.at) answer.latitude = place.at->latitude;
  if (place.at) answer.longitude = place.at->longitude;
  for (const std::string_view zone : zones_of(place)) answer.timezones.emplace_back(zone);
  return answer;
}

PlaceShown shown(const LearnedCity& city) {
  return {PlaceKind::city,
          city.name,
          unless_empty(city.region),
          unless_empty(city.country),
          city.at.latitude,
          city.at.longitude,
          city.leads,
          {}};
}

Task<Result<std::vector<PlaceShown>>> list_places(Asked& asked, Query<PlaceQuery> query) {
  const auto said = co_await asked.api.db.read(asked.workspace(), [name = query.value.name](Tx& tx) {
    return store::city_said(tx, name, leads_asked_max);
  });
  const auto places = asked.api.atlas->places.now();

  std::vector<PlaceShown> all;
  for (const Place* place : places->named(query.value.name)) all.push_back(shown(*place));
  for (const LearnedCity& city : learned_cities(said, *places)) all.push_back(shown(city));
  co_return all;
}

}  // namespace

const RouteTable place_routes = {
    route(Verb::get, "/api/places", "What a name of a place stands for", Access::rep, list_places),
};

}  // namespace ringdown
