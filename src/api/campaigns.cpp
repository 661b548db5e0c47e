// Standing rules by which leads are called, and what would come of them.
#include "flow/campaigns.h"
#include "api/api.h"
#include "api/dialing.h"
#include "api/leads.h"
#include "api/sign_in.h"
#include "flow/laws.h"
#include "flow/preview.h"
#include "ports/clock.h"
#include "store/campaigns.h"

namespace ringdown {
namespace {

struct CampaignQuery {
  int limit = 50;
  CampaignId after;
};
BOOST_DESCRIBE_STRUCT(CampaignQuery, (), (limit, after))

struct CampaignShown : CampaignRules {
  CampaignId id;
  bool is_default;
  CampaignState state;
  std::optional<std::string> problem;
  double spent;
  double reserved;
  Time created_at;
  Time updated_at;
};
BOOST_DESCRIBE_STRUCT(CampaignShown, (CampaignRules),
                      (id, is_default, state, problem, spent, reserved, created_at, updated_at))

struct ProspectShown {
  flow::Prospect verdict;
  std::string rule;
  std::int64_t leads;
  std::optional<Time> first_at;
};
BOOST_DESCRIBE_STRUCT(ProspectShown, (), (verdict, rule, leads, first_at))

struct DueShown {
  Time at;
  std::int64_t leads;
};
BOOST_DESCRIBE_STRUCT(DueShown, (), (at, leads))

struct PreviewShown {
  std::string says;
  CampaignState state;
  std::int64_t judged;
  std::int64_t leads;
  bool has_more;
  std::vector<ProspectShown> counts;
  std::vector<DueShown> due;
  Time calling_at;
};
BOOST_DESCRIBE_STRUCT(PreviewShown, (), (says, state, judged, leads, has_more, counts, due, calling_at))

}  // namespace

template <>
inline constexpr auto json_rules<CampaignQuery> = rules_of<CampaignQuery>(
    field(&CampaignQuery::limit, range(1, 200), may_be_missing),
    field(&CampaignQuery::after, may_be_missing, says("the last one of the page before")));

template <>
inline constexpr auto json_rules<CampaignShown> = rules_of<CampaignShown>(
    json_rules<CampaignRules>, named("Campaign"),
    field(&CampaignShown::problem, says("why the product stopped it")),
    field(&CampaignShown::spent, says("in the account's currency, as far as it is known")),
    field(&CampaignShown::reserved, says("for calls that are out")));

template <>
inline constexpr auto json_rules<PreviewShown> = rules_of<PreviewShown>(
    named("Preview"), field(&PreviewShown::judged, says("how many of the leads the counts are about")),
    field(&PreviewShown::has_more, says("there are more leads than were counted")),
    field(&PreviewShown::due, says("when those who wait get due, by the hour")),
    field(&PreviewShown::calling_at,
          says("the moment it is about, by the clock that calls go by, like all others here")));

namespace {

CampaignShown shown(const Campaign& campaign) {
  CampaignShown answer;
  static_cast<CampaignRules&>(answer) = campaign.rules;
  answer.id = campaign.id;
  answer.is_default = campaign.is_default;
  answer.state = campaign.state;
  answer.problem = campaign.problem;
  answer.spent = whole_units(campaign.spent_micros);
  answer.reserved = whole_units(campaign.reserved_micros);
  answer.created_at = campaign.created_at;
  answer.updated_at = campaign.updated_at;
  return answer;
}

PreviewShown shown(const flow::Preview& preview) {
  PreviewShown answer{.says = flow::in_words(preview),
                      .state = preview.state,
                      .judged = preview.judged,
                      .leads = preview.leads,
                      .has_more = preview.has_more,
                      .counts = {},
                      .due = {},
                      .calling_at = preview.calling_at};
  for (const auto& count : preview.counts) {
    answer.counts.push_back({count.prospect, count.rule, count.leads, count.first_at});
  }
  for (const auto& due : preview.due) answer.due.push_back({due.at, due.leads});
  return answer;
}

Task<Result<std::vector<CampaignShown>>> list_campaigns(Asked& asked, Query<CampaignQuery> query) {
  const auto campaigns = co_await asked.api.db.read(asked.workspace(), [query = query.value](Tx& tx) {
    return store::campaigns_page(tx, query.after, query.limit);
  });
  std::vector<CampaignShown> all;
  for (const Campaign& campaign : campaigns) all.push_back(shown(campaign));
  co_return all;
}

Task<Result<CampaignShown>> get_campaign(Asked& asked, Path<CampaignId> id) {
  const auto campaign = co_await asked.api.db.read(
      asked.workspace(), [id = id.value](Tx& tx) { return store::find_campaign(tx, id); });
  if (!campaign) co_return fail(Reason::not_found, "there is no such campaign");
  co_return shown(*campaign);
}

Task<Result<Created<CampaignShown>>> add_campaign(Asked& asked, Body<CampaignRules> body) {
  const auto added = co_await asked.api.db.write(
      asked.workspace(),
      [desk = desk_of(asked), act = act_of(asked, asked.api.clock.now()),
       rules = std::move(body.value)](Tx& tx) { return flow::add_campaign(tx, act, desk(tx), rules); });
  if (!added) co_return std::unexpected(added.error());
  co_return Created<CampaignShown>{shown(*added)};
}

template <class Unit>
Task<Result<CampaignShown>> with_campaign(Asked& asked, Unit unit) {
  const auto campaign = co_await asked.api.db.write(asked.workspace(), std::move(unit));
  if (!campaign) co_return std::unexpected(campaign.error());
  co_return shown(*campaign);
}

Task<Result<CampaignShown>> change_campaign(Asked& asked, Path<CampaignId> id,
                                            Body<JsonPatch<CampaignRules>> body) {
  return with_campaign(asked, [desk = desk_of(asked), act = act_of(asked, asked.api.clock.now()),
                               id = id.value, patch = std::move(body.value)](Tx& tx) {
    return flow::change_campaign(tx, act, desk(tx), id, patch);
  });
}

Task<Result<CampaignShown>> start_campaign(Asked& asked, Path<CampaignId> id) {
  return with_campaign(asked, [act = act_of(asked, asked.api.clock.now()), id = id.value](Tx& tx) {
    return flow::start_campaign(tx, act, id);
  });
}

Task<Result<CampaignShown>> pause_campaign(Asked& asked, Path<CampaignId> id) {
  const auto engine = engine_of(asked);
  if (!engine) co_return std::unexpected(engine.error());
  const auto act = act_of(asked, asked.api.clock.now());
  const auto paused = co_await flow::pause_campaign(*engine, asked.workspace(), act, id.value);
  if (!paused) co_return std::unexpected(paused.error());
  co_return co_await get_campaign(asked, id);
}

Task<Result<PreviewShown>> preview_campaign(Asked& asked, Path<CampaignId> id) {
  const auto engine = engine_of(asked);
  if (!engine) co_return std::unexpected(engine.error());
  const auto preview = co_await flow::preview(*engine, asked.workspace(), asked.caller->kind, id.value);
  if (!preview) co_return std::unexpected(preview.error());
  co_return shown(*preview);
}

}  // namespace

const RouteTable campaign_routes = {
    route(Verb::get, "/api/campaigns", "Campaigns, oldest first", Access::rep, list_campaigns),
    route(Verb::post, "/api/campaigns", "A new one, which does not run yet", Access::admin, add_campaign)
        .key(KeyScope::admin),
    route(Verb::get, "/api/campaigns/{id}", "One campaign", Access::rep, get_campaign),
    route(Verb::patch, "/api/campaigns/{id}", "Changes what is named and leaves the rest", Access::admin,
          change_campaign)
        .key(KeyScope::admin),
    route(Verb::post, "/api/campaigns/{id}/start", "Its leads are called from now on", Access::admin,
          start_campaign)
        .key(KeyScope::dial),
    route(Verb::post, "/api/campaigns/{id}/pause", "Answers once no request of it can begin any more",
          Access::admin, pause_campaign)
        .key(KeyScope::dial),
    route(Verb::get, "/api/campaigns/{id}/preview", "Who would be called now, later and never, and why",
          Access::rep, preview_campaign)
        .limit("preview", 30, 1min),
};

}  // namespace ringdown
