#include "flow/sessions.h"

#include "store/coordination.h"
#include "store/sign_in.h"

namespace ringdown::flow {
namespace {

constexpr std::int64_t refused_sign_ins_noted = 10;

Result<void> use_second_factor(Tx& tx, const store::User& user, const Credentials& given) {
  if (!user.totp_secret) return {};
  if (given.totp_step && store::use_totp_step(tx, user.id, *given.totp_step)) return {};
  if (given.recovery_code && store::use_recovery_code(tx, user.id, *given.recovery_code)) return {};
  return fail(Reason::unauthenticated, "this code was used before; wait for the next one", "totp");
}

void end_everything(Tx& tx, UserId user) {
  store::end_sessions_of(tx, user);
  store::drop_devices(tx, user);
}

}  // namespace

Failure bad_sign_in() {
  return {Reason::unauthenticated, "the e-mail address or the password is wrong; try again", {}};
}

void open_session(Tx& tx, const Act& act, UserId user, const NewSession& session) {
  if (session.replaces) store::end_session(tx, *session.replaces);
  store::add_session(tx, {.hash = session.hash,
                          .user_id = user,
                          .created_at = act.now,
                          .seen_at = act.now,
                          .ends_at = act.now + session_max});
  if (session.known_device) {
    store::touch_device(tx, user, *session.known_device, act.now);
  } else {
    store::add_device(tx, user, session.device, act.now);
  }
}

Result<void> sign_in(Tx& tx, Act act, UserId id, const Credentials& given, const NewSession& session) {
  if (!store::note_sign_in(tx, id, given.password_hash, act.now)) return std::unexpected(bad_sign_in());
  const auto user = store::find_user(tx, id);
  if (auto second = use_second_factor(tx, *user, given); !second) return second;

  if (given.better_hash) store::set_password(tx, id, *given.better_hash);
  open_session(tx, act, id, session);
  act.user = id;
  note_for_user(tx, act, id, given.recovery_code ? "signed in with a recovery code" : "signed in");
  return {};
}

void note_refused_sign_in(Tx& tx, const Act& act, std::optional<UserId> user) {
  const Time hour = std::chrono::floor<std::chrono::hours>(act.now);
  if (!store::take_quota(tx, "audit/refused/" + (user ? to_text(*user) : "nobody"), hour,
                         refused_sign_ins_noted))
    return;
  if (user) note_for_user(tx, act, *user, "sign-in refused");
}

void sign_out(Tx& tx, const Act& act, const Bytes& session_hash) {
  if (store::end_session(tx, session_hash)) note_for_user(tx, act, *act.user, "signed out");
}

Result<void> change_password(Tx& tx, const Act& act, const std::string& old_hash, const std::string& new_hash,
                             const NewSession& anew) {
  if (!store::note_sign_in(tx, *act.user, old_hash, act.now)) {
    return fail(Reason::conflict, "the password was changed elsewhere at this moment; sign in again");
  }
  store::set_password(tx, *act.user, new_hash);
  end_everything(tx, *act.user);
  open_session(tx, act, *act.user, anew);
  note_for_user(tx, act, *act.user, "password changed");
  return {};
}

void reset_password(Tx& tx, const Act& act, UserId user, const std::string& new_hash) {
  store::set_password(tx, user, new_hash);
  end_everything(tx, user);
  note_for_user(tx, act, user, "password reset");
}

Result<void> confirm_totp(Tx& tx, const Act& act, const std::string& sealed_secret, std::int64_t step,
                          std::span<const Bytes> recovery_codes) {
  if (!store::confirm_totp(tx, *act.user, sealed_secret, step)) {
    return fail(Reason::conflict,
                "another secret was proposed meanwhile; begin again with POST /api/auth/totp");
  }
  store::put_recovery_codes(tx, *act.user, recovery_codes);
  note_for_user(tx, act, *act.user, "second factor enabled");
  return {};
}

Result<void> drop_totp(Tx& tx, const Act& act, UserId user) {
  if (!store::drop_totp(tx, user)) return fail(Reason::conflict, "this account has no second factor");
  note_for_user(tx, act, user, "second factor disabled");
  return {};
}

}  // namespace ringdown::flow
