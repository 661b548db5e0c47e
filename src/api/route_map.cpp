#include "api/route_map.h"

#include "base/expect.h"

namespace ringdown {
namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
  return split(path.substr(1), '/');
}

bool is_name(std::string_view part) {
  return part.starts_with('{') && part.ends_with('}');
}

}  // namespace

const Route* RoutePlace::find(Verb verb) const {
  const auto found = routes.find(verb == Verb::head ? Verb::get : verb);
  return found == routes.end() ? nullptr : found->second;
}

std::string RoutePlace::verbs() const {
  std::string list;
  for (const auto& [verb, route] : routes) {
    list.append(to_text(verb)).append(", ");
    if (verb == Verb::get) list.append("HEAD, ");
  }
  return list + "OPTIONS";
}

void RouteMap::add(const Route& route) {
  Node* node = &root_;
  for (std::string_view part : parts_of(route.path)) {
    if (is_name(part)) {
      if (!node->any) node->any = std::make_unique<Node>();
      node = node->any.get();
    } else {
      node = &node->words[std::string(part)];
    }
  }
  expect(node->place.routes.try_emplace(route.verb, &route).second, "a method and path have one route");
  expect(node->place.pattern.empty() || node->place.pattern == route.path,
         "the routes of a path name its parts alike");
  node->place.pattern = route.path;
}

RouteMatch RouteMap::find(std::string_view decoded_path) const {
  RouteMatch match;
  const Node* node = &root_;
  for (std::string_view part : parts_of(decoded_path)) {
    if (const auto word = node->words.find(part); word != node->words.end()) {
      node = &word->second;
    } else if (node->any && !part.empty()) {
      node = node->any.get();
      match.path_values.emplace_back(part);
    } else {
      return {};
    }
  }
  if (!node->place.routes.empty()) match.place = &node->place;
  return match;
}

}  // namespace ringdown
