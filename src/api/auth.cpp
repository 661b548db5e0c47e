// Coming in and going out.
#include <fmt/format.h>

#include "api/accounts.h"
#include "api/api.h"
#include "api/cookies.h"
#include "api/limits.h"
#include "api/passwords.h"
#include "api/second_factor.h"
#include "api/setup_code.h"
#include "api/sign_in.h"
#include "crypto/password.h"
#include "domain/email.h"
#include "net/address_block.h"
#include "ports/clock.h"
#include "ports/db.h"
#include "store/sign_in.h"

namespace ringdown {
namespace {

struct RegisterInput {
  std::optional<std::string> setup_code;
  std::optional<std::string> invitation;
  std::string email;
  std::string password;
  std::optional<std::string> name;
  std::optional<std::string> workspace;
};
BOOST_DESCRIBE_STRUCT(RegisterInput, (), (setup_code, invitation, email, password, name, workspace))

struct LoginInput {
  std::string email;
  std::string password;
  std::optional<std::string> totp;
};
BOOST_DESCRIBE_STRUCT(LoginInput, (), (email, password, totp))

struct PasswordInput {
  std::string old_password;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(PasswordInput, (), (old_password, password))

struct AcceptInput {
  std::string invitation;
};
BOOST_DESCRIBE_STRUCT(AcceptInput, (), (invitation))

}  // namespace

template <>
inline constexpr auto json_rules<RegisterInput> = rules_of<RegisterInput>(
    field(&RegisterInput::setup_code, length(1, 100),
          says("what `ringdown serve` prints while nobody is an owner")),
    field(&RegisterInput::invitation, length(1, 100)), field(&RegisterInput::email, length(3, 254)),
    field(&RegisterInput::password, length(8, 128)), field(&RegisterInput::name, Form::line, length(1, 100)),
    field(&RegisterInput::workspace, Form::line, length(1, 100), says("the name of the first workspace")));

template <>
inline constexpr auto json_rules<LoginInput> = rules_of<LoginInput>(
    field(&LoginInput::email, length(1, 254)), field(&LoginInput::password, length(1, 512)),
    field(&LoginInput::totp, length(1, 64), says("the second factor: six digits, or a recovery code")));

template <>
inline constexpr auto json_rules<PasswordInput> = rules_of<PasswordInput>(
    field(&PasswordInput::old_password, length(1, 512)), field(&PasswordInput::password, length(8, 128)));

template <>
inline constexpr auto json_rules<AcceptInput> =
    rules_of<AcceptInput>(field(&AcceptInput::invitation, length(1, 100)));

namespace {

struct RegisterPlan {
  std::optional<Bytes> setup_code;
  std::optional<Bytes> invitation;
  flow::NewPerson person;
  std::string workspace;
};

Result<RegisterPlan> plan_of(const RegisterInput& input, const PasswordPool& passwords) {
  if (input.setup_code.has_value() == input.invitation.has_value()) {
    return fail(Reason::invalid, "send either a setup_code or an invitation", "invitation");
  }
  auto email = normalised_email(input.email);
  if (!email) return std::unexpected(email.error());
  if (auto judged = passwords.judge(input.password, *email); !judged) return std::unexpected(judged.error());

  RegisterPlan plan{.workspace = input.workspace.value_or("Rehearsal")};
  if (input.setup_code) plan.setup_code = hash_of_setup_code(*input.setup_code);
  if (input.invitation) plan.invitation = hash_of_secret(*input.invitation);
  plan.person = {
      .email = *email, .name = input.name.value_or(email->substr(0, email->find('@'))), .password_hash = {}};
  return plan;
}

Result<Me> join(Tx& tx, flow::Act act, const RegisterPlan& plan, const flow::NewSession& session) {
  const auto joined = plan.setup_code ? flow::set_up(tx, act, *plan.setup_code, plan.person, plan.workspace)
                                      : flow::join(tx, act, *plan.invitation, plan.person);
  if (!joined) return std::unexpected(joined.error());
  flow::open_session(tx, act, joined->user, session);
  return tell_me(tx, joined->user, joined->workspace);
}

Task<Result<Created<Me>>> register_person(Asked& asked, Body<RegisterInput> body) {
  auto plan = plan_of(body.value, *asked.api.passwords);
  if (!plan) co_return std::unexpected(plan.error());
  auto hash = co_await asked.api.passwords->hash(std::move(body.value.password));
  if (!hash) co_return std::unexpected(hash.error());
  plan->person.password_hash = std::move(*hash);

  const FreshSession fresh = fresh_session(asked.request, std::nullopt);
  auto me = co_await asked.api.db.instance(
      [act = act_of_stranger(asked, asked.api.clock.now()), plan = *plan, session = fresh.record](Tx& tx) {
        return join(tx, act, plan, session);
      });
  if (!me) co_return std::unexpected(me.error());
  hand_over(asked, fresh);
  co_return Created<Me>{std::move(*me)};
}

// What is known before the password is looked at; the same work whether the account exists or not.
struct Look {
  std::optional<Span> wait;
  std::optional<store::User> user;  // who may sign in with a password
  std::optional<Bytes> known_device;
};

Look look_up(Tx& tx, const std::string& email, const std::string& address, const std::optional<Bytes>& device,
             Time now) {
  Look look{.wait = {}, .user = store::find_user(tx, email), .known_device = {}};
  if (look.user && (look.user->disabled_at || !look.user->password_hash)) look.user.reset();
  if (look.user && device && store::is_device_of(tx, look.user->id, *device)) look.known_device = device;
  look.wait = take_sign_in(tx, {account_name(email), address, look.known_device}, now);
  return look;
}

Task<Look> look_up(Asked& asked, const std::string& email) {
  std::optional<Bytes> device;
  if (const auto cookie = find_cookie(asked.request, device_cookie)) device = hash_of_secret(*cookie);
  co_return co_await asked.api.db.instance(
      [email, address = address_block(asked.request.peer), device, &clock = asked.api.clock](Tx& tx) {
        return look_up(tx, email, address, device, clock.now());
      });
}

// A unit for nobody as well, so that the answer takes as long.
Task<void> note_refusal(Asked& asked, const std::optional<store::User>& user) {
  const auto id = user ? std::optional(user->id) : std::nullopt;
  co_await asked.api.db.instance([act = act_of_stranger(asked, asked.api.clock.now()), id](Tx& tx) {
    flow::note_refused_sign_in(tx, act, id);
  });
}

// The stored hash that the password fits, with a better one where it is outdated.
Task<Result<flow::Credentials>> judge_password(Asked& asked, const std::optional<store::User>& user,
                                               const std::string& password) {
  PasswordPool& pool = *asked.api.passwords;
  const auto checked = co_await pool.check(password, user ? user->password_hash : std::nullopt);
  if (!checked) co_return std::unexpected(checked.error());
  if (!checked->fits) {
    co_await note_refusal(asked, user);
    co_return std::unexpected(flow::bad_sign_in());
  }

  flow::Credentials given{.password_hash = *user->password_hash};
  if (checked->outdated) {
    if (auto better = co_await pool.hash(password)) given.better_hash = std::move(*better);
  }
  co_return given;
}

Task<Result<Me>> login(Asked& asked, Body<LoginInput> body) {
  const std::string email = lowered(trimmed(body.value.email));
  const Look look = co_await look_up(asked, email);
  if (look.wait) co_return std::unexpected(too_many(asked, *look.wait));

  auto given = co_await judge_password(asked, look.user, body.value.password);
  if (!given) co_return std::unexpected(given.error());
  const auto second =
      co_await judge_second_factor(asked, *look.user, body.value.totp, look.known_device.has_value(), *given);
  if (!second) {
    if (body.value.totp) co_await note_refusal(asked, look.user);
    co_return std::unexpected(second.error());
  }

  const FreshSession fresh = fresh_session(asked.request, look.known_device);
  auto me =
      co_await asked.api.db.instance([act = act_of_stranger(asked, asked.api.clock.now()), id = look.user->id,
                                      given = *given, session = fresh.record](Tx& tx) -> Result<Me> {
        if (auto signed_in = flow::sign_in(tx, act, id, given, session); !signed_in) {
          return std::unexpected(signed_in.error());
        }
        const auto first = flow::choose_workspace(tx, id, std::nullopt);
        return tell_me(tx, id, *first ? std::optional((*first)->id) : std::nullopt);
      });
  if (!me) co_return std::unexpected(me.error());
  hand_over(asked, fresh);
  co_return std::move(*me);
}

Task<Result<Done>> logout(Asked& asked) {
  const Bytes session = asked.caller->session_hash;
  co_await asked.api.db.instance(
      [act = act_of(asked, asked.api.clock.now()), session](Tx& tx) { flow::sign_out(tx, act, session); });
  take_session_back(asked);
  co_return Done{};
}

Task<Result<Me>> me(Asked& asked) {
  co_return co_await asked.api.db.instance_read([id = asked.user(), workspace = asked.caller->workspace](
                                                    Tx& tx) { return tell_me(tx, id, workspace); });
}

Task<Result<Done>> change_password(Asked& asked, Body<PasswordInput> body) {
  const auto user =
      co_await asked.api.db.instance_read([id = asked.user()](Tx& tx) { return store::find_user(tx, id); });
  if (auto judged = asked.api.passwords->judge(body.value.password, user->email); !judged) {
    co_return std::unexpected(judged.error());
  }
  const auto old = co_await confirm_password(asked, body.value.old_password, "old_password");
  if (!old) co_return std::unexpected(old.error());
  const auto anew = co_await asked.api.passwords->hash(std::move(body.value.password));
  if (!anew) co_return std::unexpected(anew.error());

  const FreshSession fresh = fresh_session(asked.request, std::nullopt);
  const auto changed = co_await asked.api.db.instance(
      [act = act_of(asked, asked.api.clock.now()), old = *old, anew = *anew, session = fresh.record](Tx& tx) {
        return flow::change_password(tx, act, old, anew, session);
      });
  if (!changed) co_return std::unexpected(changed.error());
  hand_over(asked, fresh);
  co_return Done{};
}

Task<Result<Me>> accept(Asked& asked, Body<AcceptInput> body) {
  co_return co_await asked.api.db.instance(
      [act = act_of(asked, asked.api.clock.now()),
       hash = hash_of_secret(body.value.invitation)](Tx& tx) -> Result<Me> {
        const auto workspace = flow::accept_invitation(tx, act, hash);
        if (!workspace) return std::unexpected(workspace.error());
        return tell_me(tx, *act.user, *workspace);
      });
}

}  // namespace

Task<Result<std::string>> confirm_password(Asked& asked, std::string password, std::string field) {
  const auto user =
      co_await asked.api.db.instance_read([id = asked.user()](Tx& tx) { return store::find_user(tx, id); });
  if (!user->password_hash) {
    co_return fail(Reason::conflict, "this account has no password; it signs in elsewhere", std::move(field));
  }
  const auto checked = co_await asked.api.passwords->check(std::move(password), user->password_hash);
  if (!checked) co_return std::unexpected(checked.error());
  if (!checked->fits)
    co_return fail(Reason::forbidden, "this is not your password; try again", std::move(field));
  co_return *user->password_hash;
}

const RouteTable auth_routes = {
    route(Verb::post, "/api/auth/register", "A new account, by set-up code or invitation", Access::open,
          register_person)
        .limit("register", 20, 1h),
    route(Verb::post, "/api/auth/login", "Signs in", Access::open, login),
    route(Verb::post, "/api/auth/logout", "Signs out", Access::user, logout),
    route(Verb::get, "/api/auth/me", "Who is signed in, and where", Access::user, me),
    route(Verb::post, "/api/auth/password", "Another password; ends all other sessions", Access::user,
          change_password)
        .limit("password", 10, 15min),
    route(Verb::post, "/api/auth/accept", "Joins another workspace by its invitation", Access::user, accept)
        .limit("register", 20, 1h),
};

}  // namespace ringdown
