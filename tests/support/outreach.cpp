#include "tests/support/outreach.h"

#include <fmt/format.h>

#include "domain/line.h"
#include "store/campaigns.h"
#include "store/consents.h"
#include "store/due.h"
#include "store/leads.h"
#include "store/line.h"

namespace ringdown::test {
namespace {

Lead lead_with(std::uint64_t n, std::string phone, Time now) {
  Lead lead;
  lead.id = nth<LeadTag>(n);
  lead.phone = std::move(phone);
  lead.contact_name = std::to_string(n);
  lead.created_at = lead.updated_at = now;
  return lead;
}

store::Consent consent_of(const Lead& lead) {
  store::Consent consent;
  consent.id = {lead.id.value};
  consent.phone = lead.phone;
  consent.ai_named = consent.written = true;
  consent.scope = ConsentScope::marketing;
  consent.given_at = consent.created_at = lead.created_at;
  return consent;
}

std::string number(int n) {
  return fmt::format("+1{}55501{:02}", 212 + n / 100, n % 100);
}

}  // namespace

Outreach::Outreach() {
  campaign.rules.name = "all";
  campaign.rules.purpose = Purpose::information;
  account.calls_per_second = 100;
}

void begin(Db& db, Workspace workspace, const Outreach& outreach, Time now) {
  await(db.write(workspace, [&](Tx& tx) {
    store::add_campaign(tx, outreach.campaign);
    store::add_account(tx, outreach.account);
    std::vector<Lead> leads;
    std::vector<store::LeadToLineUp> places;
    std::vector<store::Consent> consents;
    for (int n = 0; n < outreach.leads; ++n) {
      const Lead lead = lead_with(static_cast<std::uint64_t>(n) + 1, number(n % outreach.numbers), now);
      places.push_back({lead.id, lead.phone, {}});
      consents.push_back(consent_of(lead));
      leads.push_back(lead);
    }
    store::add_leads(tx, leads);
    store::add_consents(tx, consents);
    store::line_up(tx, store::LineUp::newcomers, lane_of(outreach.campaign.id), 1, places, Time{});
    store::make_due_by(tx, store::dial_work, now);
  }));
}

}  // namespace ringdown::test
