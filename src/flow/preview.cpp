#include "flow/preview.h"

#include <algorithm>

#include "flow/why_not.h"
#include "store/calls.h"
#include "store/campaigns.h"

namespace ringdown::flow {
namespace {

constexpr int leads_per_unit = 250;
constexpr int hours_shown = 48;

// Whom no rule put off waits for the next attempt, or was not looked at yet.
Prospect prospect_of(const store::LineCount& count, Time calling_now) {
  switch (count.state) {
    case LineState::ready: return Prospect::now;
    case LineState::waiting: {
      const bool waits = !count.rule.empty() || count.first_ready_at > calling_now;
      return waits ? Prospect::later : Prospect::unjudged;
    }
    case LineState::out: return Prospect::calling;
    case LineState::refused: return Prospect::never;
    case LineState::done: return Prospect::done;
  }
  return Prospect::unjudged;
}

// From its line, where everybody's last verdict stands.
Preview preview_of_line(Tx& tx, const Campaign& campaign, Time now) {
  Preview shown{.state = campaign.state, .calling_at = store::calling_clock(tx).calling(now)};
  for (store::LineCount& count : store::line_counts(tx, lane_of(campaign.id))) {
    const Prospect prospect = prospect_of(count, shown.calling_at);
    const bool is_due_later = count.state == LineState::waiting;
    shown.counts.push_back({.prospect = prospect,
                            .rule = std::move(count.rule),
                            .leads = count.places,
                            .first_at = is_due_later ? std::optional(count.first_ready_at) : std::nullopt});
    shown.leads += count.places;
    if (prospect != Prospect::unjudged) shown.judged += count.places;
  }
  shown.due = store::due_by_hour(tx, lane_of(campaign.id), hours_shown);
  return shown;
}

// By the gate's own word about one lead after the other.
class Judging {
 public:
  void add(const Verdict& verdict) {
    ++judged_;
    ProspectCount& count = counts_[{verdict.decision, verdict.rule}];
    ++count.leads;
    if (!verdict.until) return;
    count.first_at = std::min(*verdict.until, count.first_at.value_or(*verdict.until));
    store::DueHour& hour = due_.try_emplace(std::chrono::floor<std::chrono::hours>(*verdict.until),
                                            store::DueHour{.at = *verdict.until})
                               .first->second;
    hour.at = std::min(hour.at, *verdict.until);
    ++hour.leads;
  }

  void put_into(Preview& shown) const {
    shown.judged = judged_;
    for (const auto& [word, count] : counts_) {
      shown.counts.push_back(count);
      shown.counts.back().prospect = prospect_of(word.first);
      shown.counts.back().rule = word.second;
    }
    for (const auto& [hour, due] : due_) {
      if (std::ssize(shown.due) < hours_shown) shown.due.push_back(due);
    }
  }

 private:
  static Prospect prospect_of(Decision decision) {
    switch (decision) {
      case Decision::allow: return Prospect::now;
      case Decision::defer: return Prospect::later;
      case Decision::refuse: return Prospect::never;
    }
    return Prospect::never;
  }

  std::int64_t judged_ = 0;
  std::map<std::pair<Decision, std::string>, ProspectCount> counts_;
  std::map<std::chrono::sys_time<std::chrono::hours>, store::DueHour> due_;
};

struct Page {
  std::vector<Verdict> verdicts;
  std::optional<LeadId> behind;  // nothing: it was the last one
};

Page judge_page(Tx& tx, const Engine& with, WorkspaceKind kind, const Campaign& campaign, LeadId behind,
                Time now) {
  const auto leads = store::leads_to_line_up(tx, behind, campaign.rules.pipeline_id, leads_per_unit);
  std::vector<LinePlace> places;
  for (const auto& lead : leads) places.push_back(place_of(lane_of(campaign.id), lead.id, lead.phone));
  Gate gate(tx, with.atlas, with.rules, kind);
  const LaneRules rules = rules_of_lane(campaign);
  const std::map<LaneId, LaneRules> under{{rules.lane, rules}};
  Page page;
  for (const Candidate& candidate : gate.gather(places, under, now)) {
    page.verdicts.push_back(gate.may_dial(candidate, gate.calling(now)));
    page.verdicts.back().asked.clear();
  }
  if (std::ssize(leads) == leads_per_unit) page.behind = leads.back().id;
  return page;
}

Task<Preview> judge_leads(const Engine& with, Workspace workspace, WorkspaceKind kind,
                          const Campaign& campaign, Preview shown) {
  Judging judging;
  std::optional<LeadId> behind = LeadId{};
  for (int judged = 0; behind && judged < leads_judged_max; judged += leads_per_unit) {
    auto work = [with, kind, campaign, from = *behind](Tx& tx) {
      return judge_page(tx, with, kind, campaign, from, with.clock.now());
    };
    const Page page = co_await with.db.read(workspace, std::move(work));
    for (const Verdict& verdict : page.verdicts) judging.add(verdict);
    behind = page.behind;
  }
  judging.put_into(shown);
  co_return shown;
}

struct Look {
  Campaign campaign;
  Preview shown;
};

Result<Look> look(Tx& tx, CampaignId id, Time now) {
  auto campaign = store::find_campaign(tx, id);
  if (!campaign) return fail(Reason::not_found, "there is no such campaign");
  if (campaign->state == CampaignState::running) {
    Preview shown = preview_of_line(tx, *campaign, now);
    return Look{*std::move(campaign), std::move(shown)};
  }
  Preview shown{.state = campaign->state, .calling_at = store::calling_clock(tx).calling(now)};
  shown.leads = store::count_leads_to_line_up(tx, campaign->rules.pipeline_id, leads_counted_max);
  shown.has_more = shown.leads == leads_counted_max;
  return Look{*std::move(campaign), std::move(shown)};
}

std::string in_words(const ProspectCount& count) {
  std::string text = std::to_string(count.leads) + " " + (count.rule.empty() ? "of no rule" : count.rule);
  if (count.first_at) text += " from " + to_text(*count.first_at);
  return text;
}

void add_words(std::string& text, const Preview& shown, Prospect prospect, const char* word) {
  std::int64_t leads = 0;
  std::string rules;
  for (const ProspectCount& count : shown.counts) {
    if (count.prospect != prospect) continue;
    leads += count.leads;
    if (!count.rule.empty()) rules += (rules.empty() ? ": " : ", ") + in_words(count);
  }
  if (leads == 0 && prospect != Prospect::now) return;
  text += (text.empty() ? "" : "; ") + std::to_string(leads) + " " + word + rules;
}

}  // namespace

std::string in_words(const Preview& shown) {
  std::string text;
  add_words(text, shown, Prospect::now, "now");
  add_words(text, shown, Prospect::later, "later");
  add_words(text, shown, Prospect::never, "never");
  add_words(text, shown, Prospect::calling, "being called");
  add_words(text, shown, Prospect::done, "done");
  add_words(text, shown, Prospect::unjudged, "not judged yet");
  return text;
}

Task<Result<Preview>> preview(Engine with, Workspace workspace, WorkspaceKind kind, CampaignId id) {
  auto found =
      co_await with.db.read(workspace, [id, now = with.clock.now()](Tx& tx) { return look(tx, id, now); });
  if (!found) co_return std::unexpected(found.error());
  if (found->shown.state == CampaignState::running) co_return std::move(found->shown);
  co_return co_await judge_leads(with, workspace, kind, found->campaign, std::move(found->shown));
}

}  // namespace ringdown::flow
