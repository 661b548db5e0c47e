#include "flow/inbound.h"

#include <algorithm>

#include "base/log.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/leads.h"

namespace ringdown::flow {
namespace {

constexpr int namesakes_max = 20;

std::optional<LeadId> lead_of(Tx& tx, const std::string& phone) {
  if (phone.empty()) return std::nullopt;
  const auto leads = store::leads_of_phone(tx, phone, namesakes_max);
  const auto latest = std::ranges::max_element(
      leads, {}, [](const Lead& lead) { return std::pair(lead.last_called_at, lead.id); });
  return latest == leads.end() ? std::nullopt : std::optional(latest->id);
}

// Whose number was called; where none says so, any: whoever signed has one.
std::optional<AccountId> account_of(Tx& tx, const std::string& called) {
  const auto accounts = store::accounts(tx);
  const auto theirs = std::ranges::find_if(accounts, [&](const Account& account) {
    return std::ranges::find(account.caller_ids, called) != account.caller_ids.end();
  });
  if (theirs != accounts.end()) return theirs->id;
  return accounts.empty() ? std::nullopt : std::optional(accounts.front().id);
}

}  // namespace

Result<CallId> call_of(Tx& tx, const Engine& with, const Arrival& arrival) {
  if (const auto known = store::call_by_sid(tx, arrival.sid)) return known->id;
  const auto account = account_of(tx, arrival.to);
  if (!account) return fail(Reason::not_found, "the workspace has no carrier account");

  const Time now = with.clock.now();
  Call call{};
  call.id = with.chance.id<CallTag>(now);
  call.lead_id = lead_of(tx, arrival.from);
  call.account_id = account;
  call.direction = Direction::inbound;
  call.phone = arrival.from;
  if (!arrival.to.empty()) call.caller_id = arrival.to;
  call.status = CallStatus::ringing;
  call.purpose = Purpose::information;
  call.placing_at = call.ringing_at = call.created_at = call.updated_at = now;
  store::save_call(tx, call);
  log::info("a call came in", {{"call", to_text(call.id)}});
  return call.id;
}

}  // namespace ringdown::flow
