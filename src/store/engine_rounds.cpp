#include "store/engine_rounds.h"

#include "ports/row_writer.h"
#include "store/sql.h"

namespace ringdown::store {

void note_round(Tx& tx, const EngineRound& round) {
  tx.run(sql::note_round, values_of(round));
}

std::vector<EngineRound> engine_rounds(Tx& tx, int limit) {
  return tx.rows<EngineRound>(sql::rounds_of_nodes, {limit});
}

std::vector<EngineRound> engine_rounds_of(Tx& tx, Uuid node) {
  return tx.rows<EngineRound>(sql::rounds_of_node, {node});
}

std::int64_t forget_engine_rounds(Tx& tx, Time before) {
  return tx.run(sql::forget_rounds, {before});
}

std::int64_t hurry_work(Tx& tx, const char* work, WorkspaceId behind, WorkspaceId up_to, Time now) {
  return tx.run(sql::hurry_work, {work, behind, up_to, now});
}

}  // namespace ringdown::store
