#include "carrier/twilio_requests.h"

#include <algorithm>

#include "carrier/twilio_form.h"
#include "crypto/base64.h"
#include "crypto/hash.h"
#include "net/url.h"

namespace ringdown::twilio {
namespace {

std::string account_path(const Account& account) {
  return "/2010-04-01/Accounts/" + percent_encoded(account.sid);
}

std::string calls_path(const Account& account) {
  return account_path(account) + "/Calls";
}

std::string call_path(const Account& account, std::string_view sid) {
  return calls_path(account) + "/" + percent_encoded(sid) + ".json";
}

std::string recordings_path(const Account& account, std::string_view call_sid) {
  return calls_path(account) + "/" + percent_encoded(call_sid) + "/Recordings";
}

std::string recording_path(const Account& account, std::string_view sid) {
  return account_path(account) + "/Recordings/" + percent_encoded(sid);
}

Headers signed_in(const Account& account) {
  const std::string& user = account.key.empty() ? account.sid : account.key;
  const std::string pair = user + ":" + account.secret.reveal();
  return {{"Authorization", "Basic " + crypto::to_base64(crypto::bytes_of(pair))},
          {"Accept", "application/json"}};
}

HttpCall get(const Account& account, std::string target) {
  return {.target = std::move(target), .headers = signed_in(account)};
}

HttpCall post(const Account& account, std::string target, const Form& form) {
  HttpCall call{.verb = Verb::post, .target = std::move(target), .headers = signed_in(account)};
  call.headers.add("Content-Type", "application/x-www-form-urlencoded");
  call.body = to_text(form);
  return call;
}

std::string seconds(Span span) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(span).count());
}

}  // namespace

HttpCall create_call(const Account& account, Workspace workspace, const PlaceRequest& request,
                     std::string_view public_url, Extras extras) {
  const Subject subject{request.call, workspace};
  Form form{{"To", request.to},
            {"From", request.from},
            {"Url", hook_url(public_url, Hook::script, subject)},
            {"StatusCallback", hook_url(public_url, Hook::status, subject)}};
  for (const char* event : {"initiated", "ringing", "answered", "completed"}) {
    form.emplace_back("StatusCallbackEvent", event);
  }
  form.emplace_back("Timeout", seconds(std::clamp(request.ring_timeout, ring_timeout_min, ring_timeout_max)));
  form.emplace_back("TimeLimit", seconds(std::max<Span>(request.talk_limit, 1s)));
  if (extras == Extras::left_out || request.detection == Detection::none)
    return post(account, calls_path(account) + ".json", form);

  const bool to_the_beep = request.detection == Detection::end_of_greeting;
  form.emplace_back("MachineDetection", to_the_beep ? "DetectMessageEnd" : "Enable");
  form.emplace_back("AsyncAmd", "true");  // a caller who waits for the verdict hears silence
  form.emplace_back("AsyncAmdStatusCallback", hook_url(public_url, Hook::amd, subject));
  return post(account, calls_path(account) + ".json", form);
}

// Without a filter by time: StartTime knows days only, and a call that waits in Twilio's line has none yet.
HttpCall list_calls(const Account& account, std::string_view to, std::string_view from) {
  const Form filter{
      {"To", std::string(to)}, {"From", std::string(from)}, {"PageSize", std::to_string(listed_max)}};
  return get(account, calls_path(account) + ".json?" + to_text(filter));
}

HttpCall fetch_call(const Account& account, std::string_view sid) {
  return get(account, call_path(account, sid));
}

// `completed` also ends what does not ring yet, so there is no moment at which it is the wrong word.
HttpCall end_call(const Account& account, std::string_view sid) {
  return post(account, call_path(account, sid), {{"Status", "completed"}});
}

HttpCall speak_anew(const Account& account, const Subject& subject, std::string_view sid,
                    std::string_view public_url) {
  return post(account, call_path(account, sid), {{"Url", hook_url(public_url, Hook::script, subject)}});
}

HttpCall start_recording(const Account& account, const Subject& subject, std::string_view call_sid,
                         std::string_view public_url) {
  Form form{{"RecordingStatusCallback", hook_url(public_url, Hook::recording, subject)}};
  for (const char* event : {"completed", "absent"}) form.emplace_back("RecordingStatusCallbackEvent", event);
  return post(account, recordings_path(account, call_sid) + ".json", form);
}

HttpCall stop_recording(const Account& account, std::string_view call_sid, std::string_view sid) {
  return post(account, recordings_path(account, call_sid) + "/" + percent_encoded(sid) + ".json",
              {{"Status", "stopped"}});
}

HttpCall fetch_recording(const Account& account, std::string_view sid) {
  return get(account, recording_path(account, sid) + ".json");
}

// By our own base URL and its sid: an address that somebody sent us is never asked with our credentials.
HttpCall fetch_sound(const Account& account, std::string_view sid) {
  return get(account, recording_path(account, sid) + ".wav");
}

HttpCall erase_recording(const Account& account, std::string_view sid) {
  HttpCall call = get(account, recording_path(account, sid) + ".json");
  call.verb = Verb::del;
  return call;
}

}  // namespace ringdown::twilio
