// A file of leads on its way into the store, chunk by chunk, from a browser or the command line. It counts
// once finish() has answered; until then nobody works at it.
#pragma once

#include "flow/import_leads.h"

namespace ringdown::flow {

struct ImportWish {
  std::string file_name = "leads.csv";
  std::string pipeline{};  // an id or a name; empty: what the rows say
  bool dry_run = false;
  WantedColumns columns{};
};

class LeadUpload {
 public:
  LeadUpload(Db& db, Clock& clock, Chance& chance, Workspace workspace, std::optional<UserId> by)
      : db_(db), clock_(clock), chance_(chance), workspace_(workspace), by_(by) {}

  Task<void> add(std::string_view bytes);

  // Durable from here on.
  Task<Result<store::ImportId>> finish(ImportWish);
  Task<void> drop();

 private:
  Task<void> begin();
  Task<void> send(std::size_t bytes);

  Db& db_;
  Clock& clock_;
  Chance& chance_;
  const Workspace workspace_;
  const std::optional<UserId> by_;
  std::optional<store::ImportId> id_;
  std::string pending_;
  int next_chunk_ = 0;
  std::int64_t bytes_ = 0;
};

}  // namespace ringdown::flow
