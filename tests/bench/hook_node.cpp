#include "tests/bench/hook_node.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "api/hooks.h"
#include "carrier/twilio_form.h"
#include "carrier/twilio_signature.h"
#include "carrier/twilio_urls.h"
#include "store/calls.h"
#include "store/leads.h"
#include "tests/support/plain_engine.h"

namespace ringdown::bench {
namespace {

constexpr std::size_t calls_per_unit = 200;
constexpr std::string_view account_sid = "AC00000000000000000000000000000001";
constexpr std::string_view token = "0123456789abcdef0123456789abcdef";
constexpr std::array<std::string_view, HookNode::moments> statuses{"initiated", "ringing", "in-progress",
                                                                   "completed"};

std::string sid_of(CallId call) {
  std::string sid = "CA";
  for (const char c : to_text(call)) {
    if (c != '-') sid += c;
  }
  return sid;
}

}  // namespace

HookNode::HookNode(const test::FreshStore& store)
    : db_(store.open()),
      workspace_(test::a_workspace(*db_)),
      engine_(test::plain_engine(*db_, clock_, chance_, carrier_)),
      api_{.db = *db_, .clock = clock_, .chance = chance_, .config = config_},
      router_(api_, {hook_routes}),
      server_(loops_, HttpLimits{},
              {.answer = [this](Request& request) { return router_.answer(request); },
               .plan_body = [this](const RequestHead& head) { return router_.plan_body(head); }}) {
  port_ = server_.listen("127.0.0.1:0").value();
  url_ = fmt::format("http://127.0.0.1:{}", port_);
  auto tokens = [this](Workspace whose, std::string sid) -> Task<std::vector<Secret>> {
    std::vector<Secret> known;
    if (whose == workspace_ && sid == account_sid) known.emplace_back(std::string(token));
    co_return known;
  };
  hooks_ = std::make_unique<twilio::HookReader>(
      twilio::HookSetup{.find_tokens = tokens, .errors = {}, .public_url = url_});
  api_.hooks = hooks_.get();
  api_.engine = &engine_;
  server_.start();
  loops_.start();
}

HookNode::~HookNode() {
  server_.stop();
  loops_.stop();
}

std::vector<CallId> HookNode::add_calls(std::size_t count) {
  std::vector<CallId> added;
  while (added.size() < count) {
    std::vector<Lead> leads;
    std::vector<Call> calls;
    const std::size_t some = std::min(calls_per_unit, count - added.size());
    for (std::size_t i = 0; i < some; ++i) {
      Lead& lead = leads.emplace_back();
      lead.id = chance_.id<LeadTag>(clock_.now());
      lead.phone = fmt::format("+1999{:07}", ++numbers_);
      lead.status = LeadStatus::calling;
      lead.created_at = lead.updated_at = clock_.now();
      Call& call = calls.emplace_back();
      call.id = chance_.id<CallTag>(clock_.now());
      call.lead_id = lead.id;
      call.phone = lead.phone;
      call.status = CallStatus::placing;
      call.deliveries = 1;
      call.placing_at = call.created_at = call.updated_at = clock_.now();
      added.push_back(call.id);
    }
    await(db_->write(workspace_, [&](Tx& tx) {
      store::add_leads(tx, leads);
      for (const Call& call : calls) store::save_call(tx, call);
    }));
  }
  return added;
}

std::vector<std::string> HookNode::reports_on(const std::vector<CallId>& calls) const {
  std::vector<std::string> reports;
  for (std::size_t moment = 0; moment < moments; ++moment) {
    for (const CallId call : calls) {
      reports.push_back(report_on(call, moment));
      if (reports.size() % 10 == 9) reports.push_back(reports.back());
    }
  }
  return reports;
}

std::string HookNode::report_on(CallId call, std::size_t moment) const {
  twilio::Form form{{"AccountSid", std::string(account_sid)},
                    {"ApiVersion", "2010-04-01"},
                    {"CallSid", sid_of(call)},
                    {"CallStatus", std::string(statuses[moment])},
                    {"CallbackSource", "call-progress-events"},
                    {"Direction", "outbound-api"},
                    {"From", "+12125550100"},
                    {"To", "+12125550101"},
                    {"SequenceNumber", std::to_string(moment)},
                    {"Timestamp", "Tue, 06 Jan 2026 10:00:00 +0000"}};
  if (moment == moments - 1) {
    form.emplace_back("CallDuration", "42");
    form.emplace_back("Duration", "1");
  }
  std::string url = twilio::hook_url(url_, twilio::Hook::status, {call, workspace_});
  url.erase(url.find('#'));
  const std::string body = twilio::to_text(form);
  const std::string signature = twilio::signature_of(token, url, {form.begin(), form.end()});
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
      "X-Twilio-Signature: {}\r\nContent-Length: {}\r\n\r\n{}",
      url.substr(url_.size()), port_, signature, body.size(), body);
}

std::size_t HookNode::kept_of(const std::vector<CallId>& calls) const {
  std::size_t kept = 0;
  for (const CallId id : calls) {
    const auto [call, events] = await(db_->read(workspace_, [id](Tx& tx) {
      return std::pair(store::find_call(tx, id).value(), store::events_of(tx, id, {}, 100));
    }));
    if (call.status != CallStatus::completed) throw std::runtime_error("a call is not over");
    if (events.size() > moments) throw std::runtime_error("a moment counts twice");
    kept += events.size();
  }
  return kept;
}

}  // namespace ringdown::bench
