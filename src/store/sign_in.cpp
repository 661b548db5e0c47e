#include "store/sign_in.h"

namespace ringdown::store {

void put_setup_code(Tx& tx, const Bytes& hash, Time now) {
  tx.run(sql::put_setup_code, {hash, now});
}

bool take_setup_code(Tx& tx, const Bytes& hash) {
  return tx.run(sql::take_setup_code, {hash}) == 1;
}

void drop_setup_code(Tx& tx) {
  tx.run(sql::drop_setup_code);
}

bool has_owner(Tx& tx) {
  return *tx.row<std::int64_t>(sql::count_all_owners) > 0;
}

bool note_sign_in(Tx& tx, UserId user, const std::string& password_hash, Time now) {
  return tx.run(sql::note_sign_in, {user, password_hash, now}) == 1;
}

void propose_totp(Tx& tx, UserId user, const std::string& sealed_secret) {
  tx.run(sql::propose_totp, {user, sealed_secret});
}

bool confirm_totp(Tx& tx, UserId user, const std::string& sealed_secret, std::int64_t step) {
  return tx.run(sql::confirm_totp, {user, sealed_secret, step}) == 1;
}

bool drop_totp(Tx& tx, UserId user) {
  tx.run(sql::drop_recovery_codes, {user});
  return tx.run(sql::drop_totp, {user}) == 1;
}

bool use_totp_step(Tx& tx, UserId user, std::int64_t step) {
  return tx.run(sql::use_totp_step, {user, step}) == 1;
}

void put_recovery_codes(Tx& tx, UserId user, std::span<const Bytes> hashes) {
  tx.run(sql::drop_recovery_codes, {user});
  std::vector<Values> rows;
  for (const Bytes& hash : hashes) rows.push_back({user, hash});
  tx.run_each(sql::add_recovery_code, rows);
}

bool use_recovery_code(Tx& tx, UserId user, const Bytes& hash) {
  return tx.run(sql::use_recovery_code, {user, hash}) == 1;
}

std::int64_t count_recovery_codes(Tx& tx, UserId user) {
  return *tx.row<std::int64_t>(sql::count_recovery_codes, {user});
}

void add_device(Tx& tx, UserId user, const Bytes& hash, Time now) {
  tx.run(sql::add_device, {hash, user, now});
  tx.run(sql::trim_devices, {user, devices_max});
}

bool is_device_of(Tx& tx, UserId user, const Bytes& hash) {
  return *tx.row<std::int64_t>(sql::device_of_user, {hash, user}) == 1;
}

void touch_device(Tx& tx, UserId user, const Bytes& hash, Time now) {
  tx.run(sql::touch_device, {hash, user, now});
}

void drop_devices(Tx& tx, UserId user) {
  tx.run(sql::drop_devices, {user});
}

}  // namespace ringdown::store
