#include "store/campaigns.h"

#include "ports/row_writer.h"
#include "store/sql.h"

namespace ringdown::store {
namespace {

struct CampaignRow {
  CampaignId id;
  bool is_default = false;
  CampaignState state = CampaignState::paused;
  Json rules;
  std::optional<std::string> problem;
  std::int64_t reserved_micros = 0;
  std::int64_t spent_micros = 0;
  Time created_at;
  Time updated_at;
};
BOOST_DESCRIBE_STRUCT(CampaignRow, (),
                      (id, is_default, state, rules, problem, reserved_micros, spent_micros, created_at,
                       updated_at))

Campaign campaign_of(CampaignRow row) {
  auto rules = read_json<CampaignRules>(row.rules.text);
  expect(rules.has_value(), "the rules of a campaign are what was written");
  return {row.id,
          row.is_default,
          row.state,
          *std::move(rules),
          std::move(row.problem),
          row.reserved_micros,
          row.spent_micros,
          row.created_at,
          row.updated_at};
}

std::optional<Campaign> campaign_in(Tx& tx, const Statement& statement, const Values& values) {
  auto row = tx.row<CampaignRow>(statement, values);
  if (!row) return {};
  return campaign_of(*std::move(row));
}

std::vector<Campaign> campaigns_in(Tx& tx, const Statement& statement, const Values& values) {
  std::vector<Campaign> all;
  for (CampaignRow& row : tx.rows<CampaignRow>(statement, values)) all.push_back(campaign_of(std::move(row)));
  return all;
}

int rank_of(const Campaign& campaign) {
  return static_cast<int>(campaign.rules.priority);
}

}  // namespace

bool add_campaign(Tx& tx, const Campaign& campaign) {
  return tx.run(sql::add_campaign,
                {campaign.id, campaign.is_default, campaign.state, Json{write_json(campaign.rules)},
                 campaign.problem, campaign.reserved_micros, campaign.spent_micros, campaign.created_at,
                 campaign.updated_at, campaign.rules.pipeline_id, rank_of(campaign)}) == 1;
}

void save_campaign(Tx& tx, const Campaign& campaign) {
  tx.run(sql::save_campaign, {campaign.id, campaign.state, Json{write_json(campaign.rules)}, campaign.problem,
                              campaign.updated_at, campaign.rules.pipeline_id, rank_of(campaign)});
}

std::optional<Campaign> find_campaign(Tx& tx, CampaignId id) {
  return campaign_in(tx, sql::campaign_by_id, {id});
}

std::optional<Campaign> campaign_to_change(Tx& tx, CampaignId id) {
  return campaign_in(tx, sql::campaign_to_change, {id});
}

std::optional<Campaign> default_campaign(Tx& tx) {
  return campaign_in(tx, sql::default_campaign, {});
}

std::vector<Campaign> campaigns_page(Tx& tx, CampaignId behind, int limit) {
  return campaigns_in(tx, sql::campaigns_page, {behind, limit});
}

std::vector<Campaign> running_campaigns(Tx& tx, int limit) {
  return campaigns_in(tx, sql::running_campaigns, {limit});
}

std::optional<CampaignId> campaign_of_pipeline(Tx& tx, PipelineId pipeline) {
  return tx.row<CampaignId>(sql::campaign_of_pipeline, {pipeline});
}

void settle_campaign(Tx& tx, CampaignId id, std::int64_t reserve, std::int64_t spend) {
  tx.send(sql::settle_campaign, {id, reserve, spend});
}

bool stop_campaign(Tx& tx, CampaignId id, const std::string& why, Time now) {
  return tx.run(sql::stop_campaign, {id, why, now}) == 1;
}

std::optional<LeadId> planned_to(Tx& tx, CampaignId id) {
  return tx.row<LeadId>(sql::planned_to, {id});
}

void plan_from(Tx& tx, CampaignId id, std::optional<LeadId> lead) {
  tx.send(sql::plan_from, {id, lead});
}

void add_account(Tx& tx, const Account& account) {
  tx.run(sql::add_account, values_of(account));
}

std::vector<Account> accounts(Tx& tx) {
  return tx.rows<Account>(sql::accounts);
}

void save_account(Tx& tx, const Account& account) {
  tx.run(sql::save_account, {account.id, account.name, Json{write_json(account.caller_ids)},
                             account.calls_per_second, account.live_calls_max, account.number_calls_an_hour});
}

void pace_account(Tx& tx, const Account& account) {
  tx.send(sql::pace_account, {account.id, account.next_send_at});
}

void save_health(Tx& tx, const Account& account) {
  tx.send(sql::save_health, {account.id, account.troubles, account.pauses, account.paused_until});
}

}  // namespace ringdown::store
