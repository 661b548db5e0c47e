// What a workspace has set, and the secrets it keeps: units of the workspace. A secret comes here sealed and
// leaves sealed; flow/secrets opens it.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/access.h"
#include "domain/settings.h"
#include "ports/db.h"

namespace ringdown::store {

Settings load_settings(Tx&);
void save_settings(Tx&, const SettingsChange&, Time now, std::optional<UserId> by);

struct SealedSecret {
  std::string name;
  Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(SealedSecret, (), (name, sealed))

struct SecretNote {
  std::string name;
  std::optional<std::string> hint;
  Time changed_at;
  std::optional<UserId> changed_by;
};
BOOST_DESCRIBE_STRUCT(SecretNote, (), (name, hint, changed_at, changed_by))

void put_secret(Tx&, const SecretNote&, const Bytes& sealed);
void reseal_secret(Tx&, const SealedSecret&);
std::optional<Bytes> find_sealed_secret(Tx&, const std::string& name);
std::vector<SealedSecret> sealed_secrets(Tx&, const std::string& after, int limit);
std::vector<SecretNote> secret_notes(Tx&);
bool remove_secret(Tx&, const std::string& name);

}  // namespace ringdown::store
