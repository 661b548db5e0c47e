// The default campaign, in the words of its first settings.
#include "domain/automation.h"

#include "api/api.h"
#include "api/dialing.h"
#include "api/sign_in.h"
#include "flow/campaigns.h"
#include "flow/laws.h"
#include "ports/clock.h"
#include "store/campaigns.h"

namespace ringdown {
namespace {

struct AutomationShown : Automation {
  std::optional<CampaignId> campaign_id;
  std::optional<CampaignState> state;
  std::optional<std::string> problem;
};
BOOST_DESCRIBE_STRUCT(AutomationShown, (Automation), (campaign_id, state, problem))

}  // namespace

template <>
inline constexpr auto json_rules<AutomationShown> = rules_of<AutomationShown>(
    json_rules<Automation>, named("AutomationAnswer"),
    field(&AutomationShown::campaign_id, says("the campaign that it is; missing until something was set")),
    field(&AutomationShown::problem, says("why the product stopped it")));

namespace {

AutomationShown shown(const std::optional<Campaign>& campaign) {
  AutomationShown answer;
  if (!campaign) return answer;
  static_cast<Automation&>(answer) = automation_of(*campaign);
  answer.campaign_id = campaign->id;
  answer.state = campaign->state;
  answer.problem = campaign->problem;
  return answer;
}

Task<Result<AutomationShown>> get_automation(Asked& asked) {
  co_return shown(
      co_await asked.api.db.read(asked.workspace(), [](Tx& tx) { return store::default_campaign(tx); }));
}

Task<Result<AutomationShown>> put_automation(Asked& asked, Body<JsonPatch<Automation>> body) {
  const auto act = act_of(asked, asked.api.clock.now());
  const JsonPatch<Automation> patch = std::move(body.value);
  const auto set = co_await asked.api.db.write(
      asked.workspace(), [act, patch](Tx& tx) { return flow::set_automation(tx, act, patch); });
  if (!set) co_return std::unexpected(set.error());

  Automation words = automation_of(*set);
  patch.put_over(words);
  if (set->state == CampaignState::running && !words.automation_enabled) {
    const auto engine = engine_of(asked);
    if (!engine) co_return std::unexpected(engine.error());
    const auto paused = co_await flow::pause_campaign(*engine, asked.workspace(), act, set->id);
    if (!paused) co_return std::unexpected(paused.error());
  }
  co_return co_await get_automation(asked);
}

}  // namespace

const RouteTable automation_routes = {
    route(Verb::get, "/api/automation", "The default campaign, defaults included", Access::rep,
          get_automation),
    route(Verb::put, "/api/automation", "Sets what is named and leaves the rest; starts it or pauses it",
          Access::admin, put_automation)
        .key(KeyScope::admin),
};

}  // namespace ringdown
