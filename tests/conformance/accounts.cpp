// The scenarios about getting in: set-up code, second factor, devices, callers, invitations, the audit trail.
#include "ports/await.h"
#include "store/audit.h"
#include "store/invitations.h"
#include "store/sign_in.h"
#include "tests/conformance/history.h"
#include "tests/support/stores.h"

namespace ringdown::test {
namespace {

using ringdown::to_text;

const UserId ann = nth<UserTag>(1);
const UserId zoe = nth<UserTag>(2);

void add_people(Tx& tx) {
  store::add_user(tx, {ann, "ann@example.com", "Ann", std::nullopt, tuesday, std::nullopt});
  store::add_user(tx, {zoe, "zoe@example.com", "Zoe", std::nullopt, tuesday, std::nullopt});
}

Bytes hash(std::uint8_t n) {
  return Bytes(32, n);
}

void note_setup(Tx& tx, History& history) {
  store::put_setup_code(tx, hash(1), tuesday);
  store::put_setup_code(tx, hash(2), tuesday + 1h);
  history.note("the older code {}", shown(store::take_setup_code(tx, hash(1))));
  history.note("the newer code {}", shown(store::take_setup_code(tx, hash(2))));
  history.note("again {}", shown(store::take_setup_code(tx, hash(2))));
  store::put_setup_code(tx, hash(3), tuesday);
  store::drop_setup_code(tx);
  history.note("a dropped code {}", shown(store::take_setup_code(tx, hash(3))));
}

void note_second_factor(Tx& tx, History& history) {
  store::propose_totp(tx, ann, "sealed one");
  store::propose_totp(tx, ann, "sealed two");
  history.note("an outdated proposal {}", shown(store::confirm_totp(tx, ann, "sealed one", 5)));
  history.note("the newest {}", shown(store::confirm_totp(tx, ann, "sealed two", 5)));
  const auto user = store::find_user(tx, ann);
  history.note("secret {} pending {} step {}", *user->totp_secret, user->totp_pending.value_or("none"),
               *user->totp_step);
  for (const int step : {5, 6, 6, 4})
    history.note("step {} {}", step, shown(store::use_totp_step(tx, ann, step)));

  const std::vector<Bytes> codes{hash(7), hash(8)};
  store::put_recovery_codes(tx, ann, std::vector<Bytes>{hash(6)});
  store::put_recovery_codes(tx, ann, codes);
  history.note("recovery codes {}", store::count_recovery_codes(tx, ann));
  history.note("hers {}", shown(store::use_recovery_code(tx, ann, hash(7))));
  history.note("again {}", shown(store::use_recovery_code(tx, ann, hash(7))));
  history.note("somebody else's {}", shown(store::use_recovery_code(tx, zoe, hash(8))));
  history.note("dropped {}", shown(store::drop_totp(tx, ann)));
  history.note("again {}", shown(store::drop_totp(tx, ann)));
  history.note("recovery codes {}", store::count_recovery_codes(tx, ann));
}

void note_devices(Tx& tx, History& history) {
  for (int i = 0; i < store::devices_max; ++i) {
    store::add_device(tx, ann, hash(static_cast<std::uint8_t>(i)), tuesday + std::chrono::minutes(i));
  }
  store::touch_device(tx, ann, hash(0), tuesday + 2h);
  store::add_device(tx, ann, hash(100), tuesday + 3h);
  for (const std::uint8_t n : Bytes{0, 1, 2, 100})
    history.note("device {} {}", n, shown(store::is_device_of(tx, ann, hash(n))));
  history.note("of somebody else {}", shown(store::is_device_of(tx, zoe, hash(0))));
  store::drop_devices(tx, ann);
  history.note("dropped {}", shown(!store::is_device_of(tx, ann, hash(0))));
}

void note_callers(Tx& tx, History& history, WorkspaceId clinic) {
  store::add_session(tx, {hash(1), ann, tuesday, tuesday, tuesday + 10h});
  const auto caller = [&](Time now, Time unused_since) {
    const auto found = store::find_session_caller(tx, hash(1), now, unused_since);
    return found ? to_text(found->user_id) + " seen " + to_text(found->seen_at) : "nobody";
  };
  history.note("in time {}", caller(tuesday + 1h, tuesday - 1h));
  history.note("at its end {}", caller(tuesday + 10h, tuesday - 1h));
  history.note("unused {}", caller(tuesday + 1h, tuesday));

  const store::ApiKey key{clinic, nth<store::ApiKeyTag>(1), "import", "read import", ann, tuesday, {}, {}};
  const auto key_caller = [&] {
    const auto found = store::find_key_caller(tx, hash(9));
    return found ? to_text(found->created_by) + " " + to_text(found->kind) + " " + found->scopes + " used " +
                       shown(found->used_at)
                 : "nobody";
  };
  store::add_api_key(tx, key, hash(9));
  history.note("key of {}", key_caller());
  history.note("revoked {}", store::revoke_api_keys_of(tx, clinic, zoe, tuesday));
  history.note("key of {}", key_caller());
  history.note("revoked {}", store::revoke_api_keys_of(tx, clinic, ann, tuesday));
  history.note("key of {}", key_caller());
  store::add_session(tx, {hash(2), zoe, tuesday, tuesday, tuesday + 10h});
  store::add_api_key(tx, {clinic, nth<store::ApiKeyTag>(2), "two", "read", zoe, tuesday, {}, {}}, hash(10));
  store::disable_user(tx, zoe, tuesday);
  history.note("disabled, key {}", shown(store::find_key_caller(tx, hash(10)).has_value()));
}

}  // namespace

void sign_in(Db& db, History& history) {
  const Workspace clinic = a_workspace(db);
  await(db.instance([&](Tx& tx) {
    add_people(tx);
    history.note("locked {}, unknown {}", shown(store::lock_workspace(tx, clinic.id())),
                 shown(store::lock_workspace(tx, nth<WorkspaceTag>(9))));
    history.note("owner {}", shown(store::has_owner(tx)));
    store::put_membership(tx, clinic.id(), ann, Role::owner, tuesday);
    history.note("owner {}", shown(store::has_owner(tx)));
    note_setup(tx, history);

    store::set_password(tx, ann, "hash");
    history.note("signs in {}", shown(store::note_sign_in(tx, ann, "hash", tuesday)));
    history.note("at {}", shown(store::find_user(tx, ann)->signed_in_at));
    history.note("with an older password {}", shown(store::note_sign_in(tx, ann, "other", tuesday)));
    note_second_factor(tx, history);
    note_devices(tx, history);
    note_callers(tx, history, clinic.id());
    store::disable_user(tx, ann, tuesday);
    history.note("disabled signs in {}", shown(store::note_sign_in(tx, ann, "hash", tuesday)));
    for (const auto& user : store::users_page(tx, "ann@example.com", 10))
      history.note("behind Ann: {}", user.email);
  }));
}

void invitations(Db& db, History& history) {
  const Workspace clinic = a_workspace(db);
  const auto invitation = [&](std::uint64_t n, const std::string& email) {
    return store::Invitation{
        clinic.id(), nth<store::InvitationTag>(n), email, Role::rep, ann, tuesday, tuesday + 24h, {}};
  };
  await(db.instance([&](Tx& tx) {
    add_people(tx);
    store::add_invitation(tx, invitation(1, "max@example.com"), hash(1));
    store::add_invitation(tx, invitation(2, "max@example.com"), hash(2));
    store::add_invitation(tx, invitation(3, "ida@example.com"), hash(3));
    history.note("replaced {}", shown(store::find_invitation(tx, hash(1)).has_value()));
    const auto found = store::find_invitation(tx, hash(2));
    history.note("{} as {} by {} until {} used {}", found->email, to_text(found->role),
                 shown(found->invited_by), to_text(found->ends_at), shown(found->used_at));
    history.note("open {}", store::open_invitations(tx, clinic.id(), tuesday).size());
    history.note("open at their end {}", store::open_invitations(tx, clinic.id(), tuesday + 24h).size());
    history.note("used at its end {}", shown(store::use_invitation(tx, *found, tuesday + 24h)));
    history.note("used {}", shown(store::use_invitation(tx, *found, tuesday + 1h)));
    history.note("again {}", shown(store::use_invitation(tx, *found, tuesday + 1h)));
    history.note("a used one dropped {}", shown(store::drop_invitation(tx, clinic.id(), found->id)));
    history.note("an open one dropped {}",
                 shown(store::drop_invitation(tx, clinic.id(), nth<store::InvitationTag>(3))));
    history.note("open {}", store::open_invitations(tx, clinic.id(), tuesday).size());
  }));
}

void audit(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  const auto entry = [](std::uint64_t n, const std::string& what) {
    return store::AuditRecord{nth<store::AuditTag>(n), ann, "session", what, "a thing", "192.0.2.1", tuesday};
  };
  await(db.instance([&](Tx& tx) {
    store::add_audit(tx, clinic.id(), entry(1, "one"));
    store::add_audit(tx, agency.id(), entry(2, "the agency's"));
    store::add_audit(tx, std::nullopt,
                     {nth<store::AuditTag>(3), {}, "command-line", "nobody's", {}, {}, tuesday});
    for (const auto& one : store::instance_audit_page(tx, {}, 10))
      history.note("instance: {} {}", one.what, shown(one.user_id));
  }));
  await(db.write(clinic, [&](Tx& tx) { store::add_audit(tx, entry(4, "two")); }));
  await(db.read(clinic, [&](Tx& tx) {
    for (const auto& one : store::audit_page(tx, {}, 10)) {
      history.note("{} {} {} {} {} {}", one.what, shown(one.user_id), one.via, *one.target, *one.address,
                   to_text(one.at));
    }
    history.note("behind the newest {}", store::audit_page(tx, nth<store::AuditTag>(4), 10).front().what);
  }));
}

}  // namespace ringdown::test
