#include "carrier/twilio_hook_reader.h"

#include "carrier/twilio_hooks.h"
#include "carrier/twiml.h"

namespace ringdown::twilio {
namespace {

// For a key, once everything was said.
constexpr std::chrono::seconds short_wait{1};
constexpr std::chrono::seconds long_wait{3};

}  // namespace

Task<Result<HookNews>> HookReader::understand(HookRequest request) {
  const Result<Callback> callback = read_callback(request);
  if (!callback) co_return std::unexpected(callback.error());

  const std::vector<Secret> tokens =
      co_await setup_.find_tokens(callback->target.workspace, std::string(callback->field("AccountSid")));
  const SignedRequest claim{
      .url = setup_.public_url + request.target, .fields = callback->fields, .signature = request.signature};
  if (!is_signed(claim, tokens)) {
    co_return fail(
        Reason::forbidden,
        "the signature is not the account's; check the auth token, and that public_url is the address "
        "Twilio was given");
  }
  co_return news_in(*callback, setup_.errors, request.received_at);
}

HookReply HookReader::say(const Script& script, Workspace workspace, CallId call) const {
  const auto url = [&](Hook hook) { return hook_url(setup_.public_url, hook, {call, workspace}); };
  Twiml twiml;
  if (script.takes_keys) {
    twiml.listen(url(Hook::key), script.texts, script.goes_on ? short_wait : long_wait);
  } else {
    for (const std::string& text : script.texts) twiml.say(text);
  }
  if (script.goes_on) {
    twiml.go_on_at(url(Hook::notice));
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
