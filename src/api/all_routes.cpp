#include "api/all_routes.h"

#include "api/accounts.h"
#include "api/dialing.h"
#include "api/events.h"
#include "api/health.h"
#include "api/hooks.h"
#include "api/identities.h"
#include "api/integrations.h"
#include "api/lead_files.h"
#include "api/leads.h"
#include "api/settings.h"

namespace ringdown {

std::vector<RouteTable> all_routes() {
  return {health_routes,      metrics_routes,         live_routes,      auth_routes,
          totp_routes,        identity_routes,        key_routes,       workspace_routes,
          member_routes,      audit_routes,           settings_routes,  integration_routes,
          lead_routes,        pipeline_routes,        consent_routes,   dnc_routes,
          lead_import_routes, lead_export_routes,     place_routes,     hook_routes,
          campaign_routes,    automation_routes,      call_routes,      why_not_routes,
          cron_routes,        carrier_account_routes, transcript_routes,
          recording_routes,   rep_phone_routes};
}

}  // namespace ringdown
