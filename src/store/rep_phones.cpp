#include "store/rep_phones.h"

#include "ports/row_writer.h"
#include "store/sql.h"

namespace ringdown::store {

void save_rep_phone(Tx& tx, const RepPhone& phone) {
  tx.run(sql::save_rep_phone, values_of(phone));
}

std::optional<RepPhone> find_rep_phone(Tx& tx, UserId user) {
  return tx.row<RepPhone>(sql::rep_phone_of, {user});
}

bool confirm_rep_phone(Tx& tx, UserId user, CallId call, Time now) {
  return tx.run(sql::confirm_rep_phone, {user, call, now}) > 0;
}

bool forget_rep_phone(Tx& tx, UserId user) {
  return tx.run(sql::forget_rep_phone, {user}) > 0;
}

}  // namespace ringdown::store
