// What was agreed to, by number.
#include "store/consents.h"

#include "api/api.h"
#include "api/leads.h"
#include "api/sign_in.h"
#include "flow/line_up.h"
#include "ports/clock.h"
#include "store/changes.h"

namespace ringdown {
namespace {

struct ConsentQuery {
  int limit = 50;
  std::optional<ConsentId> after;
  std::optional<std::string> phone;
};
BOOST_DESCRIBE_STRUCT(ConsentQuery, (), (limit, after, phone))

struct Withdrawal {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(Withdrawal, (), (reason))

}  // namespace

template <>
inline constexpr auto json_rules<store::Consent> = rules_of<store::Consent>(json_rules<ConsentFields>);

template <>
inline constexpr auto json_rules<ConsentQuery> =
    rules_of<ConsentQuery>(field(&ConsentQuery::limit, range(1, 200), may_be_missing),
                           field(&ConsentQuery::after, says("the last one of the page before")),
                           field(&ConsentQuery::phone, length(1, 60)));

template <>
inline constexpr auto json_rules<Withdrawal> =
    rules_of<Withdrawal>(field(&Withdrawal::reason, Form::line, length(1, 500)));

namespace {

Task<Result<std::vector<store::Consent>>> list_consents(Asked& asked, Query<ConsentQuery> query) {
  auto work = [here = desk_of(asked), query = query.value](Tx& tx) -> Result<std::vector<store::Consent>> {
    std::optional<std::string> phone;
    if (query.phone) {
      auto number = flow::number_of(here(tx), *query.phone);
      if (!number) return std::unexpected(std::move(number.error()));
      phone = *std::move(number);
    }
    return store::consents_page(tx, query.after, phone, query.limit);
  };
  co_return co_await asked.api.db.read(asked.workspace(), std::move(work));
}

Task<Result<Created<store::Consent>>> add_consent(Asked& asked, Body<ConsentFields> body) {
  auto work = [here = desk_of(asked), act = act_of(asked, asked.api.clock.now()),
               said = std::move(body.value)](Tx& tx) -> Result<Created<store::Consent>> {
    auto number = flow::number_of(here(tx), said.phone);
    if (!number) return std::unexpected(std::move(number.error()));
    if (said.given_at > act.now)
      return fail(Reason::invalid, "lies in the future; consent is given before", "given_at");

    store::Consent consent;
    static_cast<ConsentFields&>(consent) = said;
    consent.phone = *std::move(number);
    consent.id = act.chance.id<ConsentTag>(act.now);
    consent.created_at = act.now;
    consent.created_by = act.user;
    if (store::add_consents(tx, std::span(&consent, 1)) == 0) {
      return fail(Reason::conflict,
                  "this consent is recorded already: same number, moment, method and scope");
    }
    flow::judge_anew(tx, std::span(&consent.phone, 1), act.now);
    store::add_change(tx, "consent", consent.id.value, act.now);
    return Created<store::Consent>{std::move(consent)};
  };
  co_return co_await asked.api.db.write(asked.workspace(), std::move(work));
}

Task<Result<store::Consent>> revoke_consent(Asked& asked, Path<ConsentId> id, Body<Withdrawal> body) {
  auto work = [act = act_of(asked, asked.api.clock.now()), id = id.value,
               why = body.value.reason](Tx& tx) -> Result<store::Consent> {
    const bool revoked = store::revoke_consent(tx, id, act.now, act.user, why);
    auto consent = store::find_consent(tx, id);
    if (!consent) return fail(Reason::not_found, "there is no such consent");
    if (!revoked) return *std::move(consent);
    flow::note_here(tx, act, "consent revoked", to_text(id));
    flow::judge_anew(tx, std::span(&consent->phone, 1), act.now);
    store::add_change(tx, "consent", id.value, act.now);
    return *std::move(consent);
  };
  co_return co_await asked.api.db.write(asked.workspace(), std::move(work));
}

}  // namespace

const RouteTable consent_routes = {
    route(Verb::get, "/api/consents", "What was agreed to, newest first", Access::rep, list_consents),
    route(Verb::post, "/api/consents", "Somebody agreed to be called", Access::rep, add_consent)
        .key(KeyScope::import),
    route(Verb::post, "/api/consents/{id}/revoke", "From now on it no longer holds", Access::rep,
          revoke_consent)
        .key(KeyScope::import),
};

}  // namespace ringdown
