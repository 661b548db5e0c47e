// Workspaces, users and who is what where; API keys and sessions, known by the hash of their secret. All of
// it belongs to the instance: these functions run in Db::instance units.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "domain/access.h"
#include "ports/db.h"
#include "store/sql.h"

namespace ringdown::store {

using ApiKeyId = Id<struct ApiKeyTag>;

struct WorkspaceRecord {
  WorkspaceId id;
  std::string name;
  WorkspaceKind kind;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(WorkspaceRecord, (), (id, name, kind, created_at))

struct User {
  UserId id;
  std::string email;  // as `normalised_email` writes it; no two users share one
  std::string name;
  std::optional<std::string> password_hash;
  Time created_at;
  std::optional<Time> disabled_at;
  std::optional<std::string> totp_secret{};   // sealed by whoever gives it
  std::optional<std::string> totp_pending{};  // proposed, not confirmed yet
  std::optional<std::int64_t> totp_step{};    // the last one used
  std::optional<Time> signed_in_at{};
};
BOOST_DESCRIBE_STRUCT(User, (),
                      (id, email, name, password_hash, created_at, disabled_at, totp_secret, totp_pending, totp_step,
                       signed_in_at))

struct WorkspaceOfUser {
  WorkspaceId id;
  std::string name;
  WorkspaceKind kind;
  Role role;
};
BOOST_DESCRIBE_STRUCT(WorkspaceOfUser, (), (id, name, kind, role))

struct Member {
  UserId id;
  std::string email;
  std::string name;
  Role role;
  Time since;
  std::string sort_key;  // with the id, where the next page begins
};
BOOST_DESCRIBE_STRUCT(Member, (), (id, email, name, role, since, sort_key))

struct ApiKey {
  WorkspaceId workspace_id;
  ApiKeyId id;
  std::string name;
  std::string scopes;  // words with a blank between
  UserId created_by;
  Time created_at;
  std::optional<Time> used_at;
  std::optional<Time> revoked_at;
};
BOOST_DESCRIBE_STRUCT(ApiKey, (),
                      (workspace_id, id, name, scopes, created_by, created_at, used_at, revoked_at))

struct Session {
  Bytes hash;
  UserId user_id;
  Time created_at;
  Time seen_at;
  Time ends_at;
};
BOOST_DESCRIBE_STRUCT(Session, (), (hash, user_id, created_at, seen_at, ends_at))

struct SessionCaller {
  UserId user_id;
  Time seen_at;
};
BOOST_DESCRIBE_STRUCT(SessionCaller, (), (user_id, seen_at))

struct KeyCaller {
  WorkspaceId workspace_id;
  WorkspaceKind kind;
  ApiKeyId id;
  std::string scopes;
  UserId created_by;
  std::optional<Time> used_at;
};
BOOST_DESCRIBE_STRUCT(KeyCaller, (), (workspace_id, kind, id, scopes, created_by, used_at))

void add_workspace(Tx&, const WorkspaceRecord&);
std::optional<WorkspaceRecord> find_workspace(Tx&, WorkspaceId);
bool lock_workspace(Tx&, WorkspaceId);  // until the unit ends; false when there is none
std::vector<WorkspaceId> workspaces_after(Tx&, WorkspaceId, int limit);

bool add_user(Tx&, const User&);  // false when the address is taken
std::optional<User> find_user(Tx&, UserId);
std::optional<User> find_user(Tx&, const std::string& email);
std::int64_t count_users(Tx&);
std::vector<User> users_page(Tx&, const std::string& after_email, int limit);
void set_password(Tx&, UserId, const std::string& hash);
bool disable_user(Tx&, UserId, Time now);  // ends their sessions; false when they were disabled before

void put_membership(Tx&, WorkspaceId, UserId, Role, Time now);
bool remove_membership(Tx&, WorkspaceId, UserId);
std::optional<Role> role_of(Tx&, WorkspaceId, UserId);
std::vector<WorkspaceOfUser> workspaces_of(Tx&, UserId);
std::int64_t count_owners(Tx&, WorkspaceId);

struct MemberPage {
  sql::members_page_order order = sql::members_page_order::email;
  std::string after_key;  // what the last page ended with; empty for the first
  UserId after_id{};
  int limit = 50;
};
std::vector<Member> members_page(Tx&, WorkspaceId, const MemberPage&);

void add_api_key(Tx&, const ApiKey&, const Bytes& hash);
std::optional<ApiKey> find_api_key(Tx&, const Bytes& hash);
std::vector<ApiKey> api_keys_of(Tx&, WorkspaceId);
void touch_api_key(Tx&, WorkspaceId, ApiKeyId, Time now);
bool revoke_api_key(Tx&, WorkspaceId, ApiKeyId, Time now);
std::int64_t revoke_api_keys_of(Tx&, WorkspaceId, UserId maker, Time now);
std::optional<KeyCaller> find_key_caller(Tx&, const Bytes& hash);  // of a key that is in force

void add_session(Tx&, const Session&);
std::optional<Session> find_session(Tx&, const Bytes& hash);
std::optional<SessionCaller> find_session_caller(Tx&, const Bytes& hash, Time now, Time unused_since);
void touch_session(Tx&, const Bytes& hash, Time now);
bool end_session(Tx&, const Bytes& hash);
std::int64_t end_sessions_of(Tx&, UserId);
std::int64_t end_stale_sessions(Tx&, Time now, Time unused_since);

}  // namespace ringdown::store
