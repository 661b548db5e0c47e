#include "store/due.h"

#include "store/sql.h"

namespace ringdown::store {

void make_due_by(Tx& tx, const char* work, Time at) {
  // Asked first, so that those who say the same do not all write one row.
  if (!tx.row<Time>(sql::due_anyway, {work, at})) tx.send(sql::make_due_by, {work, at});
}

bool take_due(Tx& tx, const char* work, Time now, Time again_at) {
  return tx.run(sql::take_due, {work, now, again_at}) == 1;
}

void make_due_at(Tx& tx, const char* work, std::optional<Time> at) {
  if (!at)
    tx.send(sql::no_longer_due, {work});
  else if (tx.run(sql::put_off_due, {work, *at}) == 0)
    make_due_by(tx, work, *at);
}

}  // namespace ringdown::store
