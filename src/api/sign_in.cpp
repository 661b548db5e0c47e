#include "api/sign_in.h"

#include "api/api.h"
#include "api/cookies.h"
#include "api/identities.h"
#include "api/limits.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "ports/clock.h"
#include "ports/db.h"

namespace ringdown {
namespace {

constexpr Span device_lasts = std::chrono::days(365);

using MaybeCaller = std::optional<Caller>;
using MaybeHeader = std::optional<std::string>;

MaybeHeader wanted_workspace(const Request& request) {
  const auto header = request.headers.find("X-Workspace");
  return header ? MaybeHeader(*header) : std::nullopt;
}

std::optional<std::string> bearer_token(const Request& request) {
  const auto header = request.headers.find("Authorization");
  if (!header || header->size() < 7 || !same_word(header->substr(0, 7), "Bearer ")) return std::nullopt;
  return std::string(trimmed(header->substr(7)));
}

// What a unit found out, and whether its use is worth writing down.
struct Found {
  Caller caller;
  bool touch = false;
};

Result<Found> in_workspace(Tx& tx, Found found, const MaybeHeader& wanted) {
  const auto chosen = flow::choose_workspace(tx, found.caller.user, wanted);
  if (!chosen) return std::unexpected(chosen.error());
  if (*chosen) {
    found.caller.workspace = (*chosen)->id;
    found.caller.kind = (*chosen)->kind;
    found.caller.role = (*chosen)->role;
  }
  return found;
}

Result<std::optional<Found>> find_session(Tx& tx, const Bytes& hash, const MaybeHeader& wanted, Time now) {
  const auto session = store::find_session_caller(tx, hash, now, now - flow::session_unused_max);
  if (!session) return std::nullopt;
  return in_workspace(tx,
                      {.caller = {.user = session->user_id, .via = Via::session, .session_hash = hash},
                       .touch = now - session->seen_at >= flow::seen_every},
                      wanted);
}

Task<Result<MaybeCaller>> by_session(Api& api, std::string token, MaybeHeader wanted) {
  const Bytes hash = hash_of_secret(token);
  const auto found = co_await api.db.instance_read(
      [hash, wanted, &clock = api.clock](Tx& tx) { return find_session(tx, hash, wanted, clock.now()); });
  if (!found) co_return std::unexpected(found.error());
  if (!*found) co_return std::nullopt;

  if ((*found)->touch) {
    co_await api.db.instance(
        [hash, &clock = api.clock](Tx& tx) { store::touch_session(tx, hash, clock.now()); });
  }
  co_return (*found)->caller;
}

Result<std::optional<store::KeyCaller>> find_key(Tx& tx, const Bytes& hash, const MaybeHeader& wanted) {
  auto key = store::find_key_caller(tx, hash);
  if (key && wanted && parse_uuid(*wanted) != key->workspace_id.value) {
    return std::unexpected(flow::no_workspace());
  }
  return key;
}

Task<Result<MaybeCaller>> by_key(Api& api, std::string token, MaybeHeader wanted) {
  const auto found = co_await api.db.instance_read(
      [hash = hash_of_secret(token), wanted](Tx& tx) { return find_key(tx, hash, wanted); });
  if (!found) co_return std::unexpected(found.error());
  if (!*found) co_return std::nullopt;

  const store::KeyCaller& key = **found;
  const Time now = api.clock.now();
  if (!key.used_at || now - *key.used_at >= flow::seen_every) {
    co_await api.db.instance([workspace = key.workspace_id, id = key.id, now](Tx& tx) {
      store::touch_api_key(tx, workspace, id, now);
    });
  }
  co_return Caller{.user = key.created_by,
                   .workspace = key.workspace_id,
                   .kind = key.kind,
                   .via = Via::key,
                   .scopes = flow::parse_scopes(key.scopes)};
}

Task<Result<MaybeCaller>> by_token(Api& api, std::string token, MaybeHeader wanted) {
  if (!api.issuers) co_return std::nullopt;
  const auto user = co_await user_of_token(api, std::move(token));
  if (!user) co_return std::unexpected(user.error());

  const auto found =
      co_await api.db.instance_read([id = *user, wanted](Tx& tx) -> Result<std::optional<Found>> {
        const auto known = store::find_user(tx, id);
        if (!known || known->disabled_at) return std::nullopt;
        return in_workspace(tx, {.caller = {.user = id, .via = Via::token}}, wanted);
      });
  if (!found) co_return std::unexpected(found.error());
  co_return *found ? MaybeCaller((*found)->caller) : std::nullopt;
}

}  // namespace

Task<Result<MaybeCaller>> identify(Request& request, Api& api) {
  const MaybeHeader wanted = wanted_workspace(request);
  if (auto token = bearer_token(request)) {
    if (token->starts_with(key_prefix)) co_return co_await by_key(api, std::move(*token), wanted);
    co_return co_await by_token(api, std::move(*token), wanted);
  }
  if (auto token = find_cookie(request, session_cookie)) {
    co_return co_await by_session(api, std::move(*token), wanted);
  }
  co_return std::nullopt;
}

RouterHooks account_hooks() {
  return {.identify = identify, .throttle = throttle};
}

Bytes hash_of_secret(std::string_view token) {
  const auto hash = crypto::hash_of_token(token);
  return Bytes(hash.bytes.begin(), hash.bytes.end());
}

flow::Act act_of(const Asked& asked, Time now) {
  return {.user = asked.caller->user,
          .role = asked.caller->role,
          .via = to_text(asked.caller->via),
          .address = asked.request.peer,
          .now = now,
          .chance = asked.api.chance};
}

flow::Act act_of_stranger(const Asked& asked, Time now) {
  return {.user = {},
          .role = Role::rep,
          .via = "sign-in",
          .address = asked.request.peer,
          .now = now,
          .chance = asked.api.chance};
}

FreshSession fresh_session(const Request& request, std::optional<Bytes> known_device) {
  FreshSession fresh{.token = crypto::random_token(), .device_token = {}, .record = {}};
  fresh.record.hash = hash_of_secret(fresh.token);
  if (const auto old = find_cookie(request, session_cookie)) fresh.record.replaces = hash_of_secret(*old);
  fresh.record.known_device = std::move(known_device);
  if (!fresh.record.known_device) {
    fresh.device_token = crypto::random_token();
    fresh.record.device = hash_of_secret(fresh.device_token);
  }
  return fresh;
}

void hand_over(Asked& asked, const FreshSession& fresh) {
  const auto add = [&](Header header) { asked.headers.add(std::move(header.name), std::move(header.value)); };
  add(cookie_header(asked.request, session_cookie, fresh.token, flow::session_max));
  if (!fresh.device_token.empty()) {
    add(cookie_header(asked.request, device_cookie, fresh.device_token, device_lasts));
  }
}

void take_session_back(Asked& asked) {
  Header gone = cookie_header(asked.request, session_cookie, "", 0s);
  asked.headers.add(std::move(gone.name), std::move(gone.value));
}

Me tell_me(Tx& tx, UserId id, std::optional<WorkspaceId> in_hand) {
  const auto user = store::find_user(tx, id);
  return {.user = {.id = id,
                   .email = user->email,
                   .name = user->name,
                   .second_factor = user->totp_secret.has_value()},
          .workspaces = store::workspaces_of(tx, id),
          .workspace = in_hand};
}

}  // namespace ringdown
