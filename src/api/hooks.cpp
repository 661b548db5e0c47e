#include "api/hooks.h"

#include <algorithm>

#include "api/api.h"
#include "base/log.h"
#include "domain/script.h"
#include "flow/inbound.h"
#include "flow/record.h"
#include "ports/hook.h"
#include "store/calls.h"
#include "store/leads.h"
#include "store/settings.h"

namespace ringdown {
namespace {

constexpr BodyPlan small_body{.bytes_max = 64 * 1024};
constexpr std::string_view form = "application/x-www-form-urlencoded";

Task<Result<Response>> hear(Asked& asked);
Task<Result<Response>> tell(Asked& asked, Path<CallId> id);
Task<Result<Response>> say_script(Asked& asked);

}  // namespace

const RouteTable hook_routes = {
    route(Verb::post, "/api/webhooks/twilio/status", "How far a call is; signed by Twilio", Access::open,
          hear)
        .raw_body(form)
        .body(small_body),
    route(Verb::post, "/api/webhooks/twilio/amd", "Who answered a call; signed by Twilio", Access::open, hear)
        .raw_body(form)
        .body(small_body),
    route(Verb::post, "/api/webhooks/twilio/recording", "What became of a recording; signed by Twilio",
          Access::open, hear)
        .raw_body(form)
        .body(small_body),
    route(Verb::post, "/api/webhooks/twilio/stream", "What became of a call's stream; signed by Twilio",
          Access::open, hear)
        .raw_body(form)
        .body(small_body),
    route(Verb::post, "/api/twiml/call/{id}",
          "What Twilio says on a call that was answered; signed by Twilio", Access::open, tell)
        .raw_body(form)
        .body(small_body)
        .answers("text/xml"),
    route(Verb::post, "/media-stream-twiml", "What Twilio says to somebody who calls us; signed by Twilio",
          Access::open, say_script)
        .raw_body(form)
        .body(small_body)
        .answers("text/xml"),
};

namespace {

// Twilio shows what it was answered; our log says why.
std::unexpected<Failure> refused(const Asked& asked, const Failure& failure) {
  log::warn("a callback is refused", {{"request", asked.request.id}, {"reason", failure.text}});
  return std::unexpected(failure);
}

Task<Result<HookNews>> understood(Asked& asked) {
  if (asked.api.hooks == nullptr) co_return fail(Reason::not_found, "no carrier is set up here");

  const Request& request = asked.request;
  auto news = co_await asked.api.hooks->understand(
      {.method = std::string(to_text(request.verb)),
       .target = request.target,
       .media = std::string(request.headers.find("Content-Type").value_or("")),
       .body = request.body,
       .signature = std::string(request.headers.find("X-Twilio-Signature").value_or("")),
       .received_at = asked.api.clock.now()});
  if (!news) co_return refused(asked, news.error());
  co_return news;
}

bool is_of_another_call(const CallEvent& event, const Call& call) {
  const auto* placed = std::get_if<Placed>(&event);
  return placed != nullptr && call.call_sid != placed->sid;
}

// No claim may begin beside it that has not seen it.
bool is_law(const HookFact& fact) {
  return std::holds_alternative<OptedOut>(fact.event);
}

// All facts of one report in one unit, so that the carrier hears of success only when all of it is kept.
Result<Call> record_all(Tx& tx, const flow::Engine& engine, const HookNews& news) {
  if (std::ranges::any_of(news.facts, is_law)) store::take_turn(tx);
  const auto* arrival = std::get_if<Arrival>(&news.about);
  const Result<CallId> id = arrival ? flow::call_of(tx, engine, *arrival) : std::get<CallId>(news.about);
  if (!id) return std::unexpected(id.error());
  Result<Call> call = fail(Reason::not_found, "there is no such call");
  for (const HookFact& fact : news.facts) {
    call = flow::record_in(tx, engine, *id, fact.key, fact.event, engine.clock.now());
    if (!call) return call;
    if (is_of_another_call(fact.event, *call)) {
      return fail(Reason::conflict,
                  "the report is about another call of the carrier's than the one it names");
    }
  }
  return call;
}

Task<Result<Response>> hear(Asked& asked) {
  const Result<HookNews> news = co_await understood(asked);
  if (!news) co_return std::unexpected(news.error());

  auto work = [news = *news, engine = *asked.api.engine](Tx& tx) { return record_all(tx, engine, news); };
  const Result<Call> call =
      co_await asked.api.engine->db.write(news->workspace, std::move(work), Urgency::urgent);
  if (!call) co_return refused(asked, call.error());
  co_return Response{.status = 204};
}

template <class Event>
bool tells(const HookNews& news) {
  return std::ranges::any_of(news.facts,
                             [](const HookFact& fact) { return std::holds_alternative<Event>(fact.event); });
}

Notice notice_of(const HookNews& news, const Settings& settings) {
  if (tells<MessageHeard>(news)) return Notice::said_all;
  if (tells<NoticeHeard>(news)) return Notice::heard;
  return settings.recording_enabled ? Notice::due : Notice::none;
}

struct Answer {
  Script script;
  CallId call;
};

// Of a rep's leg: the one whom its call is for.
std::optional<Lead> lead_of(Tx& tx, const Call& call) {
  const auto meant = call.leg_of ? store::find_call(tx, *call.leg_of) : std::optional(call);
  return meant && meant->lead_id ? store::find_lead(tx, *meant->lead_id) : std::nullopt;
}

Task<Result<Response>> say_script(Asked& asked) {
  const Result<HookNews> news = co_await understood(asked);
  if (!news) co_return std::unexpected(news.error());

  auto work = [news = *news, engine = *asked.api.engine](Tx& tx) -> Result<Answer> {
    const Result<Call> call = record_all(tx, engine, news);
    if (!call) return std::unexpected(call.error());
    const Settings settings = store::load_settings(tx);
    return Answer{script_of(*call, lead_of(tx, *call), settings.company_name, notice_of(news, settings)), call->id};
  };
  const auto answer = co_await asked.api.engine->db.write(news->workspace, std::move(work), Urgency::urgent);
  if (!answer) co_return refused(asked, answer.error());

  HookReply reply = asked.api.hooks->say(answer->script, news->workspace, answer->call);
  co_return Response{.headers = {{"Content-Type", reply.media}}, .body = std::move(reply.body)};
}

Task<Result<Response>> tell(Asked& asked, Path<CallId>) {
  return say_script(asked);
}

}  // namespace
}  // namespace ringdown
