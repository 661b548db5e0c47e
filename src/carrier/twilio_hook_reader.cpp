#include "carrier/twilio_hook_reader.h"

#include "carrier/twilio_hooks.h"
#include "carrier/twiml.h"

namespace ringdown::twilio {

Task<Result<HookNews>> HookReader::understand(HookRequest request) {
  const Result<Callback> callback = read_callback(request);
  if (!callback) co_return std::unexpected(callback.error());

  const std::vector<Secret> tokens =
      co_await setup_.find_tokens(callback->subject.workspace, std::string(callback->field("AccountSid")));
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

HookReply HookReader::say_and_ask_again(const std::vector<std::string>& texts, Workspace workspace,
                                        CallId call) const {
  Twiml twiml;
  for (const std::string& text : texts) twiml.say(text);
  return {"text/xml", twiml.go_on_at(hook_url(setup_.public_url, Hook::notice, {call, workspace})).text()};
}

HookReply HookReader::say(const std::vector<std::string>& texts) const {
  Twiml twiml;
  for (const std::string& text : texts) twiml.say(text);
  return {"text/xml", twiml.hang_up().text()};
}

}  // namespace ringdown::twilio
