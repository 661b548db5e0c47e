#include "store/people.h"

namespace ringdown::store {

void add_workspace(Tx& tx, const WorkspaceRecord& workspace) {
  tx.run(sql::add_workspace, {workspace.id, workspace.name, workspace.kind, workspace.created_at});
}

std::optional<WorkspaceRecord> find_workspace(Tx& tx, WorkspaceId id) {
  return tx.row<WorkspaceRecord>(sql::workspace_by_id, {id});
}

bool lock_workspace(Tx& tx, WorkspaceId id) { return tx.run(sql::lock_workspace, {id}) == 1; }

std::vector<WorkspaceId> workspaces_after(Tx& tx, WorkspaceId id, int limit) {
  return tx.rows<WorkspaceId>(sql::workspaces_after, {id, limit});
}

bool add_user(Tx& tx, const User& user) {
  return tx.run(sql::add_user, {user.id, user.email, user.name, user.password_hash, user.created_at}) == 1;
}

std::optional<User> find_user(Tx& tx, UserId id) {
  return tx.row<User>(sql::user_by_id, {id});
}

std::optional<User> find_user(Tx& tx, const std::string& email) {
  return tx.row<User>(sql::user_by_email, {email});
}

std::int64_t count_users(Tx& tx) {
  return *tx.row<std::int64_t>(sql::count_users);
}

void set_password(Tx& tx, UserId id, const std::string& hash) {
  tx.run(sql::set_password, {id, hash});
}

std::vector<User> users_page(Tx& tx, const std::string& after_email, int limit) {
  return tx.rows<User>(sql::users_page, {after_email, limit});
}

bool disable_user(Tx& tx, UserId id, Time now) {
  end_sessions_of(tx, id);
  return tx.run(sql::disable_user, {id, now}) == 1;
}

void put_membership(Tx& tx, WorkspaceId workspace, UserId user, Role role, Time now) {
  tx.run(sql::put_membership, {workspace, user, role, now});
}

bool remove_membership(Tx& tx, WorkspaceId workspace, UserId user) {
  return tx.run(sql::remove_membership, {workspace, user}) == 1;
}

std::optional<Role> role_of(Tx& tx, WorkspaceId workspace, UserId user) {
  return tx.row<Role>(sql::role_of, {workspace, user});
}

std::vector<WorkspaceOfUser> workspaces_of(Tx& tx, UserId user) {
  return tx.rows<WorkspaceOfUser>(sql::workspaces_of, {user});
}

std::int64_t count_owners(Tx& tx, WorkspaceId workspace) {
  return *tx.row<std::int64_t>(sql::count_owners, {workspace});
}

std::vector<Member> members_page(Tx& tx, WorkspaceId workspace, const MemberPage& page) {
  return tx.rows<Member>(sql::members_page(page.order),
                         {workspace, page.after_key, page.after_id, page.limit});
}

void add_api_key(Tx& tx, const ApiKey& key, const Bytes& hash) {
  tx.run(sql::add_api_key,
         {key.workspace_id, key.id, hash, key.name, key.scopes, key.created_by, key.created_at});
}

std::optional<ApiKey> find_api_key(Tx& tx, const Bytes& hash) {
  return tx.row<ApiKey>(sql::api_key_by_hash, {hash});
}

std::vector<ApiKey> api_keys_of(Tx& tx, WorkspaceId workspace) {
  return tx.rows<ApiKey>(sql::api_keys_of, {workspace});
}

void touch_api_key(Tx& tx, WorkspaceId workspace, ApiKeyId id, Time now) {
  tx.run(sql::touch_api_key, {workspace, id, now});
}

bool revoke_api_key(Tx& tx, WorkspaceId workspace, ApiKeyId id, Time now) {
  return tx.run(sql::revoke_api_key, {workspace, id, now}) == 1;
}

std::int64_t revoke_api_keys_of(Tx& tx, WorkspaceId workspace, UserId maker, Time now) {
  return tx.run(sql::revoke_api_keys_of, {workspace, maker, now});
}

std::optional<KeyCaller> find_key_caller(Tx& tx, const Bytes& hash) {
  return tx.row<KeyCaller>(sql::caller_by_key, {hash});
}

void add_session(Tx& tx, const Session& session) {
  tx.run(sql::add_session, {session.hash, session.user_id, session.created_at, session.ends_at});
}

std::optional<Session> find_session(Tx& tx, const Bytes& hash) {
  return tx.row<Session>(sql::session_by_hash, {hash});
}

void touch_session(Tx& tx, const Bytes& hash, Time now) {
  tx.run(sql::touch_session, {hash, now});
}

std::optional<SessionCaller> find_session_caller(Tx& tx, const Bytes& hash, Time now, Time unused_since) {
  return tx.row<SessionCaller>(sql::caller_by_session, {hash, now, unused_since});
}

bool end_session(Tx& tx, const Bytes& hash) {
  return tx.run(sql::end_session, {hash}) == 1;
}

std::int64_t end_sessions_of(Tx& tx, UserId user) {
  return tx.run(sql::end_sessions_of, {user});
}

std::int64_t end_stale_sessions(Tx& tx, Time now, Time unused_since) {
  return tx.run(sql::end_stale_sessions, {now, unused_since});
}

}  // namespace ringdown::store
