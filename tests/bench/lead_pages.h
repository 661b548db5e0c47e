// Walks through a list of leads page by page, each walker on its own from the first page on: over HTTP on
// kept connections, or by the same query in this process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ports/db.h"
#include "store/leads.h"
#include "tests/bench/rounds.h"

namespace ringdown::bench {

inline constexpr int leads_per_page = 50;

class HttpPages {
 public:
  // `filter` as in a query, with an ampersand in front, or nothing.
  HttpPages(std::uint16_t port, const std::string& key, const std::string& filter, int walkers);
  ~HttpPages();

  HttpPages(const HttpPages&) = delete;
  HttpPages& operator=(const HttpPages&) = delete;

  Load run(int pages_each) const;

 private:
  void walk(int socket, int pages, std::vector<float>& waits_ms) const;
  std::string request_for(const std::string& cursor) const;

  std::string path_;
  std::string headers_;
  std::vector<int> sockets_;
};

class StorePages {
 public:
  StorePages(Db& db, Workspace workspace, store::LeadPage first, int walkers)
      : db_(db), workspace_(workspace), first_(std::move(first)), walkers_(walkers) {
    first_.limit = leads_per_page;
  }

  Load run(int pages_each) const;

 private:
  Task<void> walk(int pages, Load&) const;

  Db& db_;
  Workspace workspace_;
  store::LeadPage first_;
  int walkers_;
};

}  // namespace ringdown::bench
