#include "api/integrations.h"

#include <algorithm>

#include "api/api.h"
#include "api/sign_in.h"
#include "domain/integrations.h"
#include "flow/secrets.h"
#include "ports/clock.h"
#include "store/changes.h"
#include "store/settings.h"

namespace ringdown {

struct IntegrationShown {
  std::string name;
  std::string says;
  bool set = false;
  std::optional<std::string> hint;
  std::optional<Time> changed_at;
  std::optional<UserId> changed_by;
};
BOOST_DESCRIBE_STRUCT(IntegrationShown, (), (name, says, set, hint, changed_at, changed_by))

template <>
inline constexpr auto json_rules<IntegrationShown> = rules_of<IntegrationShown>(
    named("Integration"),
    field(&IntegrationShown::hint, says("how the secret ends, where it is long enough to say so")));

struct NewSecret {
  std::string secret;
};
BOOST_DESCRIBE_STRUCT(NewSecret, (), (secret))

template <>
inline constexpr auto json_rules<NewSecret> = rules_of<NewSecret>(field(
    &NewSecret::secret, Form::line, length(1, 4096), says("sealed at once; no route ever answers with it")));

namespace {

Task<Result<std::vector<IntegrationShown>>> list_integrations(Asked& asked);
Task<Result<IntegrationShown>> set_integration(Asked& asked, Path<std::string> name, Body<NewSecret> body);
Task<Result<Done>> clear_integration(Asked& asked, Path<std::string> name);

}  // namespace

const RouteTable integration_routes = {
    route(Verb::get, "/api/integrations", "The providers' secrets: which are set, since when", Access::admin,
          list_integrations)
        .no_key(),
    route(Verb::put, "/api/integrations/{name}", "Sets a provider's secret, which is never shown again",
          Access::owner, set_integration),
    route(Verb::del, "/api/integrations/{name}", "Forgets a provider's secret", Access::owner,
          clear_integration),
};

namespace {

IntegrationShown shown(const Integration& integration, const store::SecretNote* note) {
  IntegrationShown one{.name = std::string(integration.name), .says = std::string(integration.says)};
  if (note == nullptr) return one;

  one.set = true;
  one.hint = note->hint;
  one.changed_at = note->changed_at;
  one.changed_by = note->changed_by;
  return one;
}

Task<Result<std::vector<IntegrationShown>>> list_integrations(Asked& asked) {
  auto work = [](Tx& tx) { return store::secret_notes(tx); };
  const auto notes = co_await asked.api.db.read(asked.workspace(), std::move(work));

  std::vector<IntegrationShown> all;
  for (const Integration& integration : integrations()) {
    const auto note = std::ranges::find(notes, integration.name, &store::SecretNote::name);
    all.push_back(shown(integration, note == notes.end() ? nullptr : &*note));
  }
  co_return all;
}

Task<Result<IntegrationShown>> set_integration(Asked& asked, Path<std::string> name, Body<NewSecret> body) {
  const auto integration = integration_called(name.value);
  if (!integration) co_return std::unexpected(integration.error());

  auto work = [secret = Secret(std::string(trimmed(body.value.secret))),
               name = std::string(integration->name), workspace = asked.workspace(),
               act = act_of(asked, asked.api.clock.now()), &vault = *asked.api.vault](Tx& tx) {
    flow::keep_secret(tx, vault, workspace, name, secret, act.now, act.user);
    store::add_change(tx, "integrations", std::nullopt, act.now);
    flow::note_here(tx, act, "secret set", name);
    return store::SecretNote{name, hint_of(secret.reveal()), act.now, act.user};
  };
  const store::SecretNote note = co_await asked.api.db.write(asked.workspace(), std::move(work));
  co_return shown(*integration, &note);
}

Task<Result<Done>> clear_integration(Asked& asked, Path<std::string> name) {
  const auto integration = integration_called(name.value);
  if (!integration) co_return std::unexpected(integration.error());

  auto work = [name = std::string(integration->name),
               act = act_of(asked, asked.api.clock.now())](Tx& tx) -> Result<Done> {
    if (!store::remove_secret(tx, name))
      return fail(Reason::not_found, name + " is not set; there is nothing to forget");
    store::add_change(tx, "integrations", std::nullopt, act.now);
    flow::note_here(tx, act, "secret forgotten", name);
    return Done{};
  };
  co_return co_await asked.api.db.write(asked.workspace(), std::move(work));
}

}  // namespace
}  // namespace ringdown
