#include "tests/telephone/desk.h"

#include <stdexcept>

#include "api/hooks.h"
#include "carrier/twilio_form.h"
#include "carrier/twilio_requests.h"
#include "carrier/twilio_signature.h"
#include "flow/record.h"
#include "net/http_client.h"
#include "net/url.h"
#include "store/calls.h"
#include "store/campaigns.h"
#include "store/consents.h"
#include "store/leads.h"
#include "tests/support/plain_engine.h"

namespace ringdown::test {
namespace {

const CarrierErrors errors{.twilio = {}, .sip = {{404, {Rejection::invalid_number, "no such number"}}}};

}  // namespace

Desk::Desk()
    : db_(store_.open(2)),
      workspace_(a_workspace(*db_)),
      api_{.db = *db_, .clock = clock, .chance = chance_, .config = config_},
      router_(api_, {hook_routes}),
      server_(loops_, HttpLimits{},
              {.answer = [this](Request& request) { return answer_and_count(request); },
               .plan_body = [this](const RequestHead& head) { return router_.plan_body(head); }}) {
  url_ = "http://127.0.0.1:" + std::to_string(server_.listen("127.0.0.1:0").value());
  twin.listen("127.0.0.1:0").value();
  twin.start();
  auto account = [this](CarrierAccount) -> Task<Result<twilio::Account>> {
    co_return twilio::Account{.sid = twin.account_sid(),
                              .key = "",
                              .secret = Secret(twin.auth_token()),
                              .base_url = twin.base_url()};
  };
  auto tokens = [this](Workspace whose, std::string sid) -> Task<std::vector<Secret>> {
    std::vector<Secret> known;
    if (whose == workspace_ && sid == twin.account_sid()) known.emplace_back(twin.auth_token());
    co_return known;
  };
  carrier_ = std::make_unique<twilio::Rest>(
      twilio::RestSetup{.find_account = account, .errors = errors, .public_url = url_});
  hooks_ = std::make_unique<twilio::HookReader>(
      twilio::HookSetup{.find_tokens = tokens, .errors = errors, .public_url = url_});
  await(db_->write(workspace_, [](Tx& tx) {
    store::add_account(tx, {.id = nth<AccountTag>(1),
                            .kind = "sandbox",
                            .name = "Sandbox",
                            .caller_ids = {std::string(our_number)},
                            .paused_until = {}});
  }));
  engine_.emplace(plain_engine(*db_, clock, chance_, *carrier_));
  api_.hooks = hooks_.get();
  api_.engine = &*engine_;
  server_.start();
  loops_.start();
}

Desk::~Desk() {
  twin.stop();
  server_.stop();
  loops_.stop();
}

boost::asio::awaitable<Response> Desk::answer_and_count(Request& request) {
  Response response = co_await router_.answer(request);
  const std::lock_guard lock(mutex_);
  ++count_;
  answered_.notify_all();
  co_return response;
}

void Desk::wait_for_hooks(int count) {
  std::unique_lock lock(mutex_);
  if (!answered_.wait_for(lock, 60s, [&] { return count_ >= count; }))
    throw std::runtime_error("too few came");
}

Call Desk::add_call(std::string phone, std::string message) {
  Lead lead{};
  lead.id = chance_.id<LeadTag>(clock.now());
  lead.phone = phone;
  lead.contact_name = "Ann <Dial>&\" Lee";
  lead.status = LeadStatus::calling;
  lead.created_at = lead.updated_at = clock.now();
  Call call{};
  call.id = chance_.id<CallTag>(clock.now());
  call.lead_id = lead.id;
  call.phone = std::move(phone);
  call.status = CallStatus::placing;
  call.message = std::move(message);
  call.deliveries = 1;
  call.placing_at = call.created_at = call.updated_at = clock.now();
  await(db_->write(workspace_, [&](Tx& tx) {
    store::add_leads(tx, std::vector{lead});
    store::save_call(tx, call);
  }));
  return call;
}

CallEvent Desk::place(const Call& call) {
  const CarrierAccount account{workspace_, nth<AccountTag>(1)};
  CallEvent event = await(carrier_->place(account, {.call = call.id,
                                                    .to = call.phone,
                                                    .from = std::string(our_number),
                                                    .message = call.message.value_or(""),
                                                    .ring_timeout = 30s,
                                                    .talk_limit = 600s}));
  await(flow::record(*engine_, workspace_, call.id, "", event)).value();
  return event;
}

Call Desk::call(CallId id) {
  return await(db_->read(workspace_, [&](Tx& tx) { return store::find_call(tx, id); })).value();
}

std::vector<std::string> Desk::kinds_of_events(CallId id) {
  std::vector<std::string> kinds;
  for (const auto& event :
       await(db_->read(workspace_, [&](Tx& tx) { return store::events_of(tx, id, {}, 100); }))) {
    kinds.push_back(event.kind);
  }
  return kinds;
}

std::vector<Call> Desk::calls() {
  return await(db_->read(workspace_, [](Tx& tx) { return store::calls_page(tx, {}, {}, 100); }));
}

Lead Desk::lead(LeadId id) {
  return await(db_->read(workspace_, [&](Tx& tx) { return store::find_lead(tx, id); })).value();
}

void Desk::call_us(std::string_view from) {
  const NumberAddresses ours = hooks_->addresses(workspace_);
  const twilio::Form form{{"To", std::string(our_number)},
                          {"From", std::string(from)},
                          {"Url", ours.voice},
                          {"StatusCallback", ours.status}};
  HttpCall call = twilio::end_call(
      {.sid = twin.account_sid(), .key = "", .secret = Secret(twin.auth_token()), .base_url = ""},
      "CA");  // for its headers
  call.target = "/twin/calls";
  call.body = twilio::to_text(form);
  const auto told = await(HttpClient::open(twin.base_url()).value().send(std::move(call))).value();
  if (told.status != 201) throw std::runtime_error(told.body);
}

bool Desk::is_blocked(const std::string& phone) {
  return await(db_->read(workspace_, [&](Tx& tx) { return store::blocked_number(tx, phone).has_value(); }));
}

int Desk::tell(const std::string& target, const std::string& form, const std::string& token) {
  twilio::Fields fields;
  const QueryPairs pairs = QueryPairs::parse(form).value();
  for (const auto& [name, value] : pairs) fields.emplace_back(name, value);
  return send(target, form, twilio::signature_of(token, url_ + target, fields));
}

int Desk::send(const std::string& target, const std::string& form, const std::string& signature) {
  HttpCall call{
      .verb = Verb::post,
      .target = target,
      .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"X-Twilio-Signature", signature}},
      .body = form};
  const auto got = await(HttpClient::open(url_).value().send(std::move(call))).value();
  answer = got.body;
  return got.status;
}

}  // namespace ringdown::test
