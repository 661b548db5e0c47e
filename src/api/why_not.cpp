// Why a lead is not called: what the gate says now, or said then.
#include "flow/why_not.h"

#include "api/api.h"
#include "api/dialing.h"
#include "ports/clock.h"
#include "store/calls.h"
#include "store/facts.h"
#include "store/leads.h"

namespace ringdown {
namespace {

struct WhyNotQuery {
  std::optional<CampaignId> campaign;
  std::optional<Time> at;
};
BOOST_DESCRIBE_STRUCT(WhyNotQuery, (), (campaign, at))

struct RuleShown {
  std::string rule;
  Decision decision;
  std::optional<Time> until;
  std::string says;
};
BOOST_DESCRIBE_STRUCT(RuleShown, (), (rule, decision, until, says))

struct VerdictShown {
  Decision decision;
  std::optional<Time> until;
  std::string rule;
  std::string says;
  std::vector<RuleShown> rules;
};
BOOST_DESCRIBE_STRUCT(VerdictShown, (), (decision, until, rule, says, rules))

struct WhyNotShown : VerdictShown {
  std::optional<VerdictShown> place;
  std::optional<CampaignId> campaign_id;
  bool kept;
  std::string rulebook;
  Time calling_at;
};
BOOST_DESCRIBE_STRUCT(WhyNotShown, (VerdictShown), (place, campaign_id, kept, rulebook, calling_at))

}  // namespace

template <>
inline constexpr auto json_rules<WhyNotQuery> = rules_of<WhyNotQuery>(
    field(&WhyNotQuery::campaign, says("for which it would be called; missing: the default one")),
    field(
        &WhyNotQuery::at,
        says("a past moment, by the clock that calls go by; the answer is the last decision kept by then")));

template <>
inline constexpr auto json_rules<VerdictShown> = rules_of<VerdictShown>(
    named("Verdict"), field(&VerdictShown::rule, says("that decided; empty where all allow")),
    field(&VerdictShown::rules, says("what each rule says for itself; none of a decision that was kept")));

template <>
inline constexpr auto json_rules<WhyNotShown> = rules_of<WhyNotShown>(
    json_rules<VerdictShown>, named("WhyNot"),
    field(&WhyNotShown::place, says("whether the campaign could place a call at this moment")),
    field(&WhyNotShown::kept, says("it is a decision of that time, not what would be decided now")),
    field(&WhyNotShown::rulebook, says("which version of the rules was asked")));

namespace {

void put(const Verdict& verdict, VerdictShown& into) {
  into.decision = verdict.decision;
  into.until = verdict.until;
  into.rule = verdict.rule;
  into.says = verdict.says;
  for (const RuleAnswer& answer : verdict.asked) {
    into.rules.push_back({answer.rule, answer.decision, answer.until, answer.says});
  }
}

WhyNotShown shown(const flow::WhyNot& why) {
  WhyNotShown answer;
  put(why.dial, answer);
  if (why.place) put(*why.place, answer.place.emplace());
  answer.campaign_id = why.campaign;
  answer.kept = false;
  answer.rulebook = why.rulebook;
  answer.calling_at = why.calling_at;
  return answer;
}

WhyNotShown shown(const store::DecisionRecord& kept) {
  WhyNotShown answer;
  answer.decision = kept.decision;
  answer.until = kept.until;
  answer.rule = kept.rule;
  answer.says = kept.says;
  if (kept.lane != asked_lane) answer.campaign_id = CampaignId{kept.lane.value};
  answer.kept = true;
  answer.rulebook = kept.rulebook;
  answer.calling_at = kept.calling_at;
  return answer;
}

Result<WhyNotShown> kept_by(Tx& tx, LeadId id, Time at) {
  if (!store::find_lead(tx, id)) return fail(Reason::not_found, "there is no such lead");
  const auto kept = store::decision_before(tx, id, at);
  if (!kept) return fail(Reason::not_found, "no decision about this lead was kept by then", "at");
  return shown(*kept);
}

Task<Result<WhyNotShown>> why_not(Asked& asked, Path<LeadId> id, Query<WhyNotQuery> query) {
  const WhyNotQuery in = query.value;
  if (in.at && in.campaign) {
    co_return fail(Reason::invalid, "decisions are kept by lead; leave the campaign out", "campaign");
  }
  if (in.at) {
    co_return co_await asked.api.db.read(
        asked.workspace(), [id = id.value, at = *in.at](Tx& tx) { return kept_by(tx, id, at); });
  }
  const auto engine = engine_of(asked);
  if (!engine) co_return std::unexpected(engine.error());
  const bool paused =
      co_await asked.api.db.instance_read([](Tx& tx) { return store::dialing_pause(tx).has_value(); });
  auto work = [engine = *engine, kind = asked.caller->kind, id = id.value, campaign = in.campaign, paused,
               now = asked.api.clock.now()](Tx& tx) {
    return flow::why_not(tx, engine, kind, id, campaign, paused, now);
  };
  const auto why = co_await asked.api.db.read(asked.workspace(), std::move(work));
  if (!why) co_return std::unexpected(why.error());
  co_return shown(*why);
}

}  // namespace

const RouteTable why_not_routes = {
    route(Verb::get, "/api/leads/{id}/why-not", "Whether the lead may be called, rule by rule, now or then",
          Access::rep, why_not),
};

}  // namespace ringdown
