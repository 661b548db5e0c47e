#include "store/settings.h"

#include "store/sql.h"

namespace ringdown::store {

Settings load_settings(Tx& tx) {
  return settings_of(tx.rows<SettingValue>(sql::all_settings));
}

void save_settings(Tx& tx, const SettingsChange& change, Time now, std::optional<UserId> by) {
  for (const SettingValue& one : change.given) tx.run(sql::put_setting, {one.key, one.value, now, by});
}

void put_secret(Tx& tx, const SecretNote& note, const Bytes& sealed) {
  tx.run(sql::put_secret, {note.name, sealed, note.hint, note.changed_at, note.changed_by});
}

void reseal_secret(Tx& tx, const SealedSecret& secret) {
  tx.run(sql::reseal_secret, {secret.name, secret.sealed});
}

std::optional<Bytes> find_sealed_secret(Tx& tx, const std::string& name) {
  return tx.row<Bytes>(sql::sealed_secret, {name});
}

std::vector<SealedSecret> sealed_secrets(Tx& tx, const std::string& after, int limit) {
  return tx.rows<SealedSecret>(sql::sealed_secrets, {after, limit});
}

std::vector<SecretNote> secret_notes(Tx& tx) {
  return tx.rows<SecretNote>(sql::secret_notes);
}

bool remove_secret(Tx& tx, const std::string& name) {
  return tx.run(sql::remove_secret, {name}) == 1;
}

}  // namespace ringdown::store
