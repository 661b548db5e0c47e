// Finds the route of a path: a tree of the paths' parts. A word wins over a {name} at its place, and nothing
// goes back from there, so which route a path means does not depend on the order of the tables.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.h"

namespace ringdown {

// All routes of one path.
struct RoutePlace {
  std::string_view pattern;
  std::map<Verb, const Route*> routes;

  const Route* find(Verb) const;  // a GET answers HEAD as well
  std::string verbs() const;      // for Allow: GET, HEAD, OPTIONS
};

struct RouteMatch {
  const RoutePlace* place = nullptr;  // none: nothing is there
  std::vector<std::string> path_values{};
};

class RouteMap {
 public:
  void add(const Route&);  // kept by reference; refuses a second one of its method and path
  RouteMatch find(std::string_view decoded_path) const;

 private:
  struct Node {
    std::map<std::string, Node, std::less<>> words;
    std::unique_ptr<Node> any;
    RoutePlace place;
  };
  Node root_;
};

}  // namespace ringdown
