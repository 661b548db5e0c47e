// The second factor of whoever is signed in. Each step asks for the password again: a stolen session alone
// neither adds nor removes it.
#include "crypto/totp.h"
#include "api/accounts.h"
#include "api/api.h"
#include "api/second_factor.h"
#include "api/sign_in.h"
#include "crypto/base32.h"
#include "ports/clock.h"
#include "ports/db.h"
#include "store/sign_in.h"

namespace ringdown {
namespace {

struct TotpInput {
  std::string password;
};
BOOST_DESCRIBE_STRUCT(TotpInput, (), (password))

struct TotpConfirmation {
  std::string code;
};
BOOST_DESCRIBE_STRUCT(TotpConfirmation, (), (code))

struct TotpProposal {
  std::string secret;
  std::string uri;
};
BOOST_DESCRIBE_STRUCT(TotpProposal, (), (secret, uri))

}  // namespace

template <>
inline constexpr auto json_rules<TotpInput> =
    rules_of<TotpInput>(field(&TotpInput::password, length(1, 512)));

template <>
inline constexpr auto json_rules<TotpConfirmation> =
    rules_of<TotpConfirmation>(field(&TotpConfirmation::code, length(6, 12), says("what the app shows now")));

template <>
inline constexpr auto json_rules<TotpProposal> =
    rules_of<TotpProposal>(field(&TotpProposal::secret, says("to type into an authenticator app")),
                           field(&TotpProposal::uri, says("the same for a QR code")));

namespace {

Task<std::optional<store::User>> myself(Asked& asked) {
  co_return co_await asked.api.db.instance_read(
      [id = asked.user()](Tx& tx) { return store::find_user(tx, id); });
}

Task<Result<TotpProposal>> propose(Asked& asked, Body<TotpInput> body) {
  const auto right = co_await confirm_password(asked, std::move(body.value.password), "password");
  if (!right) co_return std::unexpected(right.error());
  const auto user = co_await myself(asked);
  if (user->totp_secret)
    co_return fail(Reason::conflict, "there is a second factor already; disable it first");

  const Bytes secret = crypto::new_totp_secret();
  const std::string sealed =
      seal_totp(asked.api, user->id, Secret(std::string(secret.begin(), secret.end())));
  co_await asked.api.db.instance([id = user->id, sealed](Tx& tx) { store::propose_totp(tx, id, sealed); });
  co_return TotpProposal{crypto::to_base32(secret), crypto::otpauth_uri(secret, user->email)};
}

Task<Result<RecoveryCodes>> confirm(Asked& asked, Body<TotpConfirmation> body) {
  const auto user = co_await myself(asked);
  if (!user->totp_pending) {
    co_return fail(Reason::conflict, "no second factor was proposed; begin with POST /api/auth/totp");
  }
  const auto secret = open_totp(asked.api, user->id, *user->totp_pending);
  if (!secret) co_return fail(Reason::conflict, "the proposal cannot be read any more; begin anew");

  const std::string& bytes = secret->reveal();
  const Time now = asked.api.clock.now();
  const auto step = crypto::match_totp(Bytes(bytes.begin(), bytes.end()), body.value.code, now, std::nullopt);
  if (!step) co_return fail(Reason::invalid, "this code is wrong; check the clock of the phone", "code");

  const RecoveryCodes codes{crypto::new_recovery_codes()};
  const auto confirmed = co_await asked.api.db.instance(
      [act = act_of(asked, now), sealed = *user->totp_pending, step = *step,
       hashes = hashes_of(codes)](Tx& tx) { return flow::confirm_totp(tx, act, sealed, step, hashes); });
  if (!confirmed) co_return std::unexpected(confirmed.error());
  co_return codes;
}

Task<Result<Done>> disable(Asked& asked, Body<TotpInput> body) {
  const auto right = co_await confirm_password(asked, std::move(body.value.password), "password");
  if (!right) co_return std::unexpected(right.error());

  const auto dropped = co_await asked.api.db.instance(
      [act = act_of(asked, asked.api.clock.now())](Tx& tx) { return flow::drop_totp(tx, act, *act.user); });
  if (!dropped) co_return std::unexpected(dropped.error());
  co_return Done{};
}

}  // namespace

const RouteTable totp_routes = {
    route(Verb::post, "/api/auth/totp", "Proposes a second factor", Access::user, propose)
        .limit("password", 10, 15min),
    route(Verb::post, "/api/auth/totp/confirm", "Enables it; answers recovery codes, shown once",
          Access::user, confirm)
        .limit("password", 10, 15min),
    route(Verb::post, "/api/auth/totp/disable", "Disables it", Access::user, disable)
        .limit("password", 10, 15min),
};

}  // namespace ringdown
