#include "carrier/twilio_hook_reader.h"

#include <functional>

#include "base/log.h"
#include "carrier/twiml.h"

namespace ringdown::twilio {
namespace {

// For a key, once everything was said.
constexpr std::chrono::seconds short_wait{1};
constexpr std::chrono::seconds long_wait{3};
constexpr std::chrono::seconds code_wait{10};  // whoever reads several from a screen takes longer

// Not how it ends, what somebody wants, or that there is a sound.
bool says_how_far_it_is(const HookFact& fact) {
  return std::holds_alternative<Placed>(fact.event) || std::holds_alternative<Ringing>(fact.event) ||
         std::holds_alternative<Answered>(fact.event) || std::holds_alternative<AnswerClassified>(fact.event);
}

}  // namespace

Task<Result<HookNews>> HookReader::understand(HookRequest request) {
  const Result<Callback> callback = read_callback(request);
  if (!callback) co_return std::unexpected(callback.error());

  const std::vector<Secret> tokens =
      co_await setup_.find_tokens(callback->target.workspace, std::string(callback->field("AccountSid")));
  const SignedRequest claim{
      .url = setup_.public_url + request.target, .fields = callback->fields, .signature = request.signature};
  if (is_signed(claim, tokens)) co_return news_in(*callback, setup_.errors, request.received_at);

  const Failure refusal{
      Reason::forbidden,
      "the signature is not the account's; check the auth token, and that public_url is the "
      "address Twilio was given",
      {}};
  if (tokens.empty() || !is_believed(*callback, request.received_at)) co_return std::unexpected(refusal);
  log::warn("a callback is believed for now, and would be refused",
            {{"call", to_text(*callback->target.call)}, {"reason", refusal.text}});
  auto news = news_in(*callback, setup_.errors, request.received_at);
  if (news) std::erase_if(news->facts, std::not_fn(says_how_far_it_is));
  co_return news;
}

// Reports on calls of ours. Nobody is told what to say: that has a lead's name in it.
bool HookReader::is_believed(const Callback& callback, Time now) const {
  const auto& unchecked = setup_.unchecked;
  const bool is_report = callback.target.hook == Hook::status || callback.target.hook == Hook::amd;
  return unchecked && now < unchecked->until && is_report && callback.target.call &&
         callback.field("AccountSid") == unchecked->account_sid;
}

std::optional<Time> HookReader::unchecked_until() const {
  return setup_.unchecked ? std::optional(setup_.unchecked->until) : std::nullopt;
}

HookReply HookReader::say(const Script& script, Workspace workspace, CallId call) const {
  const auto url = [&](Hook hook) { return hook_url(setup_.public_url, hook, {call, workspace}); };
  Twiml twiml;
  if (script.takes_keys) {
    const auto wait = script.keys > 1 ? code_wait : script.goes_on ? short_wait : long_wait;
    twiml.listen(url(Hook::key), script.texts, script.keys, wait);
  } else {
    for (const std::string& text : script.texts) twiml.say(text);
  }
  if (script.then_waits > Span{0}) twiml.wait(std::chrono::ceil<std::chrono::seconds>(script.then_waits));
  if (script.joins) twiml.join(to_text(*script.joins));
  if (script.goes_on || script.asks_again) {
    twiml.go_on_at(url(script.goes_on ? Hook::notice : Hook::message));
  } else {
    twiml.hang_up();
  }
  return {"text/xml", twiml.text()};
}

NumberAddresses HookReader::addresses(Workspace workspace) const {
  return {number_url(setup_.public_url, Hook::inbound, workspace),
          number_url(setup_.public_url, Hook::status, workspace)};
}

}  // namespace ringdown::twilio
