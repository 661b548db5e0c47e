#include "store/schema.h"

#include "store/sql.h"

namespace ringdown::store {

std::string newest_migration(Tx& tx) {
  return tx.row<std::string>(sql::newest_migration).value();
}

}  // namespace ringdown::store
