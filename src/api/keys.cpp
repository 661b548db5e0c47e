// Keys for programs. A key is good for one workspace and ends with its maker's ownership.
#include <algorithm>

#include "api/accounts.h"
#include "api/api.h"
#include "api/sign_in.h"
#include "crypto/random.h"
#include "ports/clock.h"
#include "ports/db.h"

namespace ringdown {
namespace {

struct NewKey {
  std::string name;
  std::vector<KeyScope> scopes;
};
BOOST_DESCRIBE_STRUCT(NewKey, (), (name, scopes))

struct KeyShown {
  store::ApiKeyId id;
  std::string name;
  std::vector<KeyScope> scopes;
  UserId created_by;
  Time created_at;
  std::optional<Time> used_at;
  std::optional<Time> revoked_at;
};
BOOST_DESCRIBE_STRUCT(KeyShown, (), (id, name, scopes, created_by, created_at, used_at, revoked_at))

struct KeyMade {
  store::ApiKeyId id;
  std::string key;
};
BOOST_DESCRIBE_STRUCT(KeyMade, (), (id, key))

}  // namespace

template <>
inline constexpr auto json_rules<NewKey> = rules_of<NewKey>(
    field(&NewKey::name, Form::line, length(1, 100)),
    field(&NewKey::scopes, length(1, 4), says("what the key may do; admin includes the others")));

template <>
inline constexpr auto json_rules<KeyMade> =
    rules_of<KeyMade>(field(&KeyMade::key, says("goes into Authorization: Bearer …; it is not shown again")));

namespace {

KeyShown shown(const store::ApiKey& key) {
  return {.id = key.id,
          .name = key.name,
          .scopes = flow::parse_scopes(key.scopes),
          .created_by = key.created_by,
          .created_at = key.created_at,
          .used_at = key.used_at,
          .revoked_at = key.revoked_at};
}

Task<Result<std::vector<KeyShown>>> list_keys(Asked& asked) {
  const auto keys = co_await asked.api.db.instance_read(
      [workspace = asked.workspace().id()](Tx& tx) { return store::api_keys_of(tx, workspace); });
  std::vector<KeyShown> all;
  std::ranges::transform(keys, std::back_inserter(all), shown);
  co_return all;
}

Task<Result<Created<KeyMade>>> make_key(Asked& asked, Body<NewKey> body) {
  std::vector<KeyScope>& scopes = body.value.scopes;
  std::ranges::sort(scopes);
  scopes.erase(std::ranges::unique(scopes).begin(), scopes.end());

  const std::string key = std::string(key_prefix) + crypto::random_token();
  const auto made = co_await asked.api.db.instance(
      [act = act_of(asked, asked.api.clock.now()), workspace = asked.workspace().id(),
       wanted = flow::NewApiKey{body.value.name, scopes, hash_of_secret(key)}](Tx& tx) {
        return flow::make_key(tx, act, workspace, wanted);
      });
  if (!made) co_return std::unexpected(made.error());
  co_return Created<KeyMade>{{made->id, key}};
}

Task<Result<Done>> revoke_key(Asked& asked, Path<store::ApiKeyId> id) {
  const auto revoked = co_await asked.api.db.instance(
      [act = act_of(asked, asked.api.clock.now()), workspace = asked.workspace().id(),
       id = id.value](Tx& tx) { return flow::revoke_key(tx, act, workspace, id); });
  if (!revoked) co_return std::unexpected(revoked.error());
  co_return Done{};
}

}  // namespace

const RouteTable key_routes = {
    route(Verb::get, "/api/keys", "Keys of this workspace", Access::admin, list_keys).key(KeyScope::admin),
    route(Verb::post, "/api/keys", "A new key, shown once", Access::owner, make_key),
    route(Verb::del, "/api/keys/{id}", "Ends a key", Access::admin, revoke_key),
};

}  // namespace ringdown
